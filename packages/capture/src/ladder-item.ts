import type { Endpoint, NetworkFailure } from "@playground/network";
import type { ByteField, CallSite, CaptureTime, ControlEvent, PrintedEvent } from "./event.ts";
import type { Note } from "./note.ts";

/** A run of a program, as a capture knows it; counted from 1 in each capture. */
export type RunId = number;

/** A connection of one run: the two ends of one TCP connection that are both in the page have a key each. */
export interface ConnectionKey {
  readonly run: RunId;
  readonly connection: number;
}

/** Whoever takes part in an exchange: a vertical line of the ladder. */
export interface Lifeline {
  /** The same for as long as the capture lives. */
  readonly id: string;
  readonly kind: "program" | "machine" | "outside";
  /** The program's file, the machine's name in the room, or the address. */
  readonly name: string;
  /** Absent for a program whose address is not known yet. */
  readonly address?: string;
  /** Of a program: which run. */
  readonly run?: RunId;
}

/**
 * What one row of the ladder shows: a view, whose properties are made when they are asked for and are not its own, so that it cannot be
 * spread or cloned. Items are in the order in which they began; one changes as
 * more becomes known of it, and is another object then.
 */
export type LadderItem = Arrow | Mark;

interface Item {
  /** Counted from 1 in each capture; never used twice. */
  readonly id: number;
  readonly at: CaptureTime;
  /** The ends of the connection that are in the page: one, or both, whose first is the one that connected. */
  readonly ends: readonly ConnectionKey[];
  readonly notes: readonly Note[];
}

/** Something that goes from one to another. */
export interface Arrow extends Item {
  readonly shape: "arrow";
  readonly kind: "connect" | "bytes" | "end" | "reset";
  readonly from: string;
  readonly to: string;
  /**
   * - `under-way`: it has not arrived, as far as the page can see
   * - `held`: conditions, or a pause, hold it
   * - `arrived`: the other end has it, or the other end cannot be seen
   * - `received`: the script's callback has had it
   * - `refused`, `failed`: of `connect`; `failed` also of a `send` that took nothing, whose piece has no bytes
   * - `thrown-away`: the other end closed without reading it
   */
  readonly state: "under-way" | "held" | "arrived" | "received" | "refused" | "failed" | "thrown-away";
  /** When it went out and came in; absent where the page cannot see that end, or it has not happened. */
  readonly sentAt?: CaptureTime | undefined;
  readonly leftAt?: CaptureTime | undefined;
  readonly arrivedAt?: CaptureTime | undefined;
  readonly releasedAt?: CaptureTime | undefined;
  readonly receivedAt?: CaptureTime | undefined;
  readonly local?: Endpoint | undefined;
  readonly remote?: Endpoint | undefined;
  /** Of `connect`: where to, as the script wrote it; the address may be a name. Absent where only the other end is in the page. */
  readonly target?: Endpoint | undefined;
  readonly failure?: NetworkFailure | undefined;
  /** Of `bytes` alone. */
  readonly piece?: ArrowPiece | undefined;
  /** The call that sent it, asked for the connection or closed it. */
  readonly sender?: CallSite | undefined;
  /** The callback that had it: of `connect`, the one of `listen`. */
  readonly receiver?: CallSite | undefined;
  /** Of `connect`: its own callback, which had the connection once it was open. */
  readonly opener?: CallSite | undefined;
}

/** Bytes of another arrow that lie beside those of one, in the same direction of a connection. */
export interface BesideBytes {
  /** The arrow's. */
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** The bytes that an arrow carries: the common part of one `send` and one arrival, where both can be seen. */
export interface ArrowPiece {
  /** Bytes of this direction that went before it. */
  readonly offset: number;
  readonly size: number;
  /** Its beginning, or all of it. */
  readonly bytes: Uint8Array;
  /** The `send` that it is of: which part of how many, counted from 1; `of` is absent while more may come. */
  readonly send?: { readonly offset: number; readonly size: number; readonly asked: number; readonly part: number; readonly of?: number };
  /** The arrival that it is of, and of how many sends it is known to hold bytes: 0 where the sender cannot be seen. */
  readonly arrival?: { readonly offset: number; readonly size: number; readonly sends: number };
  /** The call of onReceive that had it. */
  readonly receipt?: { readonly offset: number; readonly size: number };
  /** What the sender wrote it by, and the receiver read it by; offsets count from the piece's beginning. */
  readonly written: readonly ByteField[];
  readonly read: readonly ByteField[];
}

/** Something that happened with one of them. */
export interface Mark extends Item {
  readonly shape: "mark";
  readonly kind: "listen" | "listen-failed" | "listener-closed" | "listener-lost" | "closed" | "broken" | "printed" | "control" | "lost" | "program";
  /** Absent for what concerns all. */
  readonly on?: string | undefined;
  readonly endpoint?: Endpoint | undefined;
  readonly failure?: NetworkFailure | undefined;
  readonly site?: CallSite | undefined;
  /** Of `printed`; `site` has its entry, and no place. */
  readonly text?: string | undefined;
  readonly level?: PrintedEvent["level"] | undefined;
  readonly control?: ControlEvent["control"] | undefined;
  /** Of `lost`. */
  readonly lost?: { readonly events: number; readonly bytes: number } | undefined;
  /** Of `program`. */
  readonly state?: "started" | "stopped" | "failed" | undefined;
  /** Of `closed`: by whom, and bytes that had come and nobody read. */
  readonly how?: "close" | "abort" | undefined;
  readonly unread?: number | undefined;
}

/** A connection as the table of connections shows it, from the side of one program. */
export interface ConnectionState {
  readonly key: ConnectionKey;
  readonly program: string;
  readonly peer: string;
  readonly local?: Endpoint;
  readonly remote?: Endpoint;
  readonly direction: "out" | "in";
  readonly state: "connecting" | "open" | "ended" | "closed" | "failed" | "broken";
  readonly since: CaptureTime;
  readonly until?: CaptureTime;
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** The latest, and those before it, oldest first, `MAX_GAUGES` at most: the strip of backpressure. */
  readonly gauges: readonly Gauge[];
}

/** How full the buffers of a connection were at a moment; bytes. */
export interface Gauge {
  readonly at: CaptureTime;
  readonly sendBuffer: number;
  readonly sendBufferLimit: number;
  readonly window: number;
  readonly waiting: number;
}
