import type { SessionInfo } from "./client-handshake.ts";
import type { RoomNews } from "./client-room.ts";
import { DEFAULT_WINDOW_BYTES, MACHINE_TOKEN_BYTES, MAX_WINDOW_BYTES, MIN_WINDOW_BYTES } from "../codec/limits.ts";
import type { NetworkFailure } from "@playground/network";
import type { Schedule } from "../flow/schedule.ts";
import type { OpenTransport } from "./transport.ts";

/** Time from making a session until READY, ms: long enough for a slow network, short enough that a person has not given up. */
export const HANDSHAKE_TIMEOUT_MS = 15_000;

/** What the host of a session is told. */
export interface ClientSessionEvents {
  /** The handshake is complete. */
  onReady(info: SessionInfo): void;
  /** The session is over, after everything in it was told so. Not called after `close()`. */
  onEnded(failure: NetworkFailure): void;
  /** The WebSocket is lost. The session goes on if another one leads to the bridge within `graceMs`, ms; otherwise `onEnded` follows. */
  onInterrupted?(graceMs: number): void;
  /** The session goes on over a new WebSocket, and nothing was lost. */
  onResumed?(): void;
  /** Who is in the room, after `room.request({ kind: "watch" })`. */
  onRoomNews?(news: RoomNews): void;
  /** A callback has thrown. Without this the error is thrown again on its own, outside every call of the session. */
  onCallbackError?(error: unknown): void;
}

/** How a session is set up. */
export interface ClientSessionOptions {
  /** Opens a WebSocket, always to the same address: the first at once, another one whenever the one before was lost. */
  readonly open: OpenTransport;
  /** `MACHINE_TOKEN_BYTES` random bytes, the same for all programs of one page. */
  readonly machineToken: Uint8Array;
  readonly events: ClientSessionEvents;
  /** The room's password, up to `MAX_PASSWORD_BYTES` bytes of UTF-8; default none. */
  readonly password?: string;
  /** Byte credit of each stream, bridge to client; `MIN_WINDOW_BYTES` to `MAX_WINDOW_BYTES`, default `DEFAULT_WINDOW_BYTES`. */
  readonly receiveWindow?: number;
  /** Whether the session is to outlive its WebSocket, by another one, with a bridge that can do that; default true. */
  readonly isResumable?: boolean;
  /** The clock; default `setTimeout`. */
  readonly schedule?: Schedule;
}

/** Figures of a session for people to look at. */
export interface SessionStats {
  /** Payload bytes of streams that arrived. */
  readonly bytesIn: number;
  /** Payload bytes of streams that were given to the WebSocket. */
  readonly bytesOut: number;
  readonly streams: number;
  readonly listeners: number;
  /** Payload bytes that wait for credit or for the WebSocket. */
  readonly bufferedBytes: number;
}

/** The window of a session. @throws {RangeError} for a token or a window of the wrong size */
export function checkedWindow({ machineToken, receiveWindow = DEFAULT_WINDOW_BYTES }: ClientSessionOptions): number {
  if (machineToken.length !== MACHINE_TOKEN_BYTES) {
    throw new RangeError(`a machine token has ${MACHINE_TOKEN_BYTES} bytes, this one ${machineToken.length}`);
  }
  if (!(Number.isInteger(receiveWindow) && receiveWindow >= MIN_WINDOW_BYTES && receiveWindow <= MAX_WINDOW_BYTES)) {
    throw new RangeError(`a window has ${MIN_WINDOW_BYTES} to ${MAX_WINDOW_BYTES} bytes, not ${receiveWindow}`);
  }
  return receiveWindow;
}
