import { type Packet, PacketType, packetTypeName } from "@playground/wire/codec";
import { handleAck } from "./ack.ts";
import { handleClose } from "./close.ts";
import { handleConnect } from "./connect.ts";
import { handleCredit } from "./credit.ts";
import { handleData } from "./data.ts";
import { handleEnd } from "./end.ts";
import { handleEndSession } from "./end-session.ts";
import { handleInfo } from "./info.ts";
import { handleListen } from "./listen.ts";
import { handleRoomRequest } from "./room-request.ts";
import { handleStopSending } from "./stop-sending.ts";
import { handleUnlisten } from "./unlisten.ts";
import type { Session } from "../session/session.ts";

/** Hands a packet from the client to its handler, when it may come now and in this direction. `block`: what its bytes lie in, if any. */
export function dispatch(session: Session, packet: Packet, block: Buffer | undefined): void {
  if (session.isBeingAdmitted) {
    session.violation(`${packetTypeName(packet.type)} before READY`);
    return;
  }
  if (session.protocol.mode === "handshake") {
    if (packet.type === PacketType.INFO) {
      handleInfo(session, packet);
      return;
    }
    // A client that does not say INFO first goes on as v1: docs/protocol.md, section 2.
    if (session.begin() !== undefined) return;
  }
  session.output.countReceived(packet);
  switch (packet.type) {
    case PacketType.CONNECT:
      handleConnect(session, packet);
      return;
    case PacketType.DATA:
      handleData(session, packet, block);
      return;
    case PacketType.CLOSE:
      handleClose(session, packet);
      return;
    default:
  }
  if (session.protocol.isZone) {
    switch (packet.type) {
      case PacketType.CREDIT:
        handleCredit(session, packet);
        return;
      case PacketType.END:
        handleEnd(session, packet);
        return;
      case PacketType.STOP_SENDING:
        handleStopSending(session, packet);
        return;
      case PacketType.END_SESSION:
        handleEndSession(session, packet);
        return;
      case PacketType.LISTEN:
        handleListen(session, packet);
        return;
      case PacketType.UNLISTEN:
        handleUnlisten(session, packet);
        return;
      case PacketType.ROOM_REQUEST:
        handleRoomRequest(session, packet);
        return;
      case PacketType.ACK:
        handleAck(session, packet);
        return;
      default:
    }
  }
  session.violation(`${packetTypeName(packet.type)} may not come from a client now`);
}
