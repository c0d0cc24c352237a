import { describe, expect, it } from "vitest";
import { BYTE_STREAM_LIMIT } from "../src/index.ts";
import { run } from "./support/run-program.ts";

/** Runs a script to its end and gives what it printed. */
async function printed(source: string): Promise<string[]> {
  const program = await run(source);
  await program.ended();
  expect(program.error?.text).toBeUndefined();
  return program.printed;
}

/** What a call on a stream of the bytes 01 02 03 raises. */
async function raised(call: string): Promise<string> {
  const [text = ""] = await printed(`
    local s = zone.byteStream.fromString("\\1\\2\\3")
    local ok, message = pcall(function() ${call} end)
    print(if ok then "no error" else message)
  `);
  return text.replace(/^main\.luau:\d+: /, "");
}

describe("zone.byteStream", () => {
  it("keeps all 256 byte values, in strings and buffers, both ways", async () => {
    expect(
      await printed(`
        local all = {}
        for value = 0, 255 do table.insert(all, string.char(value)) end
        local bytes = table.concat(all)
        local stream = zone.byteStream.fromString(bytes)
        print(stream:toString() == bytes, buffer.tostring(stream:toBuffer()) == bytes, #stream)
        print(zone.byteStream.fromBuffer(buffer.fromstring(bytes)):read() == bytes)
        local copy = zone.byteStream.new()
        copy:write(bytes) copy:write(buffer.fromstring(bytes)) copy:seek(0)
        print(copy:read(256) == bytes, copy:read() == bytes, copy:remaining())
      `),
    ).toEqual(["true\ttrue\t256", "true", "true\ttrue\t0"]);
  });

  it.each([
    ["U8", [0, 255], "00ff"],
    ["I8", [-128, 127], "807f"],
    ["U16", [0, 0x1234, 65535], "00003412ffff"],
    ["I16", [-32768, 32767], "0080ff7f"],
    ["U32", [1, 4294967295], "01000000ffffffff"],
    ["I32", [-2147483648, 2147483647], "00000080ffffff7f"],
    ["F32", [0.5, -1], "0000003f000080bf"],
    ["F64", [0.1, -0], "9a9999999999b93f0000000000000080"],
  ])("writes and reads %s, little-endian", async (format, values, hex) => {
    expect(
      await printed(`
        local stream = zone.byteStream.new()
        for _, value in { ${values.map((value) => (Object.is(value, -0) ? "-0" : value)).join(", ")} } do stream:write${format}(value) end
        print((string.gsub(stream:toString(), ".", function(c) return string.format("%02x", string.byte(c)) end)))
        stream:seek(0)
        while stream:remaining() > 0 do print(stream:read${format}()) end
      `),
    ).toEqual([hex, ...values.map((value) => (Object.is(value, -0) ? "-0" : String(value)))]);
  });

  it("keeps the numbers at the edges of F64 bit by bit, and the infinities and NaN in F32", async () => {
    expect(
      await printed(`
        local edges = { 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2 ^ 53 + 2, -2 ^ 63, math.huge, -math.huge }
        for _, endian in { "little", "big" } do
          local stream = zone.byteStream.new(endian)
          for _, value in edges do stream:writeF64(value) end
          stream:writeF64(0 / 0) stream:writeF32(0 / 0) stream:writeF32(math.huge) stream:writeF32(3.4028234663852886e38)
          stream:seek(0)
          local kept = 0
          for _, value in edges do if stream:readF64() == value then kept += 1 end end
          local a, b = stream:readF64(), stream:readF32()
          print(kept == #edges, a ~= a, b ~= b, stream:readF32(), stream:readF32() == 3.4028234663852886e38)
        end
      `),
    ).toEqual(["true\ttrue\ttrue\tinf\ttrue", "true\ttrue\ttrue\tinf\ttrue"]);
  });

  it("is big-endian where the script says so", async () => {
    expect(
      await printed(`
        local stream = zone.byteStream.new("big")
        stream:writeU16(0x0102) stream:writeF32(1) stream:writeString("ab")
        print((string.gsub(stream:toString(), ".", function(c) return string.format("%02x", string.byte(c)) end)))
        print(zone.byteStream.fromString("\\1\\2", "big"):readU16(), zone.byteStream.fromString("\\1\\2", "little"):readU16())
      `),
    ).toEqual(["01023f800000000000026162", "258\t513"]);
  });

  it("has one position for reading and writing, and overwrites in the middle", async () => {
    expect(
      await printed(`
        local stream = zone.byteStream.new()
        stream:write("hello") print(stream:tell(), stream:length())
        stream:seek(1) stream:write("EL") print(stream:tell(), stream:toString())
        print(stream:readU8(), stream:read(), stream:tell())
        stream:seek(4) stream:write("xyz") print(stream:toString(), #stream)
        stream:clear() print(#stream, stream:tell(), stream:toString() == "")
        stream:writeBool(true) stream:writeBool(false) stream:seek(0) print(stream:readBool(), stream:readBool())
        stream:clear() stream:writeString("") stream:writeString("\\0\\255") stream:seek(0)
        print(#stream:readString(), #stream:readString(), tostring(stream))
      `),
    ).toEqual(["5\t5", "3\thELlo", "108\to\t5", "hELlxyz\t7", "0\t0\ttrue", "true\tfalse", "0\t2\tByteStream(10 bytes)"]);
  });

  it.each([
    ["s:seek(2) s:readU32()", "readU32 at position 2 needs 4 bytes, 1 remains"],
    ["s:seek(3) s:readU8()", "readU8 at position 3 needs 1 byte, 0 remain"],
    ["s:read(4)", "read at position 0 needs 4 bytes, 3 remain"],
    ["s:read(-1)", "read takes a whole number of bytes from 0 up, got -1"],
    ["s:readString()", "readString at position 0 needs 4 bytes, 3 remain"],
    ["s:seek(4)", "seek takes a whole position from 0 to 3, got 4"],
    ["s:seek(-1)", "seek takes a whole position from 0 to 3, got -1"],
    ["s:seek(0.5)", "seek takes a whole position from 0 to 3, got 0.5"],
    ["s:seek(0/0)", "seek takes a whole position from 0 to 3, got nan"],
    ["s:writeU8(256)", "writeU8 takes a whole number from 0 to 255, got 256"],
    ["s:writeI8(-129)", "writeI8 takes a whole number from -128 to 127, got -129"],
    ["s:writeU16(1.5)", "writeU16 takes a whole number from 0 to 65535, got 1.5"],
    ["s:writeU32(2^32)", "writeU32 takes a whole number from 0 to 4294967295, got 4294967296"],
    ["s:writeU8('x')", "invalid argument #1 to 'writeU8' (number expected, got string)"],
    ["s:writeU8()", "missing argument #1 to 'writeU8' (number expected)"],
    ["s:writeBool(1)", "invalid argument #1 to 'writeBool' (boolean expected, got number)"],
    ["s:write(5)", "invalid argument #1 to 'write' (string or buffer expected, got number)"],
    ["s:write()", "missing argument #1 to 'write' (string or buffer expected)"],
    ["zone.byteStream.new('middle')", `invalid argument #1 to 'new' ("little" or "big" expected, got "middle")`],
    ["zone.byteStream.fromString({})", "invalid argument #1 to 'fromString' (string expected, got table)"],
    ["zone.byteStream.fromBuffer('x')", "invalid argument #1 to 'fromBuffer' (buffer expected, got string)"],
  ])("says of %s: %s", async (call, message) => {
    expect(await raised(call)).toBe(message);
  });

  it("leaves the position where it was when a string is cut short", async () => {
    expect(
      await printed(`
        local s = zone.byteStream.fromString("\\5\\0\\0\\0abc")
        print(pcall(s.readString, s)) print(s:tell())
      `),
    ).toEqual(["false\treadString at position 0 needs 5 bytes after its length, 3 remain", "0"]);
  });

  it("has a largest size, and gives memory back when it is collected", async () => {
    expect(
      await printed(`
        local s = zone.byteStream.new()
        local mebibyte = string.rep("x", 2^20)
        local ok, message = pcall(function() for _ = 1, 200 do s:write(mebibyte) end end)
        print(ok, string.match(message, "at most (%d+) bytes"), #s)
        s = nil
        for _ = 1, 300 do zone.byteStream.fromString(mebibyte) end
        print("still here")
      `),
    ).toEqual([`false\t${BYTE_STREAM_LIMIT}\t${BYTE_STREAM_LIMIT}`, "still here"]);
  });

  it("counts against the memory cap", async () => {
    const program = await run(`local kept = {} while true do table.insert(kept, zone.byteStream.fromString(string.rep("x", 2^20))) end`);
    await program.ended();
    expect(program.error).toMatchObject({ code: "memory", chunk: "main.luau", line: 1 });
    expect(program.error?.text).toContain("not enough memory");
  });

  it("has a type name and a locked metatable", async () => {
    expect(
      await printed(`
        local s = zone.byteStream.new()
        print(typeof(s), type(s), pcall(setmetatable, s, {}))
        print(pcall(function() s.x = 1 end))
      `),
    ).toEqual([expect.stringMatching(/^ByteStream\tuserdata\tfalse\t/), expect.stringMatching(/^false\t/)]);
  });
});
