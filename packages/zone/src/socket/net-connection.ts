import { UNREAD_END_GRACE_MS } from "../limits.ts";
import type { NetworkStream, StreamEvents } from "../network.ts";
import type { LuauFunction } from "@playground/luau-wasm";
import { joinChunks } from "./join-chunks.ts";
import type { EventSource, SocketEvent } from "./event-queue.ts";
import { ScriptCallback } from "./script-callback.ts";
import { runCallback, type SocketHost } from "./socket-host.ts";

/** Told when a connection is over, by whichever side. */
export type ConnectionOwner = (connection: NetConnection) => void;

/** One TCP connection as a script sees it: the class NetConnection. */
export class NetConnection implements EventSource, StreamEvents {
  busy = false;
  readonly ip: string;
  readonly #host: SocketHost;
  readonly #stream: NetworkStream;
  readonly #onOver: ConnectionOwner;
  readonly #onReceive = new ScriptCallback();
  readonly #onDisconnect = new ScriptCallback();
  /** Bytes that update() has come by and that no onReceive has had yet. */
  #unread: Uint8Array[] = [];
  /** The newest event of bytes; more bytes join it while it is the last in the queue. */
  #arrival: ArrivalEvent | undefined;
  /** `ended`: the script has been told, or could have been. `closed`: the script closed it. */
  #state: "open" | "ended" | "closed" = "open";
  /** Milliseconds of the host's clock at which the other side's end became known. */
  #endedAt: number | undefined;
  #endAnnounced = false;

  constructor(host: SocketHost, stream: NetworkStream, onOver: ConnectionOwner) {
    this.#host = host;
    this.#stream = stream;
    this.#onOver = onOver;
    this.ip = stream.remote.address;
    host.connections.add(this);
  }

  get muted(): boolean {
    return this.#state === "closed";
  }

  /** Queues bytes and returns how many were taken; 0 once the connection has ended. */
  send(bytes: Uint8Array): number {
    return this.#state === "open" ? this.#stream.send(bytes) : 0;
  }

  /** This side's own close: what was sent goes out, and nothing is called back any more. */
  close(): void {
    if (this.#state === "closed") return;
    this.#leave("closed");
    this.#host.queue.forget(this);
    this.#unread = [];
    this.#onReceive.clear();
    this.#onDisconnect.clear();
  }

  /** Takes the reference over. */
  setOnReceive(fn: LuauFunction): void {
    if (this.#state === "closed") return fn.dispose();
    this.#onReceive.set(fn);
    if (this.#unread.length > 0) this.#queue(() => this.#deliverUnread());
  }

  /** Takes the reference over. */
  setOnDisconnect(fn: LuauFunction): void {
    if (this.#state === "closed" || this.#endAnnounced) return fn.dispose();
    this.#onDisconnect.set(fn);
    // The end has been passed by already with nobody to hear of it.
    if (this.#state === "ended") this.#queue(() => this.#announceEnd());
  }

  onData(bytes: Uint8Array): void {
    if (this.#state !== "open") return;
    if (this.#arrival !== undefined && this.#host.queue.last === this.#arrival) {
      this.#arrival.chunks.push(bytes);
      return;
    }
    this.#arrival = new ArrivalEvent(this, bytes, (chunks) => {
      this.#unread.push(...chunks);
      this.#deliverUnread();
    });
    this.#host.queue.push(this.#arrival);
  }

  onEnd(): void {
    this.#over();
  }

  onClosed(): void {
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

  #deliverUnread(): void {
    const fn = this.#onReceive.fn;
    if (fn === undefined || this.#unread.length === 0) return;
    const bytes = joinChunks(this.#unread);
    this.#unread = [];
    const stream = this.#host.byteStreams.create(bytes);
    runCallback(this.#host, this, "the callback of onReceive", fn, [this.#host.byteStreams.streamClass.wrap(stream)]);
    // Only now may the other side send more: a script that takes nothing gets no more than its window.
    if (this.#state === "open") this.#stream.consumed(bytes.length);
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
    if (this.#state !== "open") return "done";
    this.#leave("ended");
    this.#announceEnd();
    return "done";
  }

  #announceEnd(): void {
    const fn = this.#onDisconnect.fn;
    if (fn === undefined || this.#endAnnounced) return;
    this.#endAnnounced = true;
    runCallback(this.#host, this, "the callback of onDisconnect", fn, []);
    this.#onDisconnect.clear();
    if (this.#unread.length === 0) this.#onReceive.clear();
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

/** Bytes that came one after another with nothing else between them. */
class ArrivalEvent implements SocketEvent {
  readonly source: EventSource;
  readonly chunks: Uint8Array[];
  readonly #deliver: (chunks: Uint8Array[]) => void;

  constructor(source: EventSource, first: Uint8Array, deliver: (chunks: Uint8Array[]) => void) {
    this.source = source;
    this.chunks = [first];
    this.#deliver = deliver;
  }

  deliver(): "done" {
    this.#deliver(this.chunks);
    return "done";
  }
}
