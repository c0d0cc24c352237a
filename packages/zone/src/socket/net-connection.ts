import type { ScriptPlace } from "@playground/capture";
import type { ProgramObserver } from "@playground/capture/recording";
import type { LuauFunction } from "@playground/luau-wasm";
import { ARRIVALS_IN_ORDER, UNREAD_END_GRACE_MS } from "../limits.ts";
import type { ByteStream } from "../byte-stream/byte-stream.ts";
import type { ByteStreamBinding } from "../byte-stream/byte-stream-binding.ts";
import type { ReadLog } from "../byte-stream/field-log.ts";
import type { NetworkFailure, NetworkStream, StreamEvents, WindowWish } from "@playground/network";
import type { TaskRunner } from "../task/task.ts";
import { ByteQueue } from "./byte-queue.ts";
import { siteOf } from "./call-watch.ts";
import type { ConnectionHints } from "./connection-hints.ts";
import type { EventQueue, EventSource, SocketEvent } from "./event-queue.ts";
import { runCallback } from "./run-callback.ts";
import { ScriptCallback } from "./script-callback.ts";

/** What a connection needs of the program that it belongs to. */
export interface ConnectionHost {
  readonly queue: EventQueue;
  readonly tasks: TaskRunner;
  readonly byteStreams: ByteStreamBinding;
  readonly hints: ConnectionHints;
  readonly observer?: ProgramObserver | undefined;
  /** Whether a script may still reach a connection. */
  readonly connectionClass: { isReachable(connection: NetConnection): boolean };
  /** Connections that have not ended. */
  readonly connections: { add(connection: NetConnection): unknown; delete(connection: NetConnection): unknown };
  /** Counts bytes that have arrived and that no callback has had yet; negative when they go. */
  countReceived(bytes: number): void;
  /** Milliseconds, for measuring how long something takes. */
  now(): number;
  /** How wide the windows of connections are to be. */
  windowWish(): WindowWish;
}

/** Told when a connection is over, by whichever side. */
export type ConnectionOwner = (connection: NetConnection) => void;

/** One TCP connection as a script sees it: the class NetConnection. */
export class NetConnection implements EventSource, StreamEvents {
  busy = false;
  readonly ip: string;
  readonly #host: ConnectionHost;
  readonly #stream: NetworkStream;
  readonly #onOver: ConnectionOwner;
  readonly #onReceive = new ScriptCallback();
  readonly #onDisconnect = new ScriptCallback();
  /** Bytes that update() has come by and that no onReceive has had yet. */
  readonly #unread = new ByteQueue();
  /** The newest event of bytes, and how many of them are in the queue. */
  #arrival: ArrivalEvent | undefined;
  #arrivals = 0;
  /** Bytes that have arrived and that no onReceive has had yet, in the queue or here. */
  #heldBytes = 0;
  /** Bytes that onReceive has had. */
  #receivedBytes = 0;
  /** An event waits that gives the unread bytes to onReceive, or tells of the end: a script may set its callbacks any number of times. */
  #unreadQueued = false;
  #endQueued = false;
  /** `ended`: the script has been told, or could have been. `closed`: the script closed it. */
  #state: "open" | "ended" | "closed" = "open";
  /** Milliseconds of the host's clock at which the other side's end became known. */
  #endedAt: number | undefined;
  #endAnnounced = false;
  /** The stream takes nothing any more, though the script has not been told yet. */
  #isOver = false;
  /** It ended with the connection to the bridge, of which whoever runs the program speaks. */
  #bridgeLost = false;

  constructor(host: ConnectionHost, stream: NetworkStream, onOver: ConnectionOwner) {
    this.#host = host;
    this.#stream = stream;
    this.#onOver = onOver;
    this.ip = stream.remote.address;
    host.connections.add(this);
  }

  get muted(): boolean {
    return this.#state === "closed";
  }

  /** Whether what is sent may still be taken, now or later. */
  get isOpen(): boolean {
    return this.#state === "open" && !this.#isOver;
  }

  /** Queues bytes and returns how many were taken: fewer when the send buffer is full, 0 once the connection has ended. */
  send(bytes: Uint8Array): number {
    const { hints } = this.#host;
    if (this.#state !== "open") {
      if (bytes.length > 0) hints.sendClosed(this);
      return 0;
    }
    // Of an end that the script has not been told of, it will hear with the next update.
    if (this.#isOver) return 0;
    const taken = this.#stream.send(bytes);
    if (taken < bytes.length) hints.sendFull(this, taken, bytes.length);
    return taken;
  }

  /** This side's own close: what was sent goes out, and nothing is called back any more. */
  close(): void {
    if (this.#state === "closed") return;
    this.#leave("closed");
    this.#host.queue.forget(this);
    this.#host.hints.hasReceiver(this);
    this.#host.hints.hasEnded(this);
    this.#dropUnread();
    this.#onReceive.clear();
    this.#onDisconnect.clear();
  }

  /** Takes the reference over; `place`: where the function begins, where somebody wants to know. */
  setOnReceive(fn: LuauFunction, place?: ScriptPlace): void {
    // Once it has ended with nothing left to read, nothing would ever call it.
    if (this.#state === "closed" || (this.#state === "ended" && this.#unread.length === 0)) return fn.dispose();
    this.#onReceive.set(fn, place);
    this.#host.hints.hasReceiver(this);
    this.#host.observer?.onReceiver(this.#stream);
    if (this.#unread.length === 0 || this.#unreadQueued) return;
    this.#unreadQueued = true;
    this.#queue(() => {
      this.#deliverUnread();
      this.#unreadQueued = false;
    });
  }

  /** As `setOnReceive`. */
  setOnDisconnect(fn: LuauFunction, place?: ScriptPlace): void {
    if (this.#state === "closed" || this.#endAnnounced) return fn.dispose();
    this.#onDisconnect.set(fn, place);
    this.#host.hints.hasEnded(this);
    // The end has been passed by already with nobody to hear of it.
    if (this.#state !== "ended" || this.#endQueued) return;
    this.#endQueued = true;
    this.#queue(() => {
      this.#announceEnd();
      this.#endQueued = false;
    });
  }

  /** The script has let go of the connection, and can ask for nothing more. */
  forgotten(): void {
    // Bytes that a callback waits for are still delivered.
    if (this.#state === "ended" && this.#onReceive.fn === undefined) this.#dropUnread();
  }

  onData(bytes: Uint8Array): void {
    if (this.#state !== "open" || bytes.length === 0) return;
    this.#count(bytes.length);
    const newest = this.#arrival;
    if (newest && (this.#host.queue.last === newest || this.#arrivals >= ARRIVALS_IN_ORDER)) {
      newest.bytes.push(bytes);
      return;
    }
    const arrival = new ArrivalEvent(this, () => {
      // Not so when it is asked again, after the VM had no memory for the bytes.
      if (arrival.bytes.length > 0) this.#arrivals--;
      if (this.#arrival === arrival) this.#arrival = undefined;
      arrival.bytes.moveTo(this.#unread);
      this.#deliverUnread();
    });
    arrival.bytes.push(bytes);
    this.#arrival = arrival;
    this.#arrivals++;
    this.#host.queue.push(arrival);
  }

  onEnd(): void {
    this.#over();
  }

  onClosed(failure?: NetworkFailure): void {
    this.#isOver = true;
    if (failure?.code === "bridge-lost") this.#bridgeLost = true;
    this.#over();
  }

  #over(): void {
    if (this.#state !== "open" || this.#endedAt !== undefined) return;
    this.#endedAt = this.#host.now();
    this.#host.queue.push({ source: this, deliver: () => this.#deliverEnd() });
  }

  #queue(deliver: () => void): void {
    this.#host.queue.push({
      source: this,
      deliver: () => {
        deliver();
        return "done";
      },
    });
  }

  /** Where the VM has no memory for the bytes, this throws and keeps them. */
  #deliverUnread(): void {
    const fn = this.#onReceive.fn;
    const count = this.#unread.length;
    if (count === 0) return;
    if (fn === undefined) return this.#host.hints.bytesWait(this);
    // The stream counts the same bytes.
    this.#count(-count);
    const { observer, byteStreams } = this.#host;
    const offset = this.#receivedBytes;
    let stream: ByteStream;
    try {
      const onRead: ReadLog["onRead"] | undefined =
        observer === undefined || observer.isBusy ? undefined : (reads, fields) => observer.onRead(this.#stream, offset, reads, fields);
      stream = byteStreams.create(this.#unread.joined(), onRead);
    } catch (error) {
      this.#count(count);
      throw error;
    }
    this.#unread.clear();
    this.#receivedBytes += count;
    const { place } = this.#onReceive;
    const onStarting = observer && ((entry: number) => observer.onReceived(this.#stream, { offset, size: count }, siteOf(entry, place)));
    runCallback(this.#host.tasks, this, "the callback of onReceive", fn, [byteStreams.streamClass.wrap(stream)], onStarting);
    if (observer !== undefined) byteStreams.reportReads();
    // Only now may the other side send more: a script that takes nothing gets no more than its window.
    if (this.#state === "open") this.#stream.consumed(count, this.#host.windowWish());
    // These were the last bytes, so that the function can go.
    else this.#onReceive.clear();
  }

  #deliverEnd(): "done" | "later" {
    if (this.#unread.length > 0) {
      if (this.#onReceive.fn === undefined) {
        const waited = this.#host.now() - (this.#endedAt ?? 0);
        if (waited < UNREAD_END_GRACE_MS) return "later";
      } else {
        this.#deliverUnread();
        if (this.busy) return "later";
      }
    }
    if (this.#state === "closed") return "done";
    this.#leave("ended");
    if (this.#unread.length === 0) this.#onReceive.clear();
    if (!this.#host.connectionClass.isReachable(this)) this.forgotten();
    this.#announceEnd();
    return "done";
  }

  #count(bytes: number): void {
    this.#heldBytes += bytes;
    this.#host.countReceived(bytes);
  }

  #dropUnread(): void {
    this.#unread.clear();
    this.#count(-this.#heldBytes);
  }

  #announceEnd(): void {
    const fn = this.#onDisconnect.fn;
    if (this.#endAnnounced) return;
    if (fn === undefined) {
      if (!this.#bridgeLost) this.#host.hints.endUnheard(this);
      return;
    }
    this.#endAnnounced = true;
    const { observer } = this.#host;
    const { place } = this.#onDisconnect;
    const onStarting = observer && ((entry: number) => observer.onEndTold(this.#stream, siteOf(entry, place)));
    try {
      runCallback(this.#host.tasks, this, "the callback of onDisconnect", fn, [], onStarting);
    } catch (error) {
      this.#endAnnounced = false;
      throw error;
    }
    this.#onDisconnect.clear();
  }

  #leave(state: "ended" | "closed"): void {
    const wasOpen = this.#state === "open";
    this.#state = state;
    if (!wasOpen) return;
    this.#stream.close();
    this.#host.connections.delete(this);
    this.#onOver(this);
  }
}

/** Bytes that came one after another. */
class ArrivalEvent implements SocketEvent {
  readonly source: EventSource;
  readonly bytes = new ByteQueue();
  readonly #onDelivered: () => void;

  constructor(source: EventSource, onDelivered: () => void) {
    this.source = source;
    this.#onDelivered = onDelivered;
  }

  deliver(): "done" {
    this.#onDelivered();
    return "done";
  }
}
