import { FIRST_BRIDGE_STREAM_ID, LAST_ID } from "./limits.ts";
import { type Packet, PacketType, packetTypeName } from "./packet.ts";
import { WireError, type WireErrorPlace } from "./wire-error.ts";

/** The id in the header of a packet: of its stream, its listener, or 0. */
export function idOf(packet: Packet): number {
  if ("streamId" in packet) return packet.streamId;
  if ("requestId" in packet) return packet.requestId;
  return "listenerId" in packet ? packet.listenerId : 0;
}

/**
 * Checks that a type of packet may carry this id: 0 for the session's own packets, CONTINUE, CLOSE and
 * ROOM_EVENT also with 0, ACCEPT with an id of the bridge's half, all others not with 0.
 * @throws {WireError} `bad-id`
 */
export function checkId(type: PacketType, id: number, place: WireErrorPlace): void {
  let least = 1;
  let most = LAST_ID;
  switch (type) {
    case PacketType.INFO:
    case PacketType.READY:
    case PacketType.RESUMED:
    case PacketType.ACK:
    case PacketType.END_SESSION:
      least = 0;
      most = 0;
      break;
    case PacketType.CONTINUE:
    case PacketType.CLOSE:
    case PacketType.ROOM_EVENT:
      least = 0;
      break;
    case PacketType.ACCEPT:
      least = FIRST_BRIDGE_STREAM_ID;
      break;
    default:
  }
  if (!Number.isInteger(id) || id < least || id > most) {
    throw new WireError("bad-id", `${packetTypeName(type)}: the id is ${id}; ${least} to ${most} are allowed`, place);
  }
}
