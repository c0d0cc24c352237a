import { ByteWriter } from "./byte-writer.ts";
import { checkId, idOf } from "./packet-id.ts";
import { MAX_EXTENSIONS, MAX_HOST_BYTES, MAX_MESSAGE_BYTES, MAX_REASON_BYTES, MAX_WINDOW_BYTES, SESSION_ID_BYTES } from "./limits.ts";
import { type InfoPacket, type Packet, PacketType, packetTypeName, StreamType } from "./packet.ts";
import { writeRoomEvent, writeRoomRequest } from "./room-packet.ts";
import { WireError } from "./wire-error.ts";

/** Bytes of a packet's header: type and id. */
export const HEADER_BYTES = 5;

/**
 * The bytes of a packet. Messages of CLOSE and LISTEN_FAILED that are longer than `MAX_REASON_BYTES` are cut.
 * @throws {WireError} when a field has a value that the wire cannot carry
 */
export function encodePacket(packet: Packet): Uint8Array<ArrayBuffer> {
  const { type } = packet;
  const id = idOf(packet);
  const place = { packetType: type, id };
  checkId(type, id, place);
  if (type === PacketType.DATA) return encodeData(id, packet.payload);
  const writer = new ByteWriter(packetTypeName(type), place).u8(type, "the type").u32(id, "the id");
  switch (type) {
    case PacketType.CONNECT:
      if (packet.streamType !== StreamType.TCP && packet.streamType !== StreamType.UDP) {
        throw writer.error("bad-stream-type", `the stream type is ${String(packet.streamType)}, neither TCP (1) nor UDP (2)`);
      }
      writer.u8(packet.streamType, "the stream type").port(packet.port, 1, "the port");
      writer.text(packet.host, 1, MAX_HOST_BYTES, "the host");
      break;
    case PacketType.CONTINUE:
      writer.u32(packet.packets, "the number of packets");
      break;
    case PacketType.CLOSE:
    case PacketType.LISTEN_FAILED:
      writer.u8(packet.reason, "the reason").textUpTo(packet.message, MAX_REASON_BYTES);
      break;
    case PacketType.INFO:
      writeInfo(writer, packet);
      break;
    case PacketType.READY:
      writeSessionId(writer, packet.sessionId);
      writer.address(packet.address, "the machine's address");
      break;
    case PacketType.LISTEN:
      writer.port(packet.port, 0, "the port").text(packet.address, 1, MAX_HOST_BYTES, "the address");
      break;
    case PacketType.LISTENING:
      writer.endpoint(packet.bound, "the bound endpoint");
      break;
    case PacketType.ACCEPT:
      writer.count(packet.listenerId, 1, 0xffff_ffff, "the listener id");
      writer.endpoint(packet.remote, "the remote endpoint").endpoint(packet.local, "the local endpoint");
      break;
    case PacketType.OPENED:
      writer.endpoint(packet.remote, "the remote endpoint").endpoint(packet.local, "the local endpoint");
      break;
    case PacketType.CREDIT:
      writer.count(packet.bytes, 1, MAX_WINDOW_BYTES, "the credit");
      break;
    case PacketType.RESUMED:
    case PacketType.ACK:
      writer.u64(packet.received, "the number of packets");
      break;
    case PacketType.END_SESSION:
      writeSessionId(writer, packet.sessionId);
      break;
    case PacketType.ROOM_REQUEST:
      writeRoomRequest(writer, packet.request);
      break;
    case PacketType.ROOM_EVENT:
      writeRoomEvent(writer, packet.event);
      break;
    case PacketType.UNLISTEN:
    case PacketType.END:
    case PacketType.STOP_SENDING:
      break;
  }
  return writer.finish();
}

function writeSessionId(writer: ByteWriter, sessionId: Uint8Array): void {
  if (sessionId.length !== SESSION_ID_BYTES) {
    throw writer.error("bad-value", `the session id has ${sessionId.length} bytes, not ${SESSION_ID_BYTES}`);
  }
  writer.raw(sessionId);
}

/**
 * The bytes of a DATA packet: the one copy that sending takes.
 * @throws {WireError} `bad-id`, `message-too-long`
 */
export function encodeData(streamId: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const place = { packetType: PacketType.DATA, id: streamId };
  checkId(PacketType.DATA, streamId, place);
  const length = HEADER_BYTES + payload.length;
  if (length > MAX_MESSAGE_BYTES) {
    throw new WireError("message-too-long", `DATA: the message has ${length} bytes; at most ${MAX_MESSAGE_BYTES} are allowed`, place);
  }
  const bytes = new Uint8Array(length);
  writeDataHeader(bytes, 0, streamId);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Writes the header of a DATA packet at an offset. The caller answers for the id. */
export function writeDataHeader(target: Uint8Array, offset: number, streamId: number): void {
  target[offset] = PacketType.DATA;
  target[offset + 1] = streamId;
  target[offset + 2] = streamId >>> 8;
  target[offset + 3] = streamId >>> 16;
  target[offset + 4] = streamId >>> 24;
}

function writeInfo(writer: ByteWriter, packet: InfoPacket): void {
  const { extensions } = packet;
  if (extensions.length > MAX_EXTENSIONS) {
    throw writer.error("bad-extensions", `${extensions.length} extensions; at most ${MAX_EXTENSIONS} are allowed`);
  }
  let length = HEADER_BYTES + 2;
  for (const { metadata } of extensions) length += HEADER_BYTES + metadata.length;
  if (length > MAX_MESSAGE_BYTES) {
    throw writer.error("message-too-long", `the message has ${length} bytes; at most ${MAX_MESSAGE_BYTES} are allowed`);
  }
  writer.u8(packet.major, "the major version").u8(packet.minor, "the minor version");
  const seen = new Set<number>();
  for (const { id, metadata } of extensions) {
    if (seen.has(id)) throw writer.error("bad-extensions", `extension ${id} is there twice`);
    seen.add(id);
    writer.u8(id, "the extension id").u32(metadata.length, "the length of the metadata").raw(metadata);
  }
}
