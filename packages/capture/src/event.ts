import type { Endpoint, NetworkFailure } from "@playground/network";

/**
 * What was seen of one program: what its script did with the network, and what the network did with it. A recorder in the program's
 * worker makes these; whoever shows, saves or explains an exchange works on nothing else.
 *
 * A piece of bytes passes up to three places on each side, and is named by connection, direction and offset at all of them:
 *
 *     send (the script's call) → leave (past the conditions, to the network)
 *     arrive (from the network) → release (past the conditions) → receive (the script's onReceive)
 *
 * Where no condition holds a piece up, `leave` and `release` are left out: they are at the time of `send` and `arrive`.
 */
export type CaptureEvent =
  | ListenEvent
  | ListeningEvent
  | ListenFailedEvent
  | ListenerClosedEvent
  | ListenerLostEvent
  | ConnectEvent
  | OpenedEvent
  | ConnectFailedEvent
  | AcceptedEvent
  | AnnouncedEvent
  | SendEvent
  | LeaveEvent
  | ArriveEvent
  | ReleaseEvent
  | ReceiveEvent
  | FieldsReadEvent
  | CloseEvent
  | CloseLeaveEvent
  | EndEvent
  | EndReleaseEvent
  | EndToldEvent
  | BrokenEvent
  | GaugeEvent
  | PrintedEvent
  | ControlEvent
  | LostEvent
  | ProgramEvent;

/** When something happened: milliseconds since 1970 by `performance.timeOrigin + performance.now()`, with fractions. One clock for all workers of a page; times of different computers are not compared. */
export type CaptureTime = number;

/** A line of the script. */
export interface ScriptPlace {
  /** Name of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Where in the script something was done. */
export interface CallSite {
  /** Which entry from the host into the script it was done in: the main chunk, a frame, a callback. Counted from 1 in each run; what is printed carries the same number. */
  readonly entry: number;
  /** The line of the call or, for a callback, the line that its function begins in; absent where the VM knows none. */
  readonly place?: ScriptPlace;
}

interface At {
  readonly at: CaptureTime;
}

/** Listeners and connections are numbered from 1 in each run of a program, each kind by itself. */
interface OfListener extends At {
  readonly listener: number;
}

interface OfConnection extends At {
  readonly connection: number;
}

/** A piece of what a connection carries in one direction. */
interface Piece extends OfConnection {
  /** Bytes that went before it in this direction. */
  readonly offset: number;
  /** Bytes; more than 0. */
  readonly size: number;
}

/** The script asks for a port. */
export interface ListenEvent extends OfListener {
  readonly type: "listen";
  readonly address: string;
  readonly port: number;
  readonly site?: CallSite;
}

export interface ListeningEvent extends OfListener {
  readonly type: "listening";
  readonly bound: Endpoint;
}

export interface ListenFailedEvent extends OfListener {
  readonly type: "listen-failed";
  readonly failure: NetworkFailure;
}

/** The script, or the end of the program, let go of the port. */
export interface ListenerClosedEvent extends OfListener {
  readonly type: "listener-closed";
  readonly site?: CallSite;
}

export interface ListenerLostEvent extends OfListener {
  readonly type: "listener-lost";
  readonly failure: NetworkFailure;
}

/** The script asks for a connection. */
export interface ConnectEvent extends OfConnection {
  readonly type: "connect";
  /** As the script wrote it: an address or a name. */
  readonly host: string;
  readonly port: number;
  readonly site?: CallSite;
}

export interface OpenedEvent extends OfConnection {
  readonly type: "opened";
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

export interface ConnectFailedEvent extends OfConnection {
  readonly type: "connect-failed";
  readonly failure: NetworkFailure;
}

/** A client has joined a listener; a connection like any other from here on. */
export interface AcceptedEvent extends OfConnection {
  readonly type: "accepted";
  readonly listener: number;
  readonly local: Endpoint;
  readonly remote: Endpoint;
}

/** The script's callback of `listen` or `connect` is called with the connection. */
export interface AnnouncedEvent extends OfConnection {
  readonly type: "announced";
  readonly site: CallSite;
}

/** The script has called `send`; `size` is what was taken, which may be 0 here. */
export interface SendEvent extends Piece {
  readonly type: "send";
  /** Bytes that the script wanted to send. */
  readonly asked: number;
  /** The first bytes of the piece, or all of it. */
  readonly bytes: Uint8Array;
  /** What the script wrote them by, in the order of the bytes. */
  readonly fields?: readonly ByteField[];
  /** Conditions hold it up: a `leave`, or several, will follow. */
  readonly held?: true;
  readonly site?: CallSite;
}

/** Bytes of a held piece have gone to the network. */
export interface LeaveEvent extends Piece {
  readonly type: "leave";
}

/** Bytes have come from the network. */
export interface ArriveEvent extends Piece {
  readonly type: "arrive";
  /** The first bytes of the piece, or all of it. */
  readonly bytes: Uint8Array;
  /** Conditions hold it up: a `release`, or several, will follow. */
  readonly held?: true;
}

/** Bytes of a held piece wait for the script's `update()` from now on, as those of other pieces do since they arrived. */
export interface ReleaseEvent extends Piece {
  readonly type: "release";
}

/** The script's onReceive is called with bytes. */
export interface ReceiveEvent extends Piece {
  readonly type: "receive";
  readonly site: CallSite;
}

/** The script has read bytes of the connection by typed calls. */
export interface FieldsReadEvent extends OfConnection {
  readonly type: "fields-read";
  /** Offset, in the connection's direction, of the piece that `fields` count from. */
  readonly offset: number;
  readonly fields: readonly ByteField[];
}

/** This side ended the connection: in good order, or with `abort` at once. */
export interface CloseEvent extends OfConnection {
  readonly type: "close";
  readonly how: "close" | "abort";
  /** Bytes sent before it. */
  readonly offset: number;
  /** Bytes that had arrived and that the script had not received: they are thrown away. */
  readonly unread: number;
  /** Conditions hold it up: a `close-leave` will follow. */
  readonly held?: true;
  readonly site?: CallSite;
}

export interface CloseLeaveEvent extends OfConnection {
  readonly type: "close-leave";
}

/** The other side's end of stream (FIN) has come. */
export interface EndEvent extends OfConnection {
  readonly type: "end";
  /** Bytes that came before it. */
  readonly offset: number;
  readonly held?: true;
}

export interface EndReleaseEvent extends OfConnection {
  readonly type: "end-release";
}

/** The script's onDisconnect is called. */
export interface EndToldEvent extends OfConnection {
  readonly type: "end-told";
  readonly site: CallSite;
}

/** The connection ended early: reset by the other side, or lost with the bridge. */
export interface BrokenEvent extends OfConnection {
  readonly type: "broken";
  readonly failure: NetworkFailure;
}

/** How full a connection's buffers are; at most one a frame, and only after a change. All in bytes. */
export interface GaugeEvent extends OfConnection {
  readonly type: "gauge";
  /** Taken by `send` and not gone out yet. */
  readonly sendBuffer: number;
  /** What the send buffer holds at most. */
  readonly sendBufferLimit: number;
  /** What the other side may still send before the script has received more. */
  readonly window: number;
  /** Arrived, and waiting for `update()` and an onReceive. */
  readonly waiting: number;
  /** Whether the connection has an onReceive; absent where the recorder does not know. */
  readonly hasReceiver?: boolean;
}

/** The script printed a line, or an error ended it. */
export interface PrintedEvent extends At {
  readonly type: "printed";
  readonly level: "print" | "warn" | "error" | "notice";
  /** The beginning of the text. */
  readonly text: string;
  readonly entry: number;
}

/** The reader has taken time in hand. */
export interface ControlEvent extends At {
  readonly type: "control";
  readonly control:
    | { readonly kind: "pause" | "resume" | "step" }
    /** Other conditions hold from here on; absent where there are none. `summary` is short and for people. */
    | { readonly kind: "conditions"; readonly direction: "in" | "out"; readonly summary: string };
}

/** Events came faster than they could be kept: so many are missing here. */
export interface LostEvent extends At {
  readonly type: "lost";
  readonly events: number;
  readonly bytes: number;
}

/** The run begins or is over. */
export interface ProgramEvent extends At {
  readonly type: "program";
  readonly state: "started" | "stopped" | "failed";
}

/** Bytes as the script's ByteStream wrote or read them. */
export interface ByteField {
  /** From the beginning of the piece. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly format: ByteFieldFormat;
  /** A text is cut; bare bytes have no value but themselves. */
  readonly value?: number | boolean | string;
}

/** The format's name in `zone.byteStream`, as in `writeU16`; `String` with its length in front, `bytes` for `write`. */
export type ByteFieldFormat = "U8" | "I8" | "U16" | "I16" | "U32" | "I32" | "F32" | "F64" | "VInt" | "VUInt" | "Bool" | "String" | "bytes";
