import type { NetworkFailure, NetworkListener, NetworkStream, StreamEvents } from "@playground/network";
import type { Exam, StepPart } from "./exam.ts";
import { MAX_PEERS } from "./limits.ts";
import { Peer } from "./peer.ts";
import type { Sending } from "./options.ts";

/** A port that the examiner listens on. */
export class CheckListener implements StepPart {
  readonly port: number;
  isListening = false;
  failure: NetworkFailure | undefined;
  readonly #exam: Exam;
  readonly #listener: NetworkListener;
  /** Clients that no `accept` has had yet. */
  readonly #waiting: Peer[] = [];

  constructor(exam: Exam, port: number, sending: Sending, reads: boolean) {
    this.#exam = exam;
    this.port = port;
    this.#listener = exam.machines.network.listen("0.0.0.0", port, {
      onListening: () => {
        this.isListening = true;
        exam.happened();
      },
      onFailed: (failure) => this.#fail(failure),
      onLost: (failure) => this.#fail(failure),
      onAccept: (stream) => this.#accept(stream, sending, reads),
    });
  }

  take(): Peer | undefined {
    return this.#waiting.shift();
  }

  end(): void {
    this.#exam.parts.delete(this);
    this.#listener.close();
  }

  #accept(stream: NetworkStream, sending: Sending, reads: boolean): StreamEvents {
    const peer = new Peer(this.#exam, stream, sending, reads);
    if (this.#exam.parts.size >= MAX_PEERS || !this.#exam.parts.has(this)) {
      stream.abort();
      return peer;
    }
    this.#exam.parts.add(peer);
    this.#waiting.push(peer);
    this.#exam.happened();
    return peer;
  }

  #fail(failure: NetworkFailure): void {
    this.failure = failure;
    this.#exam.happened();
  }
}
