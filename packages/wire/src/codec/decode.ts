import { ByteReader } from "./byte-reader.ts";
import { HEADER_BYTES } from "./encode.ts";
import { MAX_EXTENSIONS, MAX_HOST_BYTES, MAX_MESSAGE_BYTES, MAX_REASON_BYTES, MAX_WINDOW_BYTES, SESSION_ID_BYTES } from "./limits.ts";
import { type Extension, type Packet, PacketType, packetTypeName, StreamType } from "./packet.ts";
import { checkId } from "./packet-id.ts";
import { readRoomEvent, readRoomRequest } from "./room-packet.ts";
import { WireError } from "./wire-error.ts";

/**
 * Reads one WebSocket message as a packet. Byte fields of the result are views into the message, so the
 * message must not be changed while the packet is in use. Checks what one packet can show by itself;
 * whether it may come now and in this direction is the session's matter.
 * @throws {WireError} and nothing else, whatever the bytes are
 */
export function decodePacket(message: Uint8Array): Packet {
  const type = message[0];
  if (type === undefined) throw new WireError("truncated", "a packet has a header of 5 bytes; the message is empty");
  if (message.length < HEADER_BYTES) {
    throw new WireError("truncated", `a packet has a header of 5 bytes; the message has ${message.length}`, { packetType: type });
  }
  const id = readU32(message, 1);
  const place = { packetType: type, id };
  const { length } = message;
  if (length > MAX_MESSAGE_BYTES) {
    throw new WireError("message-too-long", `the message has ${length} bytes; at most ${MAX_MESSAGE_BYTES} are allowed`, place);
  }
  if (type === PacketType.DATA) {
    checkId(type, id, place);
    return { type, streamId: id, payload: message.subarray(HEADER_BYTES) };
  }
  return decodeControl(type, id, new ByteReader(message, HEADER_BYTES, packetTypeName(type), place));
}

/** Whether a number is one of the packet types of the protocol. */
function isPacketType(type: number): type is PacketType {
  return (type >= PacketType.CONNECT && type <= PacketType.INFO) || (type >= PacketType.READY && type <= PacketType.ROOM_EVENT);
}

function decodeControl(type: number, id: number, reader: ByteReader): Packet {
  if (!isPacketType(type)) throw reader.error("unknown-type", "no packet has this type");
  checkId(type, id, { packetType: type, id });
  const packet = decodeFields(type, id, reader);
  reader.end();
  return packet;
}

function decodeFields(type: PacketType, id: number, reader: ByteReader): Packet {
  switch (type) {
    case PacketType.CONNECT: {
      const streamType = reader.u8("the stream type");
      if (streamType !== StreamType.TCP && streamType !== StreamType.UDP) {
        throw reader.error("bad-stream-type", `the stream type is ${streamType}, neither TCP (1) nor UDP (2)`);
      }
      const port = reader.u16("the port");
      if (port === 0) throw reader.error("bad-port", "the port is 0; 1 to 65535 are allowed");
      return { type, streamId: id, streamType, port, host: reader.text(reader.remaining, 1, MAX_HOST_BYTES, "the host") };
    }
    case PacketType.DATA:
      return { type, streamId: id, payload: reader.bytes(reader.remaining, "the payload") };
    case PacketType.CONTINUE:
      return { type, streamId: id, packets: reader.u32("the number of packets") };
    case PacketType.CLOSE:
      return { type, streamId: id, reason: reader.u8("the reason"), message: readMessage(reader) };
    case PacketType.INFO: {
      const major = reader.u8("the major version");
      const minor = reader.u8("the minor version");
      return { type, major, minor, extensions: readExtensions(reader) };
    }
    case PacketType.READY: {
      const sessionId = reader.bytes(SESSION_ID_BYTES, "the session id");
      return { type, sessionId, address: reader.address("the machine's address") };
    }
    case PacketType.LISTEN: {
      const port = reader.u16("the port");
      return { type, listenerId: id, port, address: reader.text(reader.remaining, 1, MAX_HOST_BYTES, "the address") };
    }
    case PacketType.LISTENING:
      return { type, listenerId: id, bound: reader.endpoint("the bound endpoint") };
    case PacketType.LISTEN_FAILED:
      return { type, listenerId: id, reason: reader.u8("the reason"), message: readMessage(reader) };
    case PacketType.UNLISTEN:
      return { type, listenerId: id };
    case PacketType.ACCEPT: {
      const listenerId = reader.u32("the listener id");
      if (listenerId === 0) throw reader.error("bad-count", "the listener id is 0");
      const remote = reader.endpoint("the remote endpoint");
      return { type, streamId: id, listenerId, remote, local: reader.endpoint("the local endpoint") };
    }
    case PacketType.OPENED: {
      const remote = reader.endpoint("the remote endpoint");
      return { type, streamId: id, remote, local: reader.endpoint("the local endpoint") };
    }
    case PacketType.CREDIT: {
      const bytes = reader.u32("the credit");
      if (bytes < 1 || bytes > MAX_WINDOW_BYTES) {
        throw reader.error("bad-count", `the credit is ${bytes}; 1 to ${MAX_WINDOW_BYTES} are allowed`);
      }
      return { type, streamId: id, bytes };
    }
    case PacketType.RESUMED:
    case PacketType.ACK:
      return { type, received: reader.u64("the number of packets") };
    case PacketType.END:
    case PacketType.STOP_SENDING:
      return { type, streamId: id };
    case PacketType.ROOM_REQUEST:
      return { type, requestId: id, request: readRoomRequest(reader) };
    case PacketType.ROOM_EVENT:
      return { type, requestId: id, event: readRoomEvent(reader) };
    case PacketType.END_SESSION:
      return { type, sessionId: reader.bytes(SESSION_ID_BYTES, "the session id") };
  }
}

function readMessage(reader: ByteReader): string {
  return reader.text(reader.remaining, 0, MAX_REASON_BYTES, "the message");
}

function readExtensions(reader: ByteReader): Extension[] {
  const extensions: Extension[] = [];
  const seen = new Set<number>();
  while (reader.remaining > 0) {
    if (extensions.length === MAX_EXTENSIONS) {
      throw reader.error("bad-extensions", `more than ${MAX_EXTENSIONS} extensions`);
    }
    const id = reader.u8("an extension id");
    if (seen.has(id)) throw reader.error("bad-extensions", `extension ${id} is there twice`);
    seen.add(id);
    const length = reader.u32("the length of an extension's metadata");
    extensions.push({ id, metadata: reader.bytes(length, "an extension's metadata") });
  }
  return extensions;
}

function readU32(bytes: Uint8Array, offset: number): number {
  const low = (bytes[offset] as number) | ((bytes[offset + 1] as number) << 8) | ((bytes[offset + 2] as number) << 16);
  return (low | ((bytes[offset + 3] as number) << 24)) >>> 0;
}
