import type { Endpoint, NetworkFailure, NetworkStream, StreamEvents, StreamLevels, WindowWish } from "./network.ts";

/** A stream that hands every call on to another: what decorators of a `Network` begin with. */
export class PassingStream implements NetworkStream {
  protected readonly inner: NetworkStream;

  constructor(inner: NetworkStream) {
    this.inner = inner;
  }

  get remote(): Endpoint {
    return this.inner.remote;
  }

  get local(): Endpoint {
    return this.inner.local;
  }

  send(bytes: Uint8Array): number {
    return this.inner.send(bytes);
  }

  end(): void {
    this.inner.end();
  }

  close(): void {
    this.inner.close();
  }

  abort(): void {
    this.inner.abort();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.inner.consumed(byteCount, wish);
  }

  levels(): StreamLevels | undefined {
    return this.inner.levels?.();
  }
}

/** The same for what happens on a stream. */
export class PassingEvents<Events extends StreamEvents> implements StreamEvents {
  protected readonly events: Events;

  constructor(events: Events) {
    this.events = events;
  }

  onData(bytes: Uint8Array): void {
    this.events.onData(bytes);
  }

  onEnd(): void {
    this.events.onEnd();
  }

  onClosed(failure?: NetworkFailure): void {
    this.events.onClosed(failure);
  }

  onWritable(): void {
    this.events.onWritable?.();
  }
}
