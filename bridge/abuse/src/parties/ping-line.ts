import type { Samples } from "./samples.ts";

/** Bytes of one ping. */
const PING = Buffer.from("ping....");

/**
 * A line with an echo at its other end. Pings leave at fixed times, also while earlier ones are not back: a pause of seconds
 * holds up every one of them, and counts as often as it would for someone who types.
 */
export class PingLine {
  readonly #send: (bytes: Uint8Array) => void;
  readonly #samples: Samples;
  readonly #everyMs: number;
  #sentAt: number[] = [];
  #receivedBytes = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `samples`: where round trips are put. */
  constructor(send: (bytes: Uint8Array) => void, everyMs: number, samples: Samples) {
    this.#send = send;
    this.#everyMs = everyMs;
    this.#samples = samples;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sentAt.push(performance.now());
      this.#send(PING);
    }, this.#everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** So many bytes came back. */
  received(bytes: number): void {
    this.#receivedBytes += bytes;
    for (; this.#receivedBytes >= PING.length; this.#receivedBytes -= PING.length) {
      const sent = this.#sentAt.shift();
      if (sent !== undefined) this.#samples.add(performance.now() - sent);
    }
  }

  /** What has been lost is not waited for: a line that was cut begins anew. */
  forget(): void {
    this.#sentAt = [];
    this.#receivedBytes = 0;
  }

  /** How long those that are not back have been under way, ms. */
  outstanding(): number[] {
    return this.#sentAt.map((sent) => performance.now() - sent);
  }
}
