import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  CloseReason,
  decodePacket,
  encodePacket,
  type Packet,
  PacketType,
  packetTypeName,
  reasonToCode,
  RoomResult,
  WIRE_ERROR_CODES,
  ZONE_EXTENSION_ID,
  ZONE_VERSION,
} from "../src/codec/index.ts";
import * as limits from "../src/codec/limits.ts";
import { hex, toHex } from "./hex.ts";

const document = readFileSync(new URL("../../../docs/protocol.md", import.meta.url), "utf8");
const byteFields = new Set(["payload", "metadata", "sessionId"]);

/** A packet as the document writes it: the type by name, bytes as hex. */
function toJson(packet: Packet): unknown {
  const text = JSON.stringify(packet, (key, value: unknown) => {
    if (byteFields.has(key)) return toHex(value as Uint8Array);
    return key === "type" ? packetTypeName(value as number) : value;
  });
  return JSON.parse(text);
}

function fromJson(text: string): Packet {
  return JSON.parse(text, (key, value: unknown) => {
    if (byteFields.has(key)) return hex(value as string);
    return key === "type" ? PacketType[value as keyof typeof PacketType] : value;
  }) as Packet;
}

const examples = [...document.matchAll(/```packet\n(.+)\n(.+)\n```/g)].map((match) => ({ bytes: match[1] as string, json: match[2] as string }));

describe("the examples of docs/protocol.md", () => {
  test("there is one for every type of packet", () => {
    const shown = new Set(examples.map(({ json }) => (JSON.parse(json) as { type: string }).type));
    expect(Object.keys(PacketType).filter((name) => !shown.has(name))).toEqual([]);
  });

  test.each(examples)("$json", ({ bytes, json }) => {
    expect(toJson(decodePacket(hex(bytes)))).toEqual(JSON.parse(json));
    expect(toHex(encodePacket(fromJson(json)))).toBe(toHex(hex(bytes)));
  });
});

/** Cells of the table rows whose first cell matches. */
function rows(first: RegExp): string[][] {
  return document
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    )
    .filter(([cell]) => first.test(cell ?? ""));
}

describe("the tables of docs/protocol.md", () => {
  test("packet types", () => {
    const listed = rows(/^0x(?:0[1-5]|F[1-9A-F])$/).filter(([, name]) => name !== undefined && name in PacketType);
    expect(Object.fromEntries(listed.map(([number, name]) => [name, Number(number)]))).toEqual(PacketType);
  });

  test("reasons and what a program is told", () => {
    const listed = rows(/^0x/).filter(([, name]) => name !== undefined && name in CloseReason);
    expect(Object.fromEntries(listed.map(([number, name]) => [name, Number(number)]))).toEqual(CloseReason);
    for (const [number, , , code] of listed) expect(reasonToCode(Number(number))).toBe(code);
  });

  test("results of requests about the room", () => {
    const listed = rows(/^\d$/).filter(([, name]) => name !== undefined && name in RoomResult);
    expect(Object.fromEntries(listed.map(([number, name]) => [name, Number(number)]))).toEqual(RoomResult);
  });

  test("codes of WireError", () => {
    const section = document.slice(document.indexOf("| `WireError` code"), document.indexOf("WebSocket close codes"));
    const listed = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code = ""]) => code);
    expect(listed.toSorted()).toEqual([...WIRE_ERROR_CODES].toSorted());
  });

  test("limits", () => {
    const values = new Map<string, number>(Object.entries(limits));
    const listed = rows(/^[A-Z_]+$/);
    expect(listed.length).toBeGreaterThan(8);
    for (const [name, value] of listed) {
      expect([name, values.get(name ?? "")]).toEqual([name, Number(value?.replaceAll(",", ""))]);
    }
  });

  test("extension id and version", () => {
    expect(document).toContain(`**0x${ZONE_EXTENSION_ID.toString(16).toUpperCase()}**, its version **${ZONE_VERSION}**`);
  });
});
