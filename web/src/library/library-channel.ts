const NAME = "zone-playground:projects";

/** Tells other tabs which project was saved. Where browsers have no such channel, a save finds out by itself that another was faster. */
export class LibraryChannel {
  readonly #channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined;

  constructor(onSaved: (id: string, revision: number) => void) {
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== "object" || data === null || !("id" in data) || !("revision" in data)) return;
      const { id, revision } = data;
      if (typeof id === "string" && typeof revision === "number") onSaved(id, revision);
    });
  }

  tell(id: string, revision: number): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this site's pages only
    this.#channel?.postMessage({ id, revision });
  }
}
