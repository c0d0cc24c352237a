import type { RoomRequestPacket } from "@playground/wire/codec";
import type { Session } from "../session/session.ts";

/** ROOM_REQUEST: `docs/protocol.md`, section 10. A ROOM_EVENT with the same id answers it. */
export function handleRoomRequest(session: Session, { requestId, request }: RoomRequestPacket): void {
  if (session.member === undefined) session.violation("ROOM_REQUEST before version 3");
  else session.member.handle(requestId, request);
}
