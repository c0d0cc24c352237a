import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatIpAddress } from "@playground/network";
import { decodePacket, encodePacket, FIRST_BRIDGE_STREAM_ID, type Packet, PacketType, WireError } from "../src/codec/index.ts";
import { rounds } from "../../../scripts/rounds.ts";
import { hex, toHex } from "./hex.ts";

// Generators of every packet there is.
const id = fc.integer({ min: 1, max: 0xffff_ffff });
const u8 = fc.integer({ min: 0, max: 255 });
const port = fc.integer({ min: 1, max: 65_535 });
const address = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map((bytes) => formatIpAddress(bytes) as string);
const endpoint = fc.record({ address, port });
const sized = (least: number, most: number) =>
  fc.string({ unit: "binary", minLength: least, maxLength: 300 }).filter((text) => {
    const { length } = new TextEncoder().encode(text);
    return length >= least && length <= most;
  });
const extensions = fc.uniqueArray(fc.record({ id: u8, metadata: fc.uint8Array({ maxLength: 40 }) }), { selector: (item) => item.id, maxLength: 8 });
const reasoned = { reason: u8, message: sized(0, 1_024) };
const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({ type: fc.constant(PacketType.CONNECT), streamId: id, streamType: fc.constantFrom(1 as const, 2 as const), port, host: sized(1, 255) }),
  fc.record({ type: fc.constant(PacketType.DATA), streamId: id, payload: fc.uint8Array({ maxLength: 2_000 }) }),
  fc.record({ type: fc.constant(PacketType.CONTINUE), streamId: fc.nat({ max: 0xffff_ffff }), packets: fc.nat({ max: 0xffff_ffff }) }),
  fc.record({ type: fc.constant(PacketType.CLOSE), streamId: fc.nat({ max: 0xffff_ffff }), ...reasoned }),
  fc.record({ type: fc.constant(PacketType.INFO), major: u8, minor: u8, extensions }),
  fc.record({ type: fc.constant(PacketType.READY), sessionId: fc.uint8Array({ minLength: 16, maxLength: 16 }), address }),
  fc.record({ type: fc.constant(PacketType.LISTEN), listenerId: id, port: fc.integer({ min: 0, max: 65_535 }), address: sized(1, 255) }),
  fc.record({ type: fc.constant(PacketType.LISTENING), listenerId: id, bound: endpoint }),
  fc.record({ type: fc.constant(PacketType.LISTEN_FAILED), listenerId: id, ...reasoned }),
  fc.record({ type: fc.constant(PacketType.UNLISTEN), listenerId: id }),
  fc.record({
    type: fc.constant(PacketType.ACCEPT),
    streamId: fc.integer({ min: FIRST_BRIDGE_STREAM_ID, max: 0xffff_ffff }),
    listenerId: id,
    remote: endpoint,
    local: endpoint,
  }),
  fc.record({ type: fc.constant(PacketType.OPENED), streamId: id, remote: endpoint, local: endpoint }),
  fc.record({ type: fc.constant(PacketType.CREDIT), streamId: id, bytes: fc.integer({ min: 1, max: 16_777_216 }) }),
  fc.record({ type: fc.constant(PacketType.END), streamId: id }),
  fc.record({ type: fc.constant(PacketType.STOP_SENDING), streamId: id }),
  fc.record({ type: fc.constant(PacketType.END_SESSION), sessionId: fc.uint8Array({ minLength: 16, maxLength: 16 }) }),
);

/** Whatever the bytes: a packet whose encoding is these same bytes, or a WireError. There is one encoding for each packet. */
function checkAnyBytes(bytes: Uint8Array): void {
  let decoded: Packet;
  try {
    decoded = decodePacket(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return;
  }
  expect(toHex(encodePacket(decoded))).toBe(toHex(bytes));
}

describe("properties", () => {
  test("every packet survives the way there and back", () => {
    fc.assert(
      fc.property(packet, (original) => {
        expect(decodePacket(encodePacket(original))).toEqual(original);
      }),
      { numRuns: rounds({ short: 500, full: 2_000 }) },
    );
  });

  test("random bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), checkAnyBytes), { numRuns: rounds({ short: 1_500, full: 5_000 }) });
  });

  test("random bytes behind a real header", () => {
    const header = fc.tuple(fc.constantFrom(...Object.values(PacketType)), fc.constantFrom("00000000", "01000000", "00000080"));
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 50 }), ([type, idHex], rest) => {
        checkAnyBytes(Uint8Array.from([type, ...hex(idHex), ...rest]));
      }),
      { numRuns: rounds({ short: 1_500, full: 5_000 }) },
    );
  });

  test("good packets with a byte changed, cut or added", () => {
    fc.assert(
      fc.property(packet, fc.nat(), u8, fc.constantFrom("change", "cut", "add"), (original, at, byte, way) => {
        const bytes = encodePacket(original);
        const position = at % bytes.length;
        if (way === "change") bytes[position] = byte;
        checkAnyBytes(way === "cut" ? bytes.slice(0, position) : way === "add" ? Uint8Array.from([...bytes, byte]) : bytes);
      }),
      { numRuns: rounds({ short: 1_500, full: 5_000 }) },
    );
  });
});
