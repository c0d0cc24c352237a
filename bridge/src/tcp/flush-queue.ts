/** What has queued bytes that `flush` hands to the kernel. */
export interface Flushable {
  flush(): void;
}

/** Streams to flush once the packets at hand are handled, so that several of them become one call to the kernel; at the latest when this turn of JavaScript ends. */
export class FlushQueue {
  #streams = new Set<Flushable>();

  add(stream: Flushable): void {
    if (this.#streams.size === 0) process.nextTick(this.flush);
    this.#streams.add(stream);
  }

  /** The packets at hand are handled. */
  readonly flush = (): void => {
    if (this.#streams.size === 0) return;
    const streams = this.#streams;
    this.#streams = new Set();
    for (const stream of streams) stream.flush();
  };
}
