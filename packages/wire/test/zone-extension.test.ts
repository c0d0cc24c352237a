import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NetworkErrorCode } from "@playground/network";
import {
  type BridgeMetadata,
  type ClientMetadata,
  CloseReason,
  codeToPlainReason,
  codeToReason,
  decodeBridgeMetadata,
  decodeClientMetadata,
  encodeBridgeMetadata,
  encodeClientMetadata,
  reasonToCode,
  WireError,
  ZONE_EXTENSION_ID,
} from "../src/codec/index.ts";
import { hex } from "./hex.ts";

const zone = (metadata: string) => [
  { id: 1, metadata: hex("") },
  { id: ZONE_EXTENSION_ID, metadata: hex(metadata) },
];
const TOKEN = "000102030405060708090a0b0c0d0e0f";

describe("metadata", () => {
  test("both kinds survive the way there and back, with later fields behind them", () => {
    const window = fc.integer({ min: 1_024, max: 16_777_216 });
    const version = fc.integer({ min: 1, max: 255 });
    const room = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
    const network = fc.constantFrom("lan" as const, "host" as const);
    const later = fc.uint8Array({ maxLength: 10 });
    const grace = fc.integer({ min: 0, max: 86_400_000 });
    fc.assert(
      fc.property(fc.record({ version, network, window, room }), grace, fc.boolean(), later, (fields, graceMs, hasPassword, more) => {
        const ofVersion2 = { ...fields, graceMs: Math.max(graceMs, 1) };
        const original: BridgeMetadata = fields.version === 1 ? fields : fields.version === 2 ? ofVersion2 : { ...fields, graceMs, hasPassword };
        const { id, metadata } = encodeBridgeMetadata(original);
        expect(decodeBridgeMetadata([{ id, metadata: Uint8Array.from([...metadata, ...more]) }])).toEqual(original);
      }),
    );
    const machineToken = fc.uint8Array({ minLength: 16, maxLength: 16 });
    // A session id of zeros says that there is none.
    const sessionId = fc.uint8Array({ minLength: 16, maxLength: 16 }).filter((bytes) => bytes.some((byte) => byte !== 0));
    const resume = fc.option(fc.record({ sessionId, received: fc.maxSafeNat() }), { nil: undefined });
    const secret = fc.string({ unit: "binary", maxLength: 32 });
    fc.assert(
      fc.property(fc.record({ version, machineToken, window }), resume, secret, later, (fields, request, password, more) => {
        const resumed: ClientMetadata = fields.version === 1 || request === undefined ? fields : { ...fields, resume: request };
        const original: ClientMetadata = fields.version < 3 || password === "" ? resumed : { ...resumed, password };
        const { id, metadata } = encodeClientMetadata(original);
        expect(decodeClientMetadata([{ id, metadata: Uint8Array.from([...metadata, ...more]) }])).toEqual(original);
      }),
    );
  });

  test("an INFO without zone has none", () => {
    expect(decodeBridgeMetadata([{ id: 1, metadata: hex("") }])).toBeUndefined();
    expect(decodeClientMetadata([])).toBeUndefined();
  });

  test.each([
    ["nothing", "", "truncated"],
    ["version 0", "00 01 00000200 01 61", "bad-metadata"],
    ["network 0", "01 00 00000200 01 61", "bad-metadata"],
    ["network 3", "01 03 00000200 01 61", "bad-metadata"],
    ["a window of 1023", "01 01 ff030000 01 61", "bad-metadata"],
    ["a window above 16 MiB", "01 01 01000001 01 61", "bad-metadata"],
    ["an empty room", "01 01 00000200 00", "bad-text-length"],
    ["a room longer than the metadata", "01 01 00000200 ff 61", "truncated"],
    ["a room that is not UTF-8", "01 01 00000200 01 ff", "bad-text"],
    ["version 2 and no grace time", "02 01 00000200 01 61", "truncated"],
    ["a grace time of 0", "02 01 00000200 01 61 00000000", "bad-metadata"],
    ["version 3 and no flags", "03 01 00000200 01 61 30750000", "truncated"],
    ["a grace time above a day", "02 01 00000200 01 61 015c2605", "bad-metadata"],
  ])("a bridge's with %s", (_, metadata, code) => {
    expect(() => decodeBridgeMetadata(zone(metadata))).toThrow(expect.objectContaining({ name: "WireError", code }) as Error);
  });

  test.each([
    ["nothing", "", "truncated"],
    ["version 0", `00 ${TOKEN} 00000200`, "bad-metadata"],
    ["half a token", "01 0001020304050607", "truncated"],
    ["no window", `01 ${TOKEN}`, "truncated"],
    ["version 3 and no password's length", `03 ${TOKEN} 00000200 ${"00".repeat(24)}`, "truncated"],
    ["half a password", `03 ${TOKEN} 00000200 ${"00".repeat(24)} 04 6869`, "truncated"],
    ["a password of 193 bytes", `03 ${TOKEN} 00000200 ${"00".repeat(24)} c1 ${"61".repeat(193)}`, "bad-text-length"],
    ["a window of 0", `01 ${TOKEN} 00000000`, "bad-metadata"],
  ])("a client's with %s", (_, metadata, code) => {
    expect(() => decodeClientMetadata(zone(metadata))).toThrow(expect.objectContaining({ name: "WireError", code }) as Error);
  });

  test("values out of range are not written", () => {
    const token = hex(TOKEN);
    expect(() => encodeClientMetadata({ version: 1, machineToken: token.subarray(1), window: 131_072 })).toThrow(WireError);
    expect(() => encodeClientMetadata({ version: 0, machineToken: token, window: 131_072 })).toThrow(WireError);
    expect(() => encodeClientMetadata({ version: 1, machineToken: token, window: 1 })).toThrow(WireError);
    expect(() => encodeBridgeMetadata({ version: 1, network: "lan", window: 131_072, room: "" })).toThrow(WireError);
    expect(() => encodeBridgeMetadata({ version: 1, network: "lan", window: 131_072, room: "ä".repeat(128) })).toThrow(WireError);
    expect(() => encodeClientMetadata({ version: 3, machineToken: token, window: 131_072, password: "x".repeat(193) })).toThrow(WireError);
    expect(() => encodeBridgeMetadata({ version: 256, network: "lan", window: 131_072, room: "a" })).toThrow(WireError);
  });
});

describe("reasons", () => {
  const codes: NetworkErrorCode[] = [
    "address-in-use",
    "address-not-ours",
    "permission-denied",
    "invalid-address",
    "connection-refused",
    "host-unreachable",
    "unknown-host",
    "timed-out",
    "not-allowed",
    "limit-exceeded",
    "connection-reset",
    "bridge-lost",
    "internal",
    "password-required",
    "wrong-password",
    "too-many-attempts",
    "room-full",
  ];

  test("every code has a reason that gives it back", () => {
    for (const code of codes) expect(reasonToCode(codeToReason(code))).toBe(code);
  });

  test("every reason has a code, and so has every byte that is no reason", () => {
    for (let byte = 0; byte < 256; byte += 1) expect(codes).toContain(reasonToCode(byte));
  });

  test("plain clients get reasons of Wisp only", () => {
    const ofWisp = new Set<number>(Object.values(CloseReason).filter((reason) => reason < 0xe0));
    for (const code of codes) expect(ofWisp).toContain(codeToPlainReason(code));
    expect(codeToPlainReason("unknown-host")).toBe(CloseReason.UNREACHABLE);
    expect(codeToPlainReason("connection-refused")).toBe(CloseReason.REFUSED);
    expect(codeToPlainReason("wrong-password")).toBe(CloseReason.BLOCKED);
    expect(codeToPlainReason("room-full")).toBe(CloseReason.THROTTLED);
    expect(codeToPlainReason("address-in-use")).toBe(CloseReason.UNSPECIFIED);
  });
});
