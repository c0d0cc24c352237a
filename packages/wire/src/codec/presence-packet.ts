import { ByteWriter } from "./byte-writer.ts";
import { PacketType } from "./packet.ts";
import { type RoomMachine, writeMachine, writePresenceHead } from "./room-packet.ts";

/** What a packet of news says beside its machines: `docs/protocol.md`, section 10. */
export interface PresenceHead {
  /** Forget all that was told before. */
  readonly isAll: boolean;
  readonly hasPassword: boolean;
  /** Machines that have left, by their id; at most `MAX_PRESENCE_GONE`. */
  readonly gone: readonly number[];
}

/** A machine as it stands in a packet of news: encoded once, it is of use in any number of packets. @throws {WireError} for values out of range */
export function encodeRoomMachine(machine: RoomMachine): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter("a machine of the room", {});
  writeMachine(writer, machine);
  return writer.finish();
}

/**
 * The packet of news with machines that are encoded already, at most `MAX_PRESENCE_MACHINES`: the same bytes as `encodePacket`
 * makes of the machines themselves. @throws {WireError} for values out of range
 */
export function encodePresence(head: PresenceHead, machines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter("ROOM_EVENT", { packetType: PacketType.ROOM_EVENT, id: 0 });
  writer.u8(PacketType.ROOM_EVENT, "the type").u32(0, "the id");
  writePresenceHead(writer, head, machines.length);
  for (const machine of machines) writer.raw(machine);
  return writer.finish();
}
