import type { Network, NetworkStream } from "@playground/network";
import type { ByteField, CallSite, CaptureTime, ControlEvent, PrintedEvent, ProgramEvent } from "../event.ts";
import { type EventBatch, EventBuffer } from "./event-buffer.ts";
import { FIELDS_PER_EVENT, GAUGE_INTERVAL_MS, PRINTED_CHARS } from "./limits.ts";
import { NetworkRecord } from "./network-record.ts";
import type { ProgramObserver, ScriptCalls } from "./program-observer.ts";
import { recordScriptSide, ScriptStream } from "./script-side.ts";
import { recordWireSide } from "./wire-side.ts";

/**
 * Records one run of a program: it is the program's observer, and two decorators of its network, the one above all conditions and the
 * one below them. What it says lies in memory until it is taken; a program that does more than can be kept loses events, not time.
 */
export class Recorder implements ProgramObserver {
  readonly #now: () => CaptureTime;
  readonly #events: EventBuffer;
  readonly #record: NetworkRecord;
  /** When levels were told last. */
  #gaugesAt = -Infinity;

  /** `now` gives milliseconds since 1970, by the clock that all captures of the computer have. */
  constructor(now: () => CaptureTime) {
    this.#now = now;
    this.#events = new EventBuffer(now);
    this.#record = new NetworkRecord(this.#events);
  }

  /** The network for the program, which calls `network` where the program calls it. Conditions come in between. */
  scriptSide(network: Network): Network {
    return recordScriptSide(network, this.#record);
  }

  /** The same network for what lies between it and the program. */
  wireSide(network: Network): Network {
    return recordWireSide(network, this.#record);
  }

  /** What was recorded since the last time; undefined for nothing. */
  take(): EventBatch | undefined {
    return this.#events.take();
  }

  /** A frame is over: tells the levels of connections that have changed, where they were not told just now. */
  frame(): void {
    const now = this.#now();
    if (now - this.#gaugesAt < GAUGE_INTERVAL_MS) return;
    this.#gaugesAt = now;
    this.#record.tellGauges();
  }

  get isBusy(): boolean {
    return this.#events.isBusy;
  }

  /** The reader has taken time in hand. */
  control(control: ControlEvent["control"]): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "control", at, control });
  }

  begin(calls: ScriptCalls): void {
    this.#record.calls = calls;
  }

  onState(state: ProgramEvent["state"]): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "program", at, state });
  }

  onPrinted(level: PrintedEvent["level"], text: string, entry: number): void {
    if (text === "") return;
    const at = this.#events.admitPrinted();
    if (at !== undefined) this.#events.add({ type: "printed", at, level, text: text.slice(0, PRINTED_CHARS), entry });
  }

  onAnnounced(stream: NetworkStream, site: CallSite): void {
    if (!(stream instanceof ScriptStream)) return;
    const { connection } = stream;
    connection.hasReceiver ??= false;
    this.#record.touch(connection);
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "announced", at, connection: connection.id, site });
  }

  onReceiver(stream: NetworkStream): void {
    if (!(stream instanceof ScriptStream) || stream.connection.hasReceiver === true) return;
    stream.connection.hasReceiver = true;
    this.#record.touch(stream.connection);
  }

  onReceived(stream: NetworkStream, { offset, size }: { readonly offset: number; readonly size: number }, site: CallSite): void {
    if (!(stream instanceof ScriptStream)) return;
    const { connection } = stream;
    connection.received = offset + size;
    this.#record.touch(connection);
    const at = this.#events.admit("piece", size);
    if (at !== undefined) this.#events.add({ type: "receive", at, connection: connection.id, offset, size, site });
  }

  onRead(stream: NetworkStream, offset: number, count: number, fields: () => readonly ByteField[]): void {
    if (!(stream instanceof ScriptStream)) return;
    const at = this.#events.admit("piece", 0, 1 + count / FIELDS_PER_EVENT);
    if (at !== undefined) this.#events.add({ type: "fields-read", at, connection: stream.connection.id, offset, fields: fields() });
  }

  onEndTold(stream: NetworkStream, site: CallSite): void {
    if (!(stream instanceof ScriptStream)) return;
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "end-told", at, connection: stream.connection.id, site });
  }
}
