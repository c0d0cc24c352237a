import { type ClientMetadata, CloseReason, type ResumeRequest } from "@playground/wire/codec";
import { MAX_RESUME_WAIT_MS } from "../limits.ts";
import type { ResumableSession } from "../session/resumable-sessions.ts";
import type { Session } from "../session/session.ts";

/** A client that has come back too often, and waits. */
interface Waiting {
  /** The WebSocket that it came over last. */
  session: Session;
  comeBack: () => void;
}

/** At most one for each session. */
const waiting = new WeakMap<ResumableSession, Waiting>();

/**
 * INFO that names a session: `docs/protocol.md`, section 9. The WebSocket becomes that session's, and RESUMED follows: now, or
 * later where the session or its client's address has come back more often than it may.
 */
export function handleResume(session: Session, metadata: ClientMetadata, request: ResumeRequest): void {
  const resumed = session.services.resumable.find(session.room, metadata, request);
  if (resumed === undefined) {
    refuse(session);
    return;
  }
  const others = waiting.get(resumed);
  const waitMs = others === undefined ? resumed.account.resumeWaitMs(session.account.client) : 0;
  if (others === undefined && waitMs === 0) {
    comeBack(session, resumed, request);
    return;
  }
  session.startAdmission();
  // The client owns the message that the metadata is a view of.
  const [kept, keptRequest] = [
    { ...metadata, machineToken: metadata.machineToken.slice() },
    { ...request, sessionId: request.sessionId.slice() },
  ];
  const again = (): void => {
    if (session.hasEnded) return;
    session.isBeingAdmitted = false;
    const found = session.services.resumable.find(session.room, kept, keptRequest);
    if (found === undefined) refuse(session);
    else comeBack(session, found, keptRequest);
  };
  if (others !== undefined) {
    others.session.end("its client has come over another WebSocket", true);
    others.session = session;
    others.comeBack = again;
    return;
  }
  const entry: Waiting = { session, comeBack: again };
  waiting.set(resumed, entry);
  setTimeout(
    () => {
      waiting.delete(resumed);
      entry.comeBack();
    },
    Math.min(waitMs, MAX_RESUME_WAIT_MS),
  ).unref();
}

function comeBack(session: Session, resumed: ResumableSession, { received }: ResumeRequest): void {
  resumed.account.countResume(session.account.client);
  resumed.resume(session.yieldWebSocket(), received);
}

function refuse(session: Session): void {
  session.refuseFor(CloseReason.SESSION_GONE, "The connection to the bridge was lost for too long, and its sockets are closed. Run the program again.");
}
