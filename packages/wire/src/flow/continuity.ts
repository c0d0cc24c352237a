import { encodePacket } from "../codec/encode.ts";
import { ACK_AFTER_BYTES, ACK_AFTER_PACKETS, ACK_DELAY_MS } from "../codec/limits.ts";
import { type Packet, PacketType } from "../codec/packet.ts";
import { SentLog } from "./sent-log.ts";
import type { Schedule } from "./schedule.ts";

/**
 * What lets a session outlive its WebSocket, on either side: the packets sent and not acknowledged, and
 * the count of those received. `docs/protocol.md`, section 9.
 */
export class Continuity<Frame extends { readonly length: number } = Uint8Array<ArrayBuffer>> {
  readonly sent = new SentLog<Frame>();
  readonly #sendAck: (packet: Uint8Array<ArrayBuffer>) => void;
  readonly #schedule: Schedule;
  #received = 0;
  #acknowledged = 0;
  #bytesOwed = 0;
  #cancelTimer: (() => void) | undefined;
  #isOver = false;

  /** `sendAck` is given ACK packets, which are not numbered and may be lost. */
  constructor(sendAck: (packet: Uint8Array<ArrayBuffer>) => void, schedule: Schedule) {
    this.#sendAck = sendAck;
    this.#schedule = schedule;
  }

  /** Numbered packets received since the session began. */
  get received(): number {
    return this.#received;
  }

  /** Whether a packet counts: all do but those of the session itself, which are about one WebSocket only. */
  static isNumbered(packet: Packet): boolean {
    switch (packet.type) {
      case PacketType.INFO:
      case PacketType.READY:
      case PacketType.RESUMED:
      case PacketType.ACK:
        return false;
      case PacketType.CLOSE:
      case PacketType.CONTINUE:
        return packet.streamId !== 0;
      default:
        return true;
    }
  }

  /** Counts a packet that arrived, if it is a numbered one, and acknowledges it now or later. To be called before it is handled. */
  receive(packet: Packet): void {
    if (!Continuity.isNumbered(packet)) return;
    this.#received += 1;
    if (packet.type === PacketType.DATA) this.#bytesOwed += packet.payload.length;
    if (this.#received - this.#acknowledged >= ACK_AFTER_PACKETS || this.#bytesOwed >= ACK_AFTER_BYTES) this.acknowledge();
    else this.#cancelTimer ??= this.#schedule(this.#onTimer, ACK_DELAY_MS);
  }

  /** Acknowledges what was received, if there is anything new. To be called before CREDIT is sent. */
  acknowledge(): void {
    if (this.#received > this.#acknowledged) this.repeatAck();
  }

  /** Sends an ACK, whether it says anything new or not. */
  repeatAck(): void {
    if (this.#isOver) return;
    this.markAcknowledged();
    this.#sendAck(encodePacket({ type: PacketType.ACK, received: this.#received }));
  }

  /** The other side knows, by another packet, how much was received. */
  markAcknowledged(): void {
    this.#acknowledged = this.#received;
    this.#bytesOwed = 0;
  }

  /** The session is over: nothing is kept and nothing sent any more. */
  stop(): void {
    this.#isOver = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.sent.clear();
  }

  // One timer runs until nothing is owed: making one for each packet costs more than the packet.
  readonly #onTimer = (): void => {
    this.#cancelTimer = undefined;
    this.acknowledge();
  };
}
