import type { ConnectEvents, Endpoint, ListenerEvents, NetworkFailure, NetworkStream, StreamEvents } from "@playground/network";

/** Events as text, in the order in which they came: `data "hi"`, `end`, `closed`, `closed connection-reset`. */
export class StreamRecorder implements ConnectEvents {
  readonly log: string[] = [];
  readonly chunks: Uint8Array[] = [];
  readonly failures: NetworkFailure[] = [];
  /** Called with each entry of the log, from inside the event. */
  onEntry: ((entry: string) => void) | undefined;

  onOpened(): void {
    this.#add("opened");
  }

  onFailed(failure: NetworkFailure): void {
    this.failures.push(failure);
    this.#add(`failed ${failure.code}`);
  }

  onData(bytes: Uint8Array): void {
    this.chunks.push(bytes);
    this.#add(bytes.length <= 16 ? `data ${JSON.stringify(new TextDecoder().decode(bytes))}` : `data ${bytes.length}`);
  }

  onEnd(): void {
    this.#add("end");
  }

  onClosed(failure?: NetworkFailure): void {
    if (failure !== undefined) this.failures.push(failure);
    this.#add(failure === undefined ? "closed" : `closed ${failure.code}`);
  }

  onWritable(): void {
    this.#add("writable");
  }

  #add(entry: string): void {
    this.log.push(entry);
    this.onEntry?.(entry);
  }
}

/** The same for a listener; each accepted stream gets a recorder of its own. */
export class ListenerRecorder implements ListenerEvents {
  readonly log: string[] = [];
  readonly failures: NetworkFailure[] = [];
  readonly accepted: { stream: NetworkStream; events: StreamRecorder }[] = [];
  /** Called instead of recording an accepted stream. */
  onStream: ((stream: NetworkStream) => StreamEvents) | undefined;

  onListening(bound: Endpoint): void {
    this.log.push(`listening ${bound.address} ${bound.port}`);
  }

  onFailed(failure: NetworkFailure): void {
    this.failures.push(failure);
    this.log.push(`failed ${failure.code}`);
  }

  onLost(failure: NetworkFailure): void {
    this.failures.push(failure);
    this.log.push(`lost ${failure.code}`);
  }

  onAccept(stream: NetworkStream): StreamEvents {
    if (this.onStream !== undefined) return this.onStream(stream);
    const events = new StreamRecorder();
    this.accepted.push({ stream, events });
    this.log.push("accept");
    return events;
  }
}
