import { type ClientMetadata, CloseReason, type ResumeRequest } from "@playground/wire";
import type { Session } from "../session/session.ts";

/** INFO that names a session: `docs/protocol.md`, section 9. The WebSocket becomes that session's, and RESUMED follows. */
export function handleResume(session: Session, metadata: ClientMetadata, request: ResumeRequest): void {
  const resumed = session.services.resumable.find(session.room, metadata, request);
  if (resumed === undefined) {
    session.refuseFor(CloseReason.SESSION_GONE, "The connection to the bridge was lost for too long, and its sockets are closed. Run the program again.");
    return;
  }
  resumed.resume(session.yieldLink(), request.received);
}
