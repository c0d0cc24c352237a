import { type EditorState, Facet } from "@codemirror/state";
import type { SourceText } from "./service.ts";

/** Which file a state shows, and the files around it. */
export const sourceFile: Facet<Pick<SourceText, "file" | "files">, Pick<SourceText, "file" | "files">> = Facet.define({
  combine: ([first]) => first ?? { file: "", files: () => new Map() },
});

/** The text of a state, as services are asked about it. */
export function sourceOf(state: EditorState): SourceText {
  const { file, files } = state.facet(sourceFile);
  const text = state.doc.toString();
  return { file, text, files: () => new Map(files()).set(file, text) };
}

/** One question at a time: the next one aborts the one before. */
export class Asking {
  #controller: AbortController | undefined;

  next(): AbortSignal {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }
}

/** Asks a while after it is wished for; the next wish takes the place of the one before, and the next question that of its answer. */
export class LaterAsking {
  readonly #asking = new Asking();
  readonly #ask: (signal: AbortSignal) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (signal: AbortSignal) => Promise<void>) {
    this.#ask = ask;
  }

  /** Whether a question is wished for that has not been asked. */
  get isWaiting(): boolean {
    return this.#timer !== undefined;
  }

  askIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask(this.#asking.next());
    }, delayMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking.next();
  }
}
