import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { prose } from "./prose.ts";
import type { LanguageService, Signature } from "./service.ts";
import { LaterAsking, sourceOf } from "./source.ts";

/** Milliseconds after a keystroke before services are asked. */
const DELAY_MS = 60;

const show = StateEffect.define<Tooltip | null>();

const shown = StateField.define<Tooltip | null>({
  create: () => null,
  update: (before, { effects, docChanged, changes }) => {
    const effect = effects.find((candidate) => candidate.is(show));
    if (effect !== undefined) return effect.value;
    return before !== null && docChanged ? { ...before, pos: changes.mapPos(before.pos) } : before;
  },
  provide: (field) => showTooltip.from(field),
});

/** While arguments are written, shows what the function takes. Escape puts it away until the next bracket or comma. */
export function signature(services: readonly LanguageService[]): Extension {
  const able = services.filter(({ signature: answer }) => answer !== undefined);
  if (able.length === 0) return [];
  return [shown, ViewPlugin.define((view) => new SignatureView(view, able)), keymap.of([{ key: "Escape", run: hide }])];
}

function hide(view: EditorView): boolean {
  if (view.state.field(shown, false) === null) return false;
  view.dispatch({ effects: show.of(null) });
  return true;
}

class SignatureView {
  readonly #view: EditorView;
  readonly #services: readonly LanguageService[];
  readonly #later = new LaterAsking((signal) => this.#ask(signal));

  constructor(view: EditorView, services: readonly LanguageService[]) {
    this.#view = view;
    this.#services = services;
  }

  update({ docChanged, selectionSet, state, transactions }: ViewUpdate): void {
    const isShown = state.field(shown) !== null;
    const isTyped = transactions.some((transaction) => transaction.isUserEvent("input"));
    if (!(docChanged && isTyped) && !(isShown && (docChanged || selectionSet))) return;
    const before = state.sliceDoc(Math.max(0, state.selection.main.head - 1), state.selection.main.head);
    // A tooltip comes with a bracket or a comma, and then follows the cursor.
    if (!isShown && before !== "(" && before !== ",") return;
    this.#later.askIn(DELAY_MS);
  }

  destroy(): void {
    this.#later.stop();
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const source = sourceOf(this.#view.state);
    const { head } = this.#view.state.selection.main;
    const answers = await Promise.all(this.#services.map(async (service) => service.signature?.(source, head, signal).catch(() => undefined)));
    if (signal.aborted) return;
    const found = answers.find((answer) => answer !== undefined);
    if (found === undefined && this.#view.state.field(shown) === null) return;
    this.#view.dispatch({ effects: show.of(found === undefined ? null : tooltip(head, found)) });
  }
}

function tooltip(pos: number, found: Signature): Tooltip {
  return { pos, above: true, create: () => ({ dom: element(found) }) };
}

function element({ label, parameters, active, documentation }: Signature): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-hover cm-signature";
  const code = document.createElement("code");
  const current = parameters[active];
  if (current === undefined) code.append(label);
  else {
    const strong = document.createElement("strong");
    strong.textContent = label.slice(current.from, current.to);
    code.append(label.slice(0, current.from), strong, label.slice(current.to));
  }
  box.append(code);
  if (documentation !== undefined) box.append(...prose(documentation));
  return box;
}
