import { describe, expect, test } from "vitest";
import type { Endpoint } from "@playground/network";
import {
  decodePacket,
  encodeData,
  encodePacket,
  FIRST_BRIDGE_STREAM_ID,
  MAX_MESSAGE_BYTES,
  type Packet,
  PacketType,
  WireError,
  type WireErrorCode,
} from "../src/codec/index.ts";
import { hex, toHex } from "./hex.ts";

const HERE: Endpoint = { address: "127.1.2.3", port: 8080 };
const V6: Endpoint = { address: "2001:db8::1", port: 1 };

function errorOf(action: () => unknown): WireError {
  try {
    action();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

// One line per form that a packet can take; both directions of the codec must agree with it.
const good: [bytes: string, packet: Packet][] = [
  ["01 04030201 01 0100 61", { type: PacketType.CONNECT, streamId: 0x01020304, streamType: 1, port: 1, host: "a" }],
  ["01 ffffffff 02 ffff c3a92e66", { type: PacketType.CONNECT, streamId: 0xffff_ffff, streamType: 2, port: 65_535, host: "é.f" }],
  ["01 01000000 01 5000 efbbbf61", { type: PacketType.CONNECT, streamId: 1, streamType: 1, port: 80, host: "\ufeffa" }],
  ["02 01000000", { type: PacketType.DATA, streamId: 1, payload: hex("") }],
  ["02 00000080 00ff80", { type: PacketType.DATA, streamId: 0x8000_0000, payload: hex("00ff80") }],
  ["03 00000000 80000000", { type: PacketType.CONTINUE, streamId: 0, packets: 128 }],
  ["03 07000000 ffffffff", { type: PacketType.CONTINUE, streamId: 7, packets: 0xffff_ffff }],
  ["03 07000000 00000000", { type: PacketType.CONTINUE, streamId: 7, packets: 0 }],
  ["04 01000000 02", { type: PacketType.CLOSE, streamId: 1, reason: 2, message: "" }],
  ["04 00000000 ff 6e6f", { type: PacketType.CLOSE, streamId: 0, reason: 255, message: "no" }],
  ["05 00000000 02 01", { type: PacketType.INFO, major: 2, minor: 1, extensions: [] }],
  [
    "05 00000000 02 00 01 00000000 04 02000000 6869",
    {
      type: PacketType.INFO,
      major: 2,
      minor: 0,
      extensions: [
        { id: 1, metadata: hex("") },
        { id: 4, metadata: hex("6869") },
      ],
    },
  ],
  [
    "f1 00000000 000102030405060708090a0b0c0d0e0f 06 00000000000000000000000000000001",
    { type: PacketType.READY, sessionId: hex("000102030405060708090a0b0c0d0e0f"), address: "::1" },
  ],
  ["f2 01000000 0000 3a3a", { type: PacketType.LISTEN, listenerId: 1, port: 0, address: "::" }],
  ["f3 ffffffff 04 7f010203 901f", { type: PacketType.LISTENING, listenerId: 0xffff_ffff, bound: HERE }],
  ["f4 01000000 e1", { type: PacketType.LISTEN_FAILED, listenerId: 1, reason: 0xe1, message: "" }],
  ["f5 01000000", { type: PacketType.UNLISTEN, listenerId: 1 }],
  [
    "f6 00000080 01000000 04 7f010203 901f 06 20010db8000000000000000000000001 0100",
    { type: PacketType.ACCEPT, streamId: 0x8000_0000, listenerId: 1, remote: HERE, local: V6 },
  ],
  ["f7 01000000 06 20010db8000000000000000000000001 0100 04 7f010203 901f", { type: PacketType.OPENED, streamId: 1, remote: V6, local: HERE }],
  ["f8 01000000 01000000", { type: PacketType.CREDIT, streamId: 1, bytes: 1 }],
  ["f8 01000000 00000001", { type: PacketType.CREDIT, streamId: 1, bytes: 16_777_216 }],
  ["f9 01000000", { type: PacketType.END, streamId: 1 }],
  ["fa 01000000", { type: PacketType.STOP_SENDING, streamId: 1 }],
  ["fb 00000000 000102030405060708090a0b0c0d0e0f", { type: PacketType.END_SESSION, sessionId: hex("000102030405060708090a0b0c0d0e0f") }],
  ["fc 00000000 0000000000000000", { type: PacketType.RESUMED, received: 0 }],
  ["fc 00000000 0807060504030200", { type: PacketType.RESUMED, received: 0x02030405060708 }],
  ["fe ffffffff 01", { type: PacketType.ROOM_REQUEST, requestId: 0xffff_ffff, request: { kind: "watch" } }],
  ["fe 01000000 02 c3a9", { type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "rename", name: "é" } }],
  ["fe 01000000 03", { type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "set-password", password: "" } }],
  ["fe 01000000 03 6869", { type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "set-password", password: "hi" } }],
  ["ff 01000000 02 ff 01 61 6e6f", { type: PacketType.ROOM_EVENT, requestId: 1, event: { kind: "answer", result: 255, proposal: "a", message: "no" } }],
  [
    "ff 00000000 01 02 02 01000000 ffffffff 00",
    { type: PacketType.ROOM_EVENT, requestId: 0, event: { kind: "presence", isAll: false, hasPassword: true, gone: [1, 0xffff_ffff], machines: [] } },
  ],
  [
    "ff 00000000 01 01 00 01 07000000 00 04 7f010203 01 61 02 01 04 7f010203 901f 00 06 20010db8000000000000000000000001 0100 05000000",
    {
      type: PacketType.ROOM_EVENT,
      requestId: 0,
      event: {
        kind: "presence",
        isAll: true,
        hasPassword: false,
        gone: [],
        machines: [
          {
            machineId: 7,
            isYou: false,
            isKeeper: false,
            address: HERE.address,
            name: "a",
            moreListeners: 5,
            listeners: [
              { ...HERE, isPrivate: true },
              { ...V6, isPrivate: false },
            ],
          },
        ],
      },
    },
  ],
  ["fd 00000000 ffffffffffff1f00", { type: PacketType.ACK, received: Number.MAX_SAFE_INTEGER }],
];

describe("good packets", () => {
  test.each(good)("%s", (bytes, packet) => {
    expect(decodePacket(hex(bytes))).toEqual(packet);
    expect(toHex(encodePacket(packet))).toBe(toHex(hex(bytes)));
  });

  test("bytes within a larger buffer are read at their place", () => {
    for (const [bytes, packet] of good) {
      const message = hex(bytes);
      const larger = new Uint8Array(message.length + 9).fill(0xee);
      larger.set(message, 4);
      expect(decodePacket(larger.subarray(4, 4 + message.length))).toEqual(packet);
    }
  });

  test("a payload is a view, an encoded packet a copy", () => {
    const message = hex("02 01000000 6869");
    const packet = decodePacket(message);
    if (packet.type !== PacketType.DATA) throw new Error("not DATA");
    expect(packet.payload.buffer).toBe(message.buffer);
    const encoded = encodeData(1, packet.payload);
    message.fill(0);
    expect(toHex(encoded)).toBe("02010000006869");
  });

  test("every packet cut short by a byte is refused or another packet, never a crash", () => {
    for (const [bytes] of good) {
      const message = hex(bytes);
      for (let length = 0; length < message.length; length += 1) {
        try {
          decodePacket(message.subarray(0, length));
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }
    }
  });
});

const long = (count: number, byte = "61") => byte.repeat(count);

const hostile: [name: string, bytes: string, code: WireErrorCode][] = [
  ["nothing", "", "truncated"],
  ["a type alone", "02", "truncated"],
  ["four bytes of header", "02 010000", "truncated"],
  ["type 0", "00 01000000", "unknown-type"],
  ["type 6", "06 01000000", "unknown-type"],
  ["type 0xf0", "f0 01000000", "unknown-type"],
  ["CONNECT without a payload", "01 01000000", "truncated"],
  ["CONNECT without a port", "01 01000000 01 50", "truncated"],
  ["CONNECT without a host", "01 01000000 01 5000", "bad-text-length"],
  ["CONNECT with a host of 256 bytes", `01 01000000 01 5000 ${long(256)}`, "bad-text-length"],
  ["CONNECT with a host that is not UTF-8", "01 01000000 01 5000 61ff", "bad-text"],
  ["CONNECT with a surrogate in UTF-8", "01 01000000 01 5000 eda080", "bad-text"],
  ["CONNECT with an overlong encoding", "01 01000000 01 5000 c0af", "bad-text"],
  ["CONNECT with a character cut off", "01 01000000 01 5000 c3", "bad-text"],
  ["CONNECT to port 0", "01 01000000 01 0000 61", "bad-port"],
  ["CONNECT with stream type 0", "01 01000000 00 5000 61", "bad-stream-type"],
  ["CONNECT with stream type 3", "01 01000000 03 5000 61", "bad-stream-type"],
  ["CONNECT with id 0", "01 00000000 01 5000 61", "bad-id"],
  ["DATA with id 0", "02 00000000 61", "bad-id"],
  ["CONTINUE of three bytes", "03 01000000 800000", "truncated"],
  ["CONTINUE of five bytes", "03 01000000 8000000000", "trailing-bytes"],
  ["CLOSE without a reason", "04 01000000", "truncated"],
  ["CLOSE with a message of 1025 bytes", `04 01000000 01 ${long(1025)}`, "bad-text-length"],
  ["CLOSE with a message that is not UTF-8", "04 01000000 01 80", "bad-text"],
  ["INFO with an id", "05 01000000 02 00", "bad-id"],
  ["INFO without a minor version", "05 00000000 02", "truncated"],
  ["INFO with half an extension", "05 00000000 02 00 01 0000", "truncated"],
  ["INFO with metadata of 4 GiB", "05 00000000 02 00 01 ffffffff 00", "truncated"],
  ["INFO with metadata one byte too long", "05 00000000 02 00 01 02000000 00", "truncated"],
  ["INFO with an extension twice", "05 00000000 02 00 01 00000000 01 00000000", "bad-extensions"],
  [
    "INFO with 65 extensions",
    `05 00000000 02 00 ${Array.from({ length: 65 }, (_, id) => `${id.toString(16).padStart(2, "0")}00000000`).join("")}`,
    "bad-extensions",
  ],
  ["READY with an id", `f1 01000000 ${long(16)} 04 7f000001`, "bad-id"],
  ["READY without an address", `f1 00000000 ${long(16)}`, "truncated"],
  ["READY with a short session id", `f1 00000000 ${long(15)}`, "truncated"],
  ["READY with address family 5", `f1 00000000 ${long(16)} 05 7f000001`, "bad-address"],
  ["READY with 12 bytes of IPv6", `f1 00000000 ${long(16)} 06 ${long(12)}`, "truncated"],
  ["READY with bytes left over", `f1 00000000 ${long(16)} 04 7f000001 00`, "trailing-bytes"],
  ["LISTEN with id 0", "f2 00000000 5000 61", "bad-id"],
  ["LISTEN without an address", "f2 01000000 5000", "bad-text-length"],
  ["LISTEN with an address of 256 bytes", `f2 01000000 5000 ${long(256)}`, "bad-text-length"],
  ["LISTENING on port 0", "f3 01000000 04 7f000001 0000", "bad-port"],
  ["LISTENING cut in its port", "f3 01000000 04 7f000001 50", "truncated"],
  ["LISTEN_FAILED without a reason", "f4 01000000", "truncated"],
  ["UNLISTEN with a payload", "f5 01000000 00", "trailing-bytes"],
  ["ACCEPT with an id of the client's half", "f6 ffffff7f 01000000 04 7f000001 5000 04 7f000001 5000", "bad-id"],
  ["ACCEPT for listener 0", "f6 00000080 00000000 04 7f000001 5000 04 7f000001 5000", "bad-count"],
  ["ACCEPT from port 0", "f6 00000080 01000000 04 7f000001 0000 04 7f000001 5000", "bad-port"],
  ["ACCEPT without a local endpoint", "f6 00000080 01000000 04 7f000001 5000", "truncated"],
  ["OPENED with bytes left over", "f7 01000000 04 7f000001 5000 04 7f000001 5000 00", "trailing-bytes"],
  ["OPENED with id 0", "f7 00000000 04 7f000001 5000 04 7f000001 5000", "bad-id"],
  ["CREDIT of 0", "f8 01000000 00000000", "bad-count"],
  ["CREDIT above the largest window", "f8 01000000 01000001", "bad-count"],
  ["CREDIT of 4 GiB", "f8 01000000 ffffffff", "bad-count"],
  ["CREDIT with id 0", "f8 00000000 01000000", "bad-id"],
  ["END with a payload", "f9 01000000 00", "trailing-bytes"],
  ["STOP_SENDING with id 0", "fa 00000000", "bad-id"],
  ["END_SESSION with an id", "fb 01000000 000102030405060708090a0b0c0d0e0f", "bad-id"],
  ["END_SESSION cut short", "fb 00000000 000102", "truncated"],
  ["RESUMED with an id", "fc 01000000 0000000000000000", "bad-id"],
  ["RESUMED cut in its count", "fc 00000000 00000000000000", "truncated"],
  ["ACK with an id", "fd 01000000 0000000000000000", "bad-id"],
  ["ACK with bytes left over", "fd 00000000 0000000000000000 00", "trailing-bytes"],
  ["ROOM_REQUEST with id 0", "fe 00000000 01", "bad-id"],
  ["ROOM_REQUEST without a kind", "fe 01000000", "truncated"],
  ["ROOM_REQUEST of kind 0", "fe 01000000 00", "bad-value"],
  ["ROOM_REQUEST of kind 4", "fe 01000000 04", "bad-value"],
  ["ROOM_REQUEST to watch with bytes left over", "fe 01000000 01 00", "trailing-bytes"],
  ["ROOM_REQUEST for no name", "fe 01000000 02", "bad-text-length"],
  ["ROOM_REQUEST for a name of 256 bytes", `fe 01000000 02 ${long(256)}`, "bad-text-length"],
  ["ROOM_REQUEST for a password of 193 bytes", `fe 01000000 03 ${long(193)}`, "bad-text-length"],
  ["ROOM_REQUEST for a password that is not UTF-8", "fe 01000000 03 ff", "bad-text"],
  ["ROOM_EVENT of kind 3", "ff 00000000 03", "bad-value"],
  ["ROOM_EVENT with a proposal of 65 bytes", `ff 01000000 02 01 41 ${long(65)}`, "bad-text-length"],
  ["ROOM_EVENT with a message of 1025 bytes", `ff 01000000 02 01 00 ${long(1025)}`, "bad-text-length"],
  ["ROOM_EVENT with 129 machines", "ff 00000000 01 00 00 81", "bad-count"],
  ["ROOM_EVENT with half a machine", "ff 00000000 01 00 00 01 07000000 00 04 7f01", "truncated"],
  ["ROOM_EVENT with a machine without a name", "ff 00000000 01 00 00 01 07000000 00 04 7f010203 00 00 00000000", "bad-text-length"],
  ["ROOM_EVENT with 33 listeners of a machine", "ff 00000000 01 00 00 01 07000000 00 04 7f010203 01 61 21", "bad-count"],
  ["ROOM_EVENT with a listener at port 0", "ff 00000000 01 00 00 01 07000000 00 04 7f010203 01 61 01 00 04 7f010203 0000 00000000", "bad-port"],
  ["ROOM_EVENT with bytes left over", "ff 00000000 01 00 00 00 00", "trailing-bytes"],
  ["ACK for 2^53 packets", "fd 00000000 0000000000002000", "bad-value"],
];

describe("hostile packets", () => {
  test.each(hostile)("%s: %s is %s", (_, bytes, code) => {
    expect(errorOf(() => decodePacket(hex(bytes))).code).toBe(code);
  });

  test("the error tells type and id, so that a bad CONNECT can be answered", () => {
    const error = errorOf(() => decodePacket(hex("01 05000000 01 0000 61")));
    expect(error).toMatchObject({ name: "WireError", code: "bad-port", packetType: PacketType.CONNECT, id: 5 });
    expect(error.message).toBe("CONNECT: the port is 0; 1 to 65535 are allowed");
    expect(errorOf(() => decodePacket(hex("01")))).toMatchObject({ packetType: 1, id: undefined });
    expect(errorOf(() => decodePacket(hex("")))).toMatchObject({ packetType: undefined, id: undefined });
  });

  test("a message may have 1 MiB and not a byte more", () => {
    const message = new Uint8Array(MAX_MESSAGE_BYTES + 1);
    message.set(hex("02 01000000"));
    expect(decodePacket(message.subarray(0, MAX_MESSAGE_BYTES))).toMatchObject({ type: PacketType.DATA });
    expect(errorOf(() => decodePacket(message)).code).toBe("message-too-long");
    expect(errorOf(() => encodeData(1, new Uint8Array(MAX_MESSAGE_BYTES - 4))).code).toBe("message-too-long");
  });
});

const unencodable: [name: string, packet: Packet, code: WireErrorCode][] = [
  ["an id of 0", { type: PacketType.DATA, streamId: 0, payload: hex("00") }, "bad-id"],
  ["a negative id", { type: PacketType.END, streamId: -1 }, "bad-id"],
  ["an id above 32 bits", { type: PacketType.END, streamId: 2 ** 32 }, "bad-id"],
  ["a fraction of an id", { type: PacketType.UNLISTEN, listenerId: 1.5 }, "bad-id"],
  ["a client's id in ACCEPT", { type: PacketType.ACCEPT, streamId: 1, listenerId: 1, remote: HERE, local: HERE }, "bad-id"],
  ["listener 0 in ACCEPT", { type: PacketType.ACCEPT, streamId: FIRST_BRIDGE_STREAM_ID, listenerId: 0, remote: HERE, local: HERE }, "bad-count"],
  ["a stream type of 3", { type: PacketType.CONNECT, streamId: 1, streamType: 3 as 1, port: 1, host: "a" }, "bad-stream-type"],
  ["port 0", { type: PacketType.CONNECT, streamId: 1, streamType: 1, port: 0, host: "a" }, "bad-port"],
  ["port 65536", { type: PacketType.LISTEN, listenerId: 1, port: 65_536, address: "a" }, "bad-port"],
  ["NaN as a port", { type: PacketType.LISTEN, listenerId: 1, port: Number.NaN, address: "a" }, "bad-port"],
  ["port 0 in an endpoint", { type: PacketType.LISTENING, listenerId: 1, bound: { address: "127.0.0.1", port: 0 } }, "bad-port"],
  ["an empty host", { type: PacketType.CONNECT, streamId: 1, streamType: 1, port: 1, host: "" }, "bad-text-length"],
  ["a host of 256 bytes", { type: PacketType.CONNECT, streamId: 1, streamType: 1, port: 1, host: "ä".repeat(128) }, "bad-text-length"],
  ["an endpoint by name", { type: PacketType.LISTENING, listenerId: 1, bound: { address: "localhost", port: 1 } }, "bad-address"],
  ["a reason of 256", { type: PacketType.CLOSE, streamId: 1, reason: 256, message: "" }, "bad-value"],
  ["a credit of 0", { type: PacketType.CREDIT, streamId: 1, bytes: 0 }, "bad-count"],
  ["a credit above the largest window", { type: PacketType.CREDIT, streamId: 1, bytes: 16_777_217 }, "bad-count"],
  ["a session id of 15 bytes", { type: PacketType.READY, sessionId: new Uint8Array(15), address: "127.0.0.1" }, "bad-value"],
  [
    "an extension twice",
    {
      type: PacketType.INFO,
      major: 2,
      minor: 0,
      extensions: [
        { id: 1, metadata: hex("") },
        { id: 1, metadata: hex("") },
      ],
    },
    "bad-extensions",
  ],
  [
    "65 extensions",
    { type: PacketType.INFO, major: 2, minor: 0, extensions: Array.from({ length: 65 }, (_, id) => ({ id, metadata: hex("") })) },
    "bad-extensions",
  ],
  [
    "an INFO of more than 1 MiB",
    { type: PacketType.INFO, major: 2, minor: 0, extensions: [{ id: 1, metadata: new Uint8Array(MAX_MESSAGE_BYTES) }] },
    "message-too-long",
  ],
];

/** A message as it arrives after encoding. */
function close(message: string): string {
  const packet = decodePacket(encodePacket({ type: PacketType.CLOSE, streamId: 1, reason: 1, message }));
  return packet.type === PacketType.CLOSE ? packet.message : "";
}

describe("what cannot be encoded", () => {
  test.each(unencodable)("%s", (_, packet, code) => {
    expect(errorOf(() => encodePacket(packet))).toMatchObject({ code, packetType: packet.type });
  });

  test("long messages are cut at a character instead", () => {
    expect(close("x".repeat(1_024))).toBe("x".repeat(1_024));
    expect(close("x".repeat(2_000))).toBe("x".repeat(1_024));
    expect(close(`x${"ä".repeat(600)}`)).toBe(`x${"ä".repeat(511)}`);
    expect(close("😀".repeat(300))).toBe("😀".repeat(256));
    expect(close(`xx${"€".repeat(1_000)}`)).toBe(`xx${"€".repeat(340)}`);
  });
});
