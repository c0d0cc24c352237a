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
