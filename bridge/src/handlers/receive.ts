import { decodePacket, type Packet, PacketType, packetTypeName, WireError } from "@playground/wire/codec";
import { failure } from "@playground/tcp";
import { dispatch } from "./dispatch.ts";
import type { Session } from "../session/session.ts";

/** Takes a binary message of the client, and the block that it lies in, if any: reads the packet, and hands it to its handler. */
export function receiveMessage(session: Session, message: Buffer, block: Buffer | undefined): void {
  let packet: Packet;
  try {
    packet = decodePacket(message);
  } catch (error) {
    onBadPacket(session, error);
    return;
  }
  dispatch(session, packet, block);
}

/** A message that is no packet ends the session; in plain Wisp, a CONNECT that makes no sense ends its stream only. */
function onBadPacket(session: Session, error: unknown): void {
  if (!(error instanceof WireError)) throw error;
  const { packetType, id } = error;
  if (session.protocol.mode === "plain" && packetType === PacketType.CONNECT && id !== undefined && id !== 0 && !session.streams.has(id)) {
    session.output.sendClose(id, failure("invalid-address", error.message));
    return;
  }
  session.violation(packetType === undefined ? error.message : `${packetTypeName(packetType)}: ${error.message}`);
}
