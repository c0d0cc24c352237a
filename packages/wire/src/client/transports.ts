import { CloseCode } from "../codec/close-code.ts";
import { StepQueue } from "./step-queue.ts";
import type { Outbox } from "./outbox.ts";
import { closeQuietly, type OpenTransport, type Transport, type TransportEvents } from "./transport.ts";

/**
 * The WebSockets of a session, one after the other: the one in use, and the one that is being opened to replace it. What
 * comes from one that was left is not passed on.
 */
export class Transports {
  readonly #open: OpenTransport;
  readonly #outbox: Outbox;
  readonly #events: TransportEvents;
  /** Counts WebSockets, so that what comes from one that was left is told from this one's. */
  #number = 0;
  #isOpening = false;
  readonly #steps = new StepQueue(() => this.#isOpening || this.#outbox.isBusy);
  /** The one that is to replace the one that was lost. */
  #next: Transport | undefined;

  /** `events` get what happens on the newest WebSocket; the one in use is the outbox's. */
  constructor(open: OpenTransport, outbox: Outbox, events: TransportEvents) {
    this.#open = open;
    this.#outbox = outbox;
    this.#events = events;
  }

  /** Runs a step of the session now; or soon, while a WebSocket is being opened or called. */
  run(step: () => void): void {
    this.#steps.run(step);
  }

  /** Opens the first WebSocket, which is in use at once. Throws what opening throws. */
  openFirst(): void {
    this.#outbox.attach(this.#openOne());
  }

  /** Opens a WebSocket to replace the one that was lost; it is in use from `useNext` on. Throws what opening throws. */
  openNext(): void {
    this.#next = this.#openOne();
  }

  /** The handshake is complete on the WebSocket that `openNext` has opened. */
  useNext(): void {
    const next = this.#next;
    if (next === undefined) return;
    this.#next = undefined;
    this.#outbox.attach(next);
  }

  /** Sends a packet that is about the newest WebSocket only. Throws what the one that is not yet in use throws. */
  send(packet: Uint8Array<ArrayBuffer>): void {
    if (this.#next === undefined) this.#outbox.transmitUncounted(packet);
    else this.#next.send(packet);
  }

  /** Lets go of the WebSocket in use and of the one that was to replace it. */
  leave(): void {
    this.#number += 1;
    // With a code that tells the bridge, should it hear of it, that the session is not meant.
    this.#outbox.closeTransport(CloseCode.RECONNECTING, "");
    this.#outbox.detach();
    const next = this.#next;
    this.#next = undefined;
    closeQuietly(next, CloseCode.RECONNECTING, "");
  }

  /** The session is over. */
  close(code: number, reason: string): void {
    this.#outbox.closeTransport(code, reason);
    closeQuietly(this.#next, code, reason);
  }

  #openOne(): Transport {
    const number = this.#number;
    const events = this.#events;
    const whenCurrent = (step: () => void): void => {
      this.run(() => {
        if (number === this.#number) step();
      });
    };
    this.#isOpening = true;
    try {
      return this.#open({
        receive: (message) => whenCurrent(() => events.receive(message)),
        receiveText: () => whenCurrent(() => events.receiveText()),
        closed: (code, reason) => whenCurrent(() => events.closed(code, reason)),
        drained: () => whenCurrent(() => events.drained()),
      });
    } finally {
      this.#isOpening = false;
    }
  }
}
