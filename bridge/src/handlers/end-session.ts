import type { EndSessionPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";

/** END_SESSION: `docs/protocol.md`, section 4. An id that the machine does not have, or no longer, is ignored. */
export function handleEndSession(session: Session, packet: EndSessionPacket): void {
  session.machine.endSession(Buffer.from(packet.sessionId).toString("hex"));
}
