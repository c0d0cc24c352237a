import { type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import type { InlayHint, LanguageService } from "./service.ts";
import { askAgain } from "./diagnostics.ts";
import { LaterAsking, sourceOf } from "./source.ts";

/** Milliseconds after the last keystroke: hints that jump about while one types are worse than none. */
const DELAY_MS = 500;

const setHints = StateEffect.define<readonly InlayHint[]>();

const hints = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { effects, changes, state }) => {
    const effect = effects.find((candidate) => candidate.is(setHints));
    if (effect === undefined) return before.map(changes);
    return Decoration.set(effect.value.filter(({ at }) => at <= state.doc.length).map(decoration), true);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Shows what services would write between the letters, such as the types of locals. */
export function inlayHints(services: readonly LanguageService[]): Extension {
  const able = services.filter(({ inlayHints: answer }) => answer !== undefined);
  return able.length === 0 ? [] : [hints, ViewPlugin.define((view) => new HintsView(view, able))];
}

class HintsView {
  readonly #view: EditorView;
  readonly #services: readonly LanguageService[];
  readonly #later = new LaterAsking((signal) => this.#ask(signal));

  constructor(view: EditorView, services: readonly LanguageService[]) {
    this.#view = view;
    this.#services = services;
    this.#later.askIn(0);
  }

  update({ docChanged, transactions }: ViewUpdate): void {
    const isAnew = transactions.some(({ effects }) => effects.some((effect) => effect.is(askAgain)));
    if (docChanged || isAnew) this.#later.askIn(DELAY_MS);
  }

  destroy(): void {
    this.#later.stop();
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { state } = this.#view;
    const answers = await Promise.all(
      this.#services.map(async (service) => service.inlayHints?.(sourceOf(state), 0, state.doc.length, signal).catch(() => undefined)),
    );
    if (signal.aborted || this.#view.state.doc !== state.doc) return;
    this.#view.dispatch({ effects: setHints.of(answers.flatMap((answer) => answer ?? [])) });
  }
}

function decoration({ at, label }: InlayHint): Range<Decoration> {
  return Decoration.widget({ widget: new HintWidget(label), side: 1 }).range(at);
}

class HintWidget extends WidgetType {
  readonly #label: string;

  constructor(label: string) {
    super();
    this.#label = label;
  }

  override eq(other: HintWidget): boolean {
    return other.#label === this.#label;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "cm-inlayHint";
    // It is no part of the text: not read out, not copied.
    element.setAttribute("aria-hidden", "true");
    element.textContent = this.#label;
    return element;
  }
}
