import { describe, expect, it } from "vitest";
import { ByteStream } from "../src/byte-stream/byte-stream.ts";
import { decodeVariableInteger, encodeVariableInteger } from "../src/byte-stream/variable-integer.ts";
import { run } from "./support/run-program.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, "hex"));

/** What the numbers are as bytes: LEB128, signed ones folded first. */
const VUINTS: [value: number, bytes: string][] = [
  [0, "00"],
  [1, "01"],
  [63, "3f"],
  [64, "40"],
  [127, "7f"],
  [128, "8001"],
  [255, "ff01"],
  [300, "ac02"],
  [16_383, "ff7f"],
  [16_384, "808001"],
  [2_097_151, "ffff7f"],
  [2_097_152, "80808001"],
  [268_435_455, "ffffff7f"],
  [268_435_456, "8080808001"],
  [2 ** 31 - 1, "ffffffff07"],
  [2 ** 31, "8080808008"],
  [2 ** 32 - 1, "ffffffff0f"],
  [2 ** 32, "8080808010"],
  [2 ** 35 - 1, "ffffffff7f"],
  [2 ** 35, "808080808001"],
  [2 ** 42, "80808080808001"],
  [2 ** 49, "8080808080808001"],
  [2 ** 53 - 1, "ffffffffffffff0f"],
];

const VINTS: [value: number, bytes: string][] = [
  [0, "00"],
  [-1, "01"],
  [1, "02"],
  [-2, "03"],
  [63, "7e"],
  [-63, "7d"],
  [-64, "7f"],
  [64, "8001"],
  [-65, "8101"],
  [127, "fe01"],
  [128, "8002"],
  [-128, "ff01"],
  [-129, "8102"],
  [8_191, "fe7f"],
  [-8_192, "ff7f"],
  [8_192, "808001"],
  [2 ** 31 - 1, "feffffff0f"],
  [-(2 ** 31), "ffffffff0f"],
  [2 ** 31, "8080808010"],
  [2 ** 52, "8080808080808010"],
  [2 ** 53 - 1, "feffffffffffff1f"],
  [-(2 ** 53 - 1), "fdffffffffffff1f"],
];

describe.each([
  ["VUInt", VUINTS],
  ["VInt", VINTS],
] as const)("%s", (name, rows) => {
  it.each(rows)("%d is %s", (value, bytes) => {
    expect(hex(encodeVariableInteger(name, value))).toBe(bytes);
    expect(decodeVariableInteger(name, bytesOf(bytes), 0)).toEqual({ value, size: bytes.length / 2 });
    // In the middle of other bytes, and in a script's hands.
    expect(decodeVariableInteger(name, bytesOf(`ff80${bytes}80`), 2)).toEqual({ value, size: bytes.length / 2 });
  });

  it("takes a number with zeros behind it, as others write them", () => {
    expect(decodeVariableInteger(name, bytesOf("8000"), 0)).toEqual({ value: 0, size: 2 });
  });

  it.each([
    ["", "unended"],
    ["80", "unended"],
    ["ffffffffffffff", "unended"],
    ["8080808080808080", "too-long"],
    ["808080808080808000", "too-long"],
    ["ffffffffffffffffff", "too-long"],
    ["ffffffffffffff7f", "too-great"],
    [name === "VUInt" ? "8080808080808010" : "8080808080808020", "too-great"],
    ["ffffffffffffff1f", "too-great"],
  ])("'%s' is %s", (bytes, fault) => {
    expect(decodeVariableInteger(name, bytesOf(bytes), 0)).toBe(fault);
  });

  it.each([1.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), ...(name === "VUInt" ? [-1] : [])])("%d is refused, and nothing moves", (value) => {
    const stream = ByteStream.from(bytesOf("0102"), "little");
    stream.seek(1);
    const least = name === "VUInt" ? "0" : "-9007199254740991";
    expect(() => stream.writeVariableInteger(name, value)).toThrow(`write${name} takes a whole number from ${least} to 9007199254740991, got `);
    expect([hex(stream.toBytes()), stream.position]).toEqual(["0102", 1]);
  });

  it("names the offset where there is no number, and nothing moves", () => {
    for (const [bytes, words] of [
      ["00008080", "at position 2 needs a byte that ends the number, 2 remain, and none of them does"],
      ["0000", "at position 2 needs a byte that ends the number, 0 remain, and none of them does"],
      ["0000ffffffffffffffffff01", "at position 2 finds a number of more than 8 bytes"],
      ["0000ffffffffffffff7f", "at position 2 finds a number outside of "],
    ] as const) {
      const stream = ByteStream.from(bytesOf(bytes), "little");
      stream.seek(2);
      expect(() => stream.readVariableInteger(name)).toThrow(`read${name} ${words}`);
      expect([hex(stream.toBytes()), stream.position]).toEqual([bytes, 2]);
    }
  });
});

describe("the engine's names in a script", () => {
  it("write, read, move and list", async () => {
    const program = await run(`
      local s = zone.byteStream.new()
      s:writeInt(-2) s:writeVInt(-64) s:writeVInt(64) s:writeVUInt(300) s:writeString("я")
      print(table.concat(s:getTable(), " "))
      print(s:getOffset(), s:tell(), #s:getTable())
      s:seek(0)
      print(s:readInt(), s:readVInt(), s:readVInt(), s:readVUInt(), s:readString(), s:getOffset())
      s:seek(5)
      s:prepend(3)
      print(s:getOffset(), s:length(), s:readVInt(), table.concat(s:getTable(), " ", 1, 8))
      local t = s:getTable()
      t[1] = 9
      print(s:getTable()[1], #zone.byteStream.new():getTable())
      print(zone.byteStream.fromString("\\255\\0\\128"):getTable()[1])
      local big = zone.byteStream.new("big")
      big:writeInt(1)
      print(table.concat(big:getTable(), " "))
      local empty = zone.byteStream.new()
      empty:prepend(2)
      print(empty:getOffset(), #empty, pcall(empty.prepend, empty, -1))
      print(pcall(s.writeInt, s, 2^31))
      print(pcall(empty.readInt, empty))
      print(pcall(s.prepend, s, 2^40))
    `);
    await program.ended();
    expect(program.error?.text).toBeUndefined();
    expect(program.printed).toEqual([
      "254 255 255 255 127 128 1 172 2 2 0 0 0 209 143",
      "15\t15\t15",
      "-2\t-64\t64\t300\tя\t15",
      "8\t18\t64\t0 0 0 254 255 255 255 127",
      "0\t0",
      "255",
      "0 0 0 1",
      "2\t2\tfalse\tprepend takes a whole number of bytes from 0 up, got -1",
      "false\twriteInt takes a whole number from -2147483648 to 2147483647, got 2147483648",
      "false\treadInt at position 2 needs 4 bytes, 0 remain",
      "false\ta ByteStream holds at most 134217728 bytes, this would make it 1099511627794",
    ]);
  });

  it("getTable of many bytes counts against the script's memory, and does not stall", async () => {
    const program = await run(`
      local s = zone.byteStream.fromString(string.rep("x", 1000000))
      local t = s:getTable()
      print(#t, t[1000000])
      print(pcall(function() return zone.byteStream.fromString(string.rep("x", 30000000)):getTable() end))
    `);
    await program.ended();
    expect(program.printed).toEqual(["1000000\t120", "false\tnot enough memory"]);
  });
});
