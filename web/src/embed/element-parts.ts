import type { ReactiveControllerHost } from "lit";
import type { EmbedEditor } from "./embed-editor.ts";
import type { EmbedEditorOptions, EmbedRuntime, RuntimeOptions } from "./runtime.ts";

/** An element that loads parts. */
type Host = Pick<ReactiveControllerHost, "requestUpdate" | "updateComplete"> & { readonly renderRoot: HTMLElement | DocumentFragment };

/** What an element says of itself, and wants to hear. */
export interface ElementPartsOptions {
  /** Awaited before anything is loaded: what the reader is to see first. Where it rejects, nothing is loaded. */
  readonly before: () => Promise<void>;
  /** Asked once the part with the programs is there. */
  readonly runtime: () => Omit<RuntimeOptions, "fetch">;
  readonly editor: EmbedEditorOptions;
  /** The programs and the editor are there, and nothing has been shown in it yet. */
  readonly onReady: () => void;
  /** A program has changed, or the list of them. */
  readonly onChange: (runtime: EmbedRuntime) => void;
  /** A part was fetched: what was said of one that could not be had is over. */
  readonly onFetched: () => void;
  /** A part could not be had. The next wish tries again. */
  readonly onFailed: (error: unknown) => void;
}

/** What an element loads later: its programs and its editor, once, until it leaves its page; and what comes when it is used. */
export class ElementParts {
  readonly #host: Host;
  readonly #options: ElementPartsOptions;
  #runtime: EmbedRuntime | undefined;
  #editor: EmbedEditor | undefined;
  /** What is being loaded, or has been; another one after the element has left its page and come back. */
  #loading: Promise<EmbedRuntime> | undefined;
  #endRuntime: (() => void) | undefined;

  constructor(host: Host, options: ElementPartsOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Undefined until it has been loaded. */
  get runtime(): EmbedRuntime | undefined {
    return this.#runtime;
  }

  /** Undefined until it has been loaded; it stands in the element's `.editor`. */
  get editor(): EmbedEditor | undefined {
    return this.#editor;
  }

  /** Loads the editor and the programs, once. Rejects where they cannot be had; the next call tries again. */
  load(): Promise<EmbedRuntime> {
    if (this.#loading !== undefined) return this.#loading;
    const loading: Promise<EmbedRuntime> = this.#options.before().then(() =>
      this.#loadNow(() => this.#loading === loading).catch((error: unknown) => {
        this.#options.onFailed(error);
        throw error;
      }),
    );
    this.#loading = loading;
    loading.catch(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
    return loading;
  }

  /** What `load` gives, or undefined where that could not be had, which the element has heard then; the next wish tries again. */
  readonly fetch = async <T>(load: () => Promise<T>): Promise<T | undefined> => {
    try {
      const part = await load();
      this.#options.onFetched();
      return part;
    } catch (error) {
      this.#options.onFailed(error);
      return undefined;
    }
  };

  /** Fetches the network view, which the runtime has then, and all that it needs; where they cannot be had, the element has heard that. */
  readonly fetchNetwork = async (): Promise<void> => {
    const runtime = await this.load().catch(() => undefined);
    if (runtime !== undefined) await this.fetch(() => runtime.openNetwork());
  };

  /** The reader has touched the code, which may wait for that. */
  readonly touched = (event: Event): void => {
    if (this.#editor !== undefined) return;
    // A folded region is opened, as the reader meant.
    if (event.composedPath().some((target) => target instanceof HTMLElement && target.localName === "summary")) return;
    void this.load()
      .then(() => this.#host.updateComplete)
      .then(() => {
        if (event.type === "pointerdown") this.#editor?.focus();
      })
      .catch(() => {});
  };

  /** Lets go of everything that was loaded. An element that comes back begins anew. */
  release(): void {
    this.#endRuntime?.();
    this.#runtime?.dispose();
    this.#runtime = this.#editor = this.#loading = this.#endRuntime = undefined;
    this.#host.requestUpdate();
  }

  /** `isWanted`: the element has not left its page meanwhile. */
  async #loadNow(isWanted: () => boolean): Promise<EmbedRuntime> {
    const options = this.#options;
    const { EmbedRuntime } = await import("./runtime.ts");
    await this.#host.updateComplete;
    const runtime = await EmbedRuntime.create({ ...options.runtime(), fetch: this.fetch });
    if (!isWanted()) {
      runtime.dispose();
      return runtime;
    }
    options.onFetched();
    this.#runtime = runtime;
    this.#endRuntime = runtime.subscribe(() => options.onChange(runtime));
    options.onChange(runtime);
    const root = this.#host.renderRoot as ShadowRoot;
    this.#editor = runtime.openEditor(root.querySelector(".editor") as HTMLElement, root, options.editor);
    this.#host.requestUpdate();
    runtime.warmUp();
    options.onReady();
    return runtime;
  }
}
