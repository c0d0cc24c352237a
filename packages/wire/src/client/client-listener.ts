import type { CallbackQueue } from "./callback-queue.ts";
import type { ClientStream } from "./client-stream.ts";
import { encodePacket } from "../codec/encode.ts";
import type { Endpoint, ListenerEvents, NetworkFailure, NetworkListener } from "@playground/network";
import type { Outbox } from "./outbox.ts";
import { PacketType } from "../codec/packet.ts";
import { CloseReason } from "../codec/reason.ts";

/** What a listener needs of its session. */
export interface ListenerHost {
  readonly outbox: Outbox;
  readonly callbacks: CallbackQueue;
  /** The listener is over; its id means nothing any more. */
  listenerOver(listener: ClientListener): void;
}

/** The client's end of a listener: the state machine of section 5 of `docs/protocol.md`. */
export class ClientListener implements NetworkListener {
  readonly id: number;
  /** Address and port as the program gave them, for messages. */
  readonly #target: string;
  readonly #host: ListenerHost;
  /** The LISTEN packet, until it is sent. */
  #listen: Uint8Array<ArrayBuffer> | undefined;
  /** Absent once it is over for the program. */
  #events: ListenerEvents | undefined;
  #isListening = false;
  #isOver = false;

  constructor(host: ListenerHost, id: number, target: string, listen: Uint8Array<ArrayBuffer>, events: ListenerEvents) {
    this.#host = host;
    this.id = id;
    this.#target = target;
    this.#listen = listen;
    this.#events = events;
  }

  /** Whether the port is bound. */
  get isListening(): boolean {
    return this.#isListening;
  }

  /** What to say, before the reason, when it fails. */
  get failureText(): string {
    return `Listening on ${this.#target} ${this.#isListening ? "ended" : "failed"}`;
  }

  close(): void {
    this.#events = undefined;
    if (this.#isOver) return;
    if (this.#listen === undefined) this.#host.outbox.transmit(encodePacket({ type: PacketType.UNLISTEN, listenerId: this.id }));
    this.#finish();
  }

  /** The handshake is complete: asks for the port. */
  start(): void {
    const listen = this.#listen;
    if (this.#isOver || listen === undefined) return;
    this.#listen = undefined;
    this.#host.outbox.transmit(listen);
  }

  /** LISTENING has come. False when it must not: a violation. */
  listening(bound: Endpoint): boolean {
    if (this.#isListening) return false;
    this.#isListening = true;
    this.#host.callbacks.run(() => this.#events?.onListening(bound));
    return true;
  }

  /** LISTEN_FAILED has come. */
  failed(failure: NetworkFailure): void {
    this.#fail(failure, (callback) => this.#host.callbacks.run(callback));
  }

  /** The session is over. */
  lost(failure: NetworkFailure): void {
    this.#fail(failure, (callback) => this.#host.callbacks.defer(callback));
  }

  /** ACCEPT has come. */
  accept(stream: ClientStream): void {
    try {
      const events = this.#events?.onAccept(stream);
      if (events === undefined) stream.abort();
      else stream.attach(events);
    } catch (error) {
      // Nobody will ever read from it: the peer is told at once.
      stream.abortFor(CloseReason.CLIENT_ERROR);
      this.#host.callbacks.report(error);
    }
  }

  #fail(failure: NetworkFailure, by: (callback: () => void) => void): void {
    if (this.#isOver) return;
    this.#finish();
    by(() => {
      if (this.#isListening) this.#events?.onLost(failure);
      else this.#events?.onFailed(failure);
    });
  }

  #finish(): void {
    this.#isOver = true;
    this.#host.listenerOver(this);
  }
}
