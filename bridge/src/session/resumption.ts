import type { Packet } from "@playground/wire/codec";
import { Continuity } from "@playground/wire/flow";
import { WEBSOCKET_ABANDONED_BYTES, WEBSOCKET_ABANDONED_FRAMES } from "../limits.ts";
import type { BridgeServices } from "./bridge-services.ts";
import { recycle } from "../memory/chunk.ts";
import type { Frame } from "../websocket/packet-frame.ts";
import type { ResendHolder } from "./resend-budget.ts";

/** Runs a step of `Continuity` later. */
function schedule(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
}

/** What makes a session outlive its WebSocket: the packets kept for sending again, and the time that it waits. `docs/protocol.md`, section 9. */
export class Resumption implements ResendHolder {
  readonly giveUp: () => void;
  readonly resumeSending: () => void;
  readonly #services: Pick<BridgeServices, "resendBudget" | "usage">;
  readonly #continuity: Continuity<Frame>;
  #graceTimer: NodeJS.Timeout | undefined;
  /** Number of the next packet to be sent again, until all are. */
  #resendFrom: number | undefined;

  /** `sendAck` is given ACK packets, which may be lost. `holder`: what the session does when its bytes are too many, and when there is room again. */
  constructor(
    sendAck: (packet: Uint8Array<ArrayBuffer>) => void,
    services: Pick<BridgeServices, "resendBudget" | "usage">,
    holder: Pick<ResendHolder, "giveUp" | "resumeSending">,
  ) {
    this.giveUp = holder.giveUp;
    this.resumeSending = holder.resumeSending;
    this.#services = services;
    this.#continuity = new Continuity(sendAck, schedule);
    services.resendBudget.add(this);
  }

  get keptBytes(): number {
    return this.#continuity.sent.bytes;
  }

  /** Packets that are kept. */
  get keptPackets(): number {
    return this.#continuity.sent.length;
  }

  /** Whether so much is kept that data has to wait for acknowledgements. */
  get isFull(): boolean {
    return this.#continuity.sent.isFull || this.#services.resendBudget.mustWait(this.keptBytes);
  }

  /** Whether so much is kept that it can only be because the client acknowledges nothing. */
  get isAbandoned(): boolean {
    return this.keptBytes > WEBSOCKET_ABANDONED_BYTES || this.#continuity.sent.length > WEBSOCKET_ABANDONED_FRAMES;
  }

  /** Counts a packet from the client. To be called before it is handled. */
  receive(packet: Packet): void {
    this.#continuity.receive(packet);
  }

  /** Tells the client how much was received, if there is anything new. */
  acknowledge(): void {
    this.#continuity.acknowledge();
  }

  /** Keeps a packet that is sent. It must not change any more. */
  push(frame: Frame): void {
    this.#continuity.sent.push(frame);
    this.#services.resendBudget.changed(frame.length);
  }

  /** Whether a client that has handled so many packets can go on with this session. */
  canResumeAt(received: number): boolean {
    return this.#continuity.sent.canAcknowledge(received);
  }

  /**
   * The client has handled so many packets, which `canResumeAt` has let pass. Whether that is news; if not, it asks whether
   * the bridge is there. `takenBytes`: what the kernel has taken of the frames on this WebSocket, for a client may lie.
   */
  acknowledged(received: number, takenBytes: number | undefined): boolean {
    const { sent } = this.#continuity;
    const { length, bytes } = sent;
    sent.acknowledge(received, (frame) => {
      if (frame.block !== undefined && takenBytes !== undefined && frame.end <= takenBytes) recycle(frame.block);
    });
    this.#services.resendBudget.changed(sent.bytes - bytes);
    return sent.length !== length;
  }

  /** Sends an ACK, whether it says anything new or not. */
  repeatAck(): void {
    this.#continuity.repeatAck();
  }

  /** Waits for the client to come back; calls `onOver` when it has not. */
  startGrace(graceMs: number, onOver: () => void): void {
    this.#endGrace();
    this.#graceTimer = setTimeout(onOver, graceMs);
    this.#services.usage.detached += 1;
    this.#services.resendBudget.wentAway(this);
  }

  /** The client is back. Gives how many of its packets have come; what it lacks is to be sent again, with `nextToResend`. */
  resume(): number {
    this.#endGrace();
    this.#continuity.markAcknowledged();
    const { sent } = this.#continuity;
    this.#resendFrom = sent.first;
    // The WebSocket before may still have hold of them.
    for (const frame of sent.frames()) frame.block = undefined;
    return this.#continuity.received;
  }

  /** Whether packets are left to be sent again: new ones have to wait behind them. */
  get isBehind(): boolean {
    return this.#resendFrom !== undefined;
  }

  /** The next packet to be sent again, or to be sent at all, if it came meanwhile; undefined when there is none left. */
  nextToResend(): Frame | undefined {
    if (this.#resendFrom === undefined) return undefined;
    const { sent } = this.#continuity;
    const number = Math.max(this.#resendFrom, sent.first);
    const frame = sent.at(number);
    this.#resendFrom = frame === undefined ? undefined : number + 1;
    return frame;
  }

  /** The session is over: nothing is kept. */
  stop(): void {
    this.#endGrace();
    this.#services.resendBudget.delete(this);
    this.#services.resendBudget.changed(-this.keptBytes);
    this.#continuity.stop();
  }

  #endGrace(): void {
    if (this.#graceTimer === undefined) return;
    clearTimeout(this.#graceTimer);
    this.#graceTimer = undefined;
    this.#services.resendBudget.isBack(this);
    this.#services.usage.detached -= 1;
  }
}
