import { timingSafeEqual } from "node:crypto";
import type { ClientMetadata, ResumeRequest } from "@playground/wire/codec";
import type { Room } from "../room/room.ts";
import type { Session } from "./session.ts";

/** A session that can be resumed, and the secret of the page that it belongs to. */
interface Entry {
  readonly session: Session;
  readonly machineToken: Buffer;
}

/**
 * The sessions that can go on over another WebSocket, by their id. The id is a secret of 128 random bits
 * and is of no use without the machine token of the same page, and in another room.
 */
export class ResumableSessions {
  readonly #entries = new Map<string, Entry>();

  add(sessionId: Uint8Array, session: Session, machineToken: Uint8Array): void {
    this.#entries.set(Buffer.from(sessionId).toString("hex"), { session, machineToken: Buffer.from(machineToken) });
  }

  /** `id`: a session's id in hex; one that is not there is ignored. */
  delete(id: string): void {
    this.#entries.delete(id);
  }

  /** The session that a client may go on with; undefined without a word why, so that nothing can be learnt by asking. */
  find(room: Room, metadata: ClientMetadata, { sessionId, received }: ResumeRequest): Session | undefined {
    const entry = this.#entries.get(Buffer.from(sessionId).toString("hex"));
    if (entry === undefined || !timingSafeEqual(entry.machineToken, metadata.machineToken)) return undefined;
    return entry.session.room === room && entry.session.canResumeAt(received) ? entry.session : undefined;
  }
}
