import { type Diagnostic as LintDiagnostic, linter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { type Extension, StateEffect } from "@codemirror/state";
import { type EditorView, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Diagnostic, LanguageService } from "./service.ts";
import { LaterAsking, sourceOf } from "./source.ts";

/** Milliseconds after the last keystroke: long enough that half a word is not called wrong while it is typed. */
const DELAY_MS = 350;

/** To be dispatched when services may have other answers about the same text. */
export const askAgain = StateEffect.define();

/** Underlines what services find wrong; the message comes with the pointer, or with F8 from one to the next. */
export function diagnostics(services: readonly LanguageService[]): Extension {
  return [
    // Its marks, messages and keys; when to ask is decided here.
    linter(null),
    ViewPlugin.define((view) => new DiagnosticsView(view, services)),
    keymap.of(lintKeymap.filter(({ key }) => key === "F8")),
  ];
}

class DiagnosticsView {
  readonly #view: EditorView;
  readonly #services: readonly LanguageService[];
  readonly #later = new LaterAsking((signal) => this.#ask(signal));
  /** What is shown, to tell whether an answer is news; empty while that is not known. */
  #shown = "";

  constructor(view: EditorView, services: readonly LanguageService[]) {
    this.#view = view;
    this.#services = services;
    this.#later.askIn(DELAY_MS);
  }

  update({ docChanged, transactions }: ViewUpdate): void {
    if (docChanged) {
      // The marks move with the text: only an answer about this text tells what should be there.
      this.#shown = "";
      this.#later.askIn(DELAY_MS);
    } else if (!this.#later.isWaiting && transactions.some(({ effects }) => effects.some((effect) => effect.is(askAgain)))) {
      // Once asking is near anyway, it is not put off: the checker tells of news after each change of the text.
      this.#later.askIn(0);
    }
  }

  destroy(): void {
    this.#later.stop();
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { state } = this.#view;
    const source = sourceOf(state);
    const answers = await Promise.all(this.#services.map(async (service) => (await service.diagnostics?.(source, signal).catch(() => [])) ?? []));
    if (signal.aborted || this.#view.state.doc !== state.doc) return;
    const found = answers.flat();
    const news = JSON.stringify(found);
    if (news === this.#shown) return;
    this.#shown = news;
    this.#view.dispatch(
      setDiagnostics(
        this.#view.state,
        found.map((diagnostic) => mark(diagnostic, state.doc.length)),
      ),
    );
  }
}

function mark({ from, to, severity, message, help, origin }: Diagnostic, length: number): LintDiagnostic {
  return {
    from: Math.min(from, length),
    to: Math.min(Math.max(from, to), length),
    severity,
    message: help === undefined ? message : `${message}\n\n${help}`,
    renderMessage: () => words(message, help),
    source: origin,
  };
}

/** A screen reader is told which of the words are English. */
function words(message: string, help: string | undefined): Node {
  const all = document.createElement("span");
  const luaus = document.createElement("span");
  luaus.lang = "en";
  luaus.textContent = message;
  all.append(luaus);
  if (help !== undefined) all.append(`\n\n${help}`);
  return all;
}
