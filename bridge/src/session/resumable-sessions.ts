import { timingSafeEqual } from "node:crypto";
import type { ClientMetadata, ResumeRequest } from "@playground/wire/codec";
import type { ClientAccount } from "../client/client-account.ts";
import type { Room } from "../room/room.ts";
import type { ClientWebSocket } from "../websocket/client-websocket.ts";

/** A session that can go on over another WebSocket. */
export interface ResumableSession {
  readonly room: Room;
  readonly account: {
    /** Time until it may come back from this address, ms; 0: now. */
    resumeWaitMs(from: ClientAccount): number;
    /** Counts that it has come back from this address. */
    countResume(from: ClientAccount): void;
  };
  /** Whether a client that has handled so many packets can go on with it. */
  canResumeAt(received: number): boolean;
  /** Goes on over another WebSocket, on which the client has said how many packets it has handled. */
  resume(webSocket: ClientWebSocket, received: number): void;
}

/** A session that can be resumed, and the secret of the page that it belongs to. */
interface Entry {
  readonly session: ResumableSession;
  readonly machineToken: Buffer;
}

/**
 * The sessions that can go on over another WebSocket, by their id. The id is a secret of 128 random bits
 * and is of no use without the machine token of the same page, and in another room.
 */
export class ResumableSessions {
  readonly #entries = new Map<string, Entry>();

  add(sessionId: Uint8Array, session: ResumableSession, machineToken: Uint8Array): void {
    this.#entries.set(Buffer.from(sessionId).toString("hex"), { session, machineToken: Buffer.from(machineToken) });
  }

  /** `id`: a session's id in hex; one that is not there is ignored. */
  delete(id: string): void {
    this.#entries.delete(id);
  }

  /** The session that a client may go on with; undefined without a word why, so that nothing can be learnt by asking. */
  find(room: Room, metadata: ClientMetadata, { sessionId, received }: ResumeRequest): ResumableSession | undefined {
    const entry = this.#entries.get(Buffer.from(sessionId).toString("hex"));
    if (entry === undefined || !timingSafeEqual(entry.machineToken, metadata.machineToken)) return undefined;
    return entry.session.room === room && entry.session.canResumeAt(received) ? entry.session : undefined;
  }
}
