import { css, html, type TemplateResult } from "lit";

/** Tabs over what one of them shows at a time. */
export interface EmbedTabs {
  /** What they are, for those who do not see them. */
  readonly label: string;
  /** Names, by which they are chosen, and what stands on them. */
  readonly tabs: readonly { readonly name: string; readonly face: TemplateResult | string }[];
  readonly active: string;
  /** The id of what a tab shows. */
  readonly panel: (name: string) => string;
  /** Is told whether the tab was chosen with the keyboard: then it is to have the focus, by `showTab`. */
  readonly open: (name: string, byKey: boolean) => void | Promise<void>;
}

/** How tabs look. */
export const tabStyles = css`
  [role="tablist"] { display: flex; flex: 1; min-inline-size: 0; overflow-x: auto; scrollbar-width: none; }
  [role="tablist"]::-webkit-scrollbar { display: none; }
  [role="tab"] {
    flex: none;
    min-block-size: 2.5rem;
    padding: 0 0.9rem;
    border: 0;
    border-radius: 0;
    color: var(--ink-soft);
    font: 500 var(--text-s) / 1 var(--font);
  }
  [role="tab"]:focus-visible { outline-offset: -3px; }
  [role="tab"][aria-selected="true"] { background: var(--paper); color: var(--ink); box-shadow: inset 0 2px var(--accent); }
`;

/** A list of tabs, worked with arrow keys, Home and End. */
export function embedTabs({ label, tabs, active, panel, open }: EmbedTabs): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    const index = tabs.findIndex(({ name }) => name === active);
    const next: Readonly<Record<string, number>> = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 };
    const tab = tabs.at((next[event.key] ?? Number.NaN) % tabs.length);
    if (next[event.key] === undefined || tab === undefined) return;
    event.preventDefault();
    void open(tab.name, true);
  };
  return html`
    <div role="tablist" aria-label=${label} @keydown=${key}>
      ${tabs.map(
        ({ name, face }) => html`
        <button role="tab" id=${`tab-${name}`} aria-selected=${name === active} aria-controls=${panel(name)} tabindex=${name === active ? 0 : -1} @click=${() => void open(name, false)}>${face}</button>`,
      )}
    </div>`;
}

/** Makes the whole tab that is chosen visible, and gives it the focus if it is to have it. Unlike `scrollIntoView`, this leaves the page where it is. */
export function showTab(root: ParentNode, takesFocus: boolean): void {
  const tab = root.querySelector<HTMLElement>('[aria-selected="true"]');
  const list = tab?.closest("[role=tablist]");
  if (tab === null || list === null || list === undefined) return;
  const outer = list.getBoundingClientRect();
  const inner = tab.getBoundingClientRect();
  if (inner.left < outer.left) list.scrollLeft += inner.left - outer.left;
  else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right;
  if (takesFocus) tab.focus({ preventScroll: true });
}
