import type { CodeView } from "../editor/code-view.ts";
import { editorPhrases } from "../editor/phrases.ts";
import type { ProjectFile } from "../project/project.ts";
import { findRegions } from "./regions.ts";

/** The editor of one element, which folds an author's regions when a file is shown first. */
export class EmbedEditor {
  readonly #view: CodeView;
  readonly #shown = new Set<string>();

  constructor(view: CodeView) {
    this.#view = view;
  }

  /** Forgets what it knows of the files, so that they are shown as at first. */
  begin(): void {
    this.#view.forgetAll();
    this.#shown.clear();
  }

  show({ name, source }: ProjectFile): void {
    this.#view.show(name, source);
    if (this.#shown.has(name)) return;
    this.#shown.add(name);
    this.#view.foldAt(
      findRegions(source)
        .filter(({ kind }) => kind === "folded")
        .map(({ from }) => from),
    );
  }

  goTo(line: number): void {
    this.#view.goTo(line);
  }

  /** Puts the cursor at an offset. */
  select(offset: number): void {
    this.#view.select(offset);
  }

  focus(): void {
    this.#view.focus();
  }

  mark(marks: Parameters<CodeView["mark"]>[0]): void {
    this.#view.mark(marks);
  }

  translate(): void {
    this.#view.translate(editorPhrases());
  }

  /** Takes it out of the element's tree, for good. */
  destroy(): void {
    this.#view.destroy();
  }
}
