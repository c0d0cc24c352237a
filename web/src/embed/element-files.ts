import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { ProjectFile } from "../project/project.ts";
import { chosenFiles, FileLoadError, filesFrom, inlineFiles } from "./inline-files.ts";

/** An element that shows files. */
type Host = ReactiveControllerHost & HTMLElement & { readonly src: string | undefined; readonly programs: string | undefined };

/** The files of an element: those that stand in it or come from its `src`, until the page gives others or the reader changes one. */
export class ElementFiles implements ReactiveController {
  readonly #host: Host;
  readonly #onTaken: () => void;
  readonly #onFailed: (error: FileLoadError) => void;
  #all: readonly ProjectFile[] = [];
  /** The same as the author has them. */
  #authors: readonly ProjectFile[] = [];
  #isGiven = false;
  #isEdited = false;
  #children: MutationObserver | undefined;

  /** `onTaken` is called when other files are there, `onFailed` when those of `src` cannot be had. */
  constructor(host: Host, onTaken: () => void, onFailed: (error: FileLoadError) => void) {
    this.#host = host;
    this.#onTaken = onTaken;
    this.#onFailed = onFailed;
    host.addController(this);
  }

  get all(): readonly ProjectFile[] {
    return this.#all;
  }

  /** Whether they were given by `set` or changed by the reader: what stands in the element no longer counts. */
  get isOwn(): boolean {
    return this.#isGiven || this.#isEdited;
  }

  /** Whether the reader has changed the author's code. */
  get isChanged(): boolean {
    return this.#isEdited && this.#all.some(({ name, source }) => source !== this.#authors.find((file) => file.name === name)?.source);
  }

  get(name: string): ProjectFile | undefined {
    return this.#all.find((file) => file.name === name);
  }

  readonly has = (name: string): boolean => this.get(name) !== undefined;

  hostConnected(): void {
    this.#readChildren();
    // A page that is still coming in, or a framework, may bring the files after the element.
    this.#children = new MutationObserver(() => this.#readChildren());
    this.#children.observe(this.#host, { childList: true, subtree: true, characterData: true });
  }

  hostDisconnected(): void {
    this.#children?.disconnect();
  }

  /** Puts others in their place. */
  set(files: readonly ProjectFile[]): void {
    this.#isGiven = true;
    this.#take(files);
  }

  /** Puts the author's in the place of what the reader has changed, and gives the files that are different now. */
  reset(): readonly ProjectFile[] {
    const before = this.#all;
    this.#take(this.#authors);
    // The page may have brought others meanwhile.
    this.#readChildren();
    return this.#all.filter(({ name, source }) => source !== before.find((file) => file.name === name)?.source);
  }

  /** The reader has changed a file. */
  edit(name: string, source: string): void {
    this.#isEdited = true;
    this.#all = this.#all.map((file) => (file.name === name ? { ...file, source } : file));
    this.#host.requestUpdate();
  }

  /** Shows what is the reader's own already, as the code of a lesson is. */
  follow(files: readonly ProjectFile[]): void {
    this.#isGiven = this.#isEdited = true;
    this.#show(files);
  }

  /** Says what the author of a lesson's code has. */
  begin(files: readonly ProjectFile[]): void {
    this.#authors = files;
    this.#host.requestUpdate();
  }

  /** Shows again what stands in the element, or comes from its `src`. */
  release(): void {
    this.#isGiven = this.#isEdited = false;
    this.#readChildren();
    if (this.#host.src !== undefined) void this.fetch(this.#host.src);
  }

  /** Other programs are chosen of them. */
  choose(): void {
    this.#authors = chosenFiles(this.#authors, this.#host.programs);
    this.#show(chosenFiles(this.#all, this.#host.programs));
  }

  /** Fetches the files of the host's `src`, which has changed. */
  async fetch(src: string): Promise<void> {
    try {
      const files = await filesFrom(src, document.baseURI);
      if (src === this.#host.src && !this.isOwn) this.#take(files);
    } catch (error) {
      if (!(error instanceof FileLoadError)) throw error;
      this.#onFailed(error);
    }
  }

  #readChildren(): void {
    if (this.isOwn || this.#host.src !== undefined) return;
    const files = inlineFiles(this.#host);
    if (files.length > 0) this.#take(files);
  }

  #take(files: readonly ProjectFile[]): void {
    this.#isEdited = false;
    this.#authors = chosenFiles(files, this.#host.programs);
    this.#show(this.#authors);
  }

  #show(files: readonly ProjectFile[]): void {
    this.#all = files;
    this.#onTaken();
    this.#host.requestUpdate();
  }
}
