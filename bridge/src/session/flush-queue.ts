import type { TcpStream } from "../tcp/tcp-stream.ts";

/** Streams to flush once the packets at hand are handled, so that several of them become one call to the kernel. */
export class FlushQueue {
  #streams = new Set<TcpStream>();

  add(stream: TcpStream): void {
    if (this.#streams.size === 0) process.nextTick(this.#flush);
    this.#streams.add(stream);
  }

  readonly #flush = (): void => {
    const streams = this.#streams;
    this.#streams = new Set();
    for (const stream of streams) stream.flush();
  };
}
