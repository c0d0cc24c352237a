import { type Endpoint, endpointText, type NetworkFailure, type NetworkStream } from "@playground/network";
import type { ByteField, CallSite, GaugeEvent } from "../event.ts";
import type { EventBuffer } from "./event-buffer.ts";
import { FIELDS_PER_EVENT, GAUGES_PER_FRAME, HOST_CHARS } from "./limits.ts";
import type { ScriptCalls } from "./program-observer.ts";
import { RecordedConnection } from "./recorded-connection.ts";

/** What the two sides of a recorder know of a program's listeners and connections, and say of them. */
export class NetworkRecord {
  /** Where in the script the network is called at the moment. */
  calls: ScriptCalls | undefined;
  readonly #events: EventBuffer;
  #listeners = 0;
  #connections = 0;
  /** The listener that is being asked for. */
  #listener = 0;
  /** Connections that the script wants and that no network was asked for yet, by where they lead to; the oldest first. */
  readonly #wanted = new Map<string, RecordedConnection[]>();
  /** Accepted connections that the script's side has not seen yet, by both endpoints. */
  readonly #unclaimed = new Map<string, RecordedConnection>();
  #touched: RecordedConnection[] = [];

  constructor(events: EventBuffer) {
    this.#events = events;
  }

  /** Tells the levels of connections that have changed. */
  tellGauges(): void {
    if (this.#touched.length === 0) return;
    const touched = this.#touched;
    this.#touched = touched.slice(GAUGES_PER_FRAME);
    for (const connection of touched.slice(0, GAUGES_PER_FRAME)) {
      connection.isTouched = false;
      // What waits to be sent goes out without a word.
      if (this.#gauge(connection)) this.touch(connection);
    }
  }

  /** The script asks for a port: `ask` leads to the network. Gives the listener's number. */
  listen<T>(address: string, port: number, ask: (listener: number) => T): T {
    const listener = ++this.#listeners;
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "listen", at, listener, address: address.slice(0, HOST_CHARS), port, ...this.#site() });
    this.#listener = listener;
    try {
      return ask(listener);
    } finally {
      this.#listener = 0;
    }
  }

  /** The number of the listener that is being asked for. */
  get listener(): number {
    return this.#listener;
  }

  /** The port is had. */
  listening(listener: number, bound: Endpoint): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "listening", at, listener, bound });
  }

  /** The port could not be had, or is lost. */
  listenerOver(type: "listen-failed" | "listener-lost", listener: number, failure: NetworkFailure): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type, at, listener, failure });
  }

  /** The script, or the end of the program, lets go of the port. */
  listenerClosed(listener: number): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "listener-closed", at, listener, ...this.#site() });
  }

  /** The script wants a connection. */
  connect(host: string, port: number): RecordedConnection {
    const connection = new RecordedConnection(++this.#connections);
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "connect", at, connection: connection.id, host: host.slice(0, HOST_CHARS), port, ...this.#site() });
    const target = endpointText(host, port);
    const wanted = this.#wanted.get(target);
    if (wanted === undefined) this.#wanted.set(target, [connection]);
    else wanted.push(connection);
    return connection;
  }

  /** The network is asked for a connection: the oldest that is wanted there. */
  wanted(host: string, port: number): RecordedConnection {
    const target = endpointText(host, port);
    const wanted = this.#wanted.get(target);
    const connection = wanted?.shift();
    if (wanted?.length === 0) this.#wanted.delete(target);
    return connection ?? new RecordedConnection(++this.#connections);
  }

  /** The script has given a connection up before the network was asked for it. */
  unwanted(host: string, port: number, connection: RecordedConnection): void {
    const target = endpointText(host, port);
    const left = this.#wanted.get(target)?.filter((each) => each !== connection) ?? [];
    if (left.length === 0) this.#wanted.delete(target);
    else this.#wanted.set(target, left);
  }

  /** The network has a connection. */
  opened(connection: RecordedConnection, { local, remote }: NetworkStream): void {
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "opened", at, connection: connection.id, local, remote });
  }

  /** There is none to be had; whoever knows first says so. */
  connectFailed(connection: RecordedConnection, failure: NetworkFailure): void {
    if (connection.isOver) return;
    connection.isOver = true;
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "connect-failed", at, connection: connection.id, failure });
  }

  /** A client has joined. */
  accepted(listener: number, stream: NetworkStream): RecordedConnection {
    const connection = new RecordedConnection(++this.#connections);
    const { local, remote } = stream;
    connection.stream = stream;
    connection.key = keyOf(stream);
    this.#unclaimed.set(connection.key, connection);
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "accepted", at, connection: connection.id, listener, local, remote });
    return connection;
  }

  /** The script's side sees an accepted connection. */
  claim(stream: NetworkStream): RecordedConnection {
    const key = keyOf(stream);
    const connection = this.#unclaimed.get(key);
    this.#unclaimed.delete(key);
    return connection ?? new RecordedConnection(++this.#connections);
  }

  /** The script has called `send`, and `taken` of the bytes were taken. */
  sent(connection: RecordedConnection, bytes: Uint8Array, taken: number): void {
    const { id, sent: offset } = connection;
    connection.sent += taken;
    this.touch(connection);
    const isHeld = connection.left < connection.sent;
    const at = this.#events.admit("piece", taken);
    if (at !== undefined) {
      const kept = this.#events.keep(taken === bytes.length ? bytes : bytes.subarray(0, taken), at);
      const fields = kept.length === taken ? this.#written(taken) : undefined;
      this.#events.add({
        type: "send",
        at,
        connection: id,
        offset,
        size: taken,
        asked: bytes.length,
        bytes: kept,
        ...(fields !== undefined && { fields }),
        ...(isHeld && { held: true }),
        ...this.#site(),
      });
    }
    if (isHeld && connection.left > offset) this.#moved("leave", connection, offset, connection.left);
  }

  /** The network has taken bytes. */
  left(connection: RecordedConnection, taken: number): void {
    const start = connection.left;
    connection.left += taken;
    this.touch(connection);
    // What is being sent right now has not been told of yet.
    this.#moved("leave", connection, start, Math.min(connection.left, connection.sent));
  }

  /** Bytes have come from the network; `pass` hands them on. */
  arrived(connection: RecordedConnection, bytes: Uint8Array, pass: () => void): void {
    const { id, arrived: offset } = connection;
    const size = bytes.length;
    const at = this.#events.admit("piece", size);
    // Whoever gets them may do with them what he likes.
    const kept = at === undefined ? undefined : this.#events.keep(bytes, at);
    pass();
    connection.arrived += size;
    this.touch(connection);
    const isHeld = connection.released < connection.arrived && !connection.isClosed;
    if (at !== undefined && kept !== undefined)
      this.#events.add({ type: "arrive", at, connection: id, offset, size, bytes: kept, ...(isHeld && { held: true }) });
    if (isHeld && connection.released > offset) this.#moved("release", connection, offset, connection.released);
  }

  /** Bytes have come out of the conditions. */
  released(connection: RecordedConnection, size: number): void {
    const start = connection.released;
    connection.released += size;
    this.touch(connection);
    // What is arriving right now has not been told of yet.
    this.#moved("release", connection, start, Math.min(connection.released, connection.arrived));
  }

  /** The other side's end has come from the network; `pass` hands it on. */
  ended(connection: RecordedConnection, pass: () => void): void {
    const at = this.#events.admit("life");
    pass();
    connection.hasEnded = true;
    const isHeld = !connection.isEndReleased && !connection.isClosed;
    if (at !== undefined) this.#events.add({ type: "end", at, connection: connection.id, offset: connection.arrived, ...(isHeld && { held: true }) });
  }

  /** It has come out of the conditions. */
  endReleased(connection: RecordedConnection): void {
    connection.isEndReleased = true;
    if (!connection.hasEnded) return;
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "end-release", at, connection: connection.id });
  }

  /** The script, or the end of the program, closes the connection; `pass` hands that on. */
  closing(connection: RecordedConnection, how: "close" | "abort", pass: () => void): void {
    if (connection.isClosed || connection.isOver) return pass();
    const at = this.#events.admit("life");
    const unread = connection.arrived - connection.received;
    connection.isClosed = connection.isClosing = true;
    pass();
    connection.isClosing = false;
    const isHeld = connection.stream !== undefined && !connection.isCloseLeft;
    if (at !== undefined)
      this.#events.add({
        type: "close",
        at,
        connection: connection.id,
        how,
        offset: connection.sent,
        unread,
        ...(isHeld && { held: true }),
        ...this.#site(),
      });
  }

  /** The network is told of a close. Conditions may do that by themselves. */
  closeLeft(connection: RecordedConnection, how: "close" | "abort"): void {
    if (connection.key !== undefined) this.#unclaimed.delete(connection.key);
    if (connection.isCloseLeft) return;
    connection.isCloseLeft = true;
    if (connection.isClosing || connection.isOver) return;
    if (!connection.isClosed) return this.closing(connection, how, () => {});
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "close-leave", at, connection: connection.id });
  }

  /** It ended early; whoever knows first says so. */
  broken(connection: RecordedConnection, failure: NetworkFailure): void {
    if (connection.isOver) return;
    connection.isOver = true;
    if (connection.key !== undefined) this.#unclaimed.delete(connection.key);
    const at = this.#events.admit("life");
    if (at !== undefined) this.#events.add({ type: "broken", at, connection: connection.id, failure });
  }

  /** Levels may have changed. */
  touch(connection: RecordedConnection): void {
    if (connection.isTouched) return;
    connection.isTouched = true;
    this.#touched.push(connection);
  }

  /** Bytes from `start` to `end` have gone on. */
  #moved(type: "leave" | "release", { id }: RecordedConnection, start: number, end: number): void {
    const size = end - start;
    if (size <= 0) return;
    const at = this.#events.admit("piece", size);
    if (at !== undefined) this.#events.add({ type, at, connection: id, offset: start, size });
  }

  #site(): { readonly site?: CallSite } {
    const site = this.calls?.site();
    return site === undefined ? {} : { site };
  }

  /** The fields of a piece of so many bytes, where they cost no more than there is room for. */
  #written(size: number): readonly ByteField[] | undefined {
    const fields = this.calls?.written();
    if (fields === undefined) return undefined;
    const whole = fields.filter((field) => field.offset + field.size <= size);
    return whole.length > 0 && this.#events.admit("gauge", 0, whole.length / FIELDS_PER_EVENT) !== undefined ? whole : undefined;
  }

  /** Tells the levels, if they have changed. True where bytes wait to be sent. */
  #gauge(connection: RecordedConnection): boolean {
    const levels = connection.isOver || connection.isCloseLeft ? undefined : connection.stream?.levels?.();
    if (levels === undefined) return false;
    const last = connection.gauge;
    const sendBuffer = levels.sendBuffer + connection.sent - connection.left;
    const waiting = connection.released - connection.received;
    const { sendBufferLimit, window } = levels;
    const { hasReceiver } = connection;
    const isNew =
      last === undefined || last.sendBuffer !== sendBuffer || last.window !== window || last.waiting !== waiting || last.hasReceiver !== hasReceiver;
    if (!isNew) return sendBuffer > 0;
    const at = this.#events.admit("gauge");
    // It is asked again in the next frame.
    if (at === undefined) return true;
    const levelsNow = { sendBuffer, sendBufferLimit, window, waiting };
    const gauge: GaugeEvent = { type: "gauge", at, connection: connection.id, ...levelsNow, ...(hasReceiver !== undefined && { hasReceiver }) };
    connection.gauge = gauge;
    this.#events.add(gauge);
    return sendBuffer > 0;
  }
}

/** No two connections that live at the same time have both endpoints in common. */
function keyOf({ local, remote }: NetworkStream): string {
  return `${endpointText(local.address, local.port)} ${endpointText(remote.address, remote.port)}`;
}
