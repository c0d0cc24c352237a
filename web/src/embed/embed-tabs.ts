import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";

/** The files of an element as tabs over its code; with one file, only its name. `open` is told whether the tab was chosen with the keyboard. */
export function embedTabs(names: readonly string[], active: string, open: (name: string, byKey: boolean) => void | Promise<void>): TemplateResult {
  if (names.length < 2) return html`<span class="single">${active}</span>`;
  const key = (event: KeyboardEvent): void => {
    const index = names.indexOf(active);
    const next: Readonly<Record<string, number>> = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 };
    const name = names.at((next[event.key] ?? Number.NaN) % names.length);
    if (next[event.key] === undefined || name === undefined) return;
    event.preventDefault();
    void open(name, true);
  };
  return html`
    <div role="tablist" aria-label=${msg("Files", { id: "files" })} @keydown=${key}>
      ${names.map(
        (name) => html`
        <button role="tab" id=${`tab-${name}`} aria-selected=${name === active} aria-controls="code" tabindex=${name === active ? 0 : -1} @click=${() => void open(name, false)}>${name}</button>`,
      )}
    </div>`;
}

/** Makes the whole tab of the open file visible, and gives it the focus if it is to have it. Unlike `scrollIntoView`, this leaves the page where it is. */
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
