import { describe, expect, test } from "vitest";
import { LuauCompileError, LuauRuntimeError } from "../src/index.ts";
import { expose, failure, newState, results, run, thrownBy } from "./harness.ts";

describe("compile errors", () => {
  test.each([
    ["local x = ", 1, "Expected identifier when parsing expression, got <eof>"],
    ["local a\n\nlocal function f(\n", 4, "Expected identifier when parsing variable name, got <eof>"],
    ["return 'x", 1, "Malformed string; did you forget to finish it?"],
    ["x = = 1", 1, "Expected identifier when parsing expression, got '='"],
    ["\n\nbreak", 3, "break statement must be inside a loop"],
  ])("%j", (source, line, message) => {
    const state = newState();
    const error = thrownBy(() => state.load(source, "server.luau"));
    expect(error).toBeInstanceOf(LuauCompileError);
    expect(error).toMatchObject({ name: "LuauCompileError", code: "compile", chunk: "server.luau", line });
    expect((error as LuauCompileError).message).toContain(message);
    expect((error as LuauCompileError).text).toBe(`server.luau:${line}: ${(error as LuauCompileError).message}`);
  });

  test("the line is right in a chunk whose name has colons", () => {
    const error = thrownBy(() => newState().load("\nx =", "a:7: b"));
    expect(error).toMatchObject({ chunk: "a:7: b", line: 2, text: expect.stringMatching(/^a:7: b:2: Expected/) as string });
  });

  test("nesting without end is refused, not a crash", () => {
    const state = newState();
    for (const source of [
      `return ${"(".repeat(100_000)}1${")".repeat(100_000)}`,
      `return ${"'a'..".repeat(100_000)}'a'`,
      `local a return a${".b".repeat(100_000)}`,
      `return ${"not ".repeat(100_000)}1`,
      `local a if a then ${"elseif a then ".repeat(100_000)} end`,
      `type A = ${"(".repeat(100_000)}number${")".repeat(100_000)}`,
      "do ".repeat(100_000),
      "return " + "{".repeat(100_000),
      "return " + "function() return ".repeat(10_000),
    ]) {
      expect(
        thrownBy(() => state.load(source, "deep.luau")),
        source.slice(0, 30),
      ).toBeInstanceOf(LuauCompileError);
    }
    expect(results(state, "return 1")).toEqual([1]);
  });

  test.each([
    ["binary", Uint8Array.of(1, 2, 255, 254)],
    ["a zero byte", Buffer.from("return 1\0")],
    ["a zero byte in a string", Buffer.from("\n\nreturn 'a\0b'")],
    ["a byte order mark", Uint8Array.of(0xef, 0xbb, 0xbf, 0x78, 0x3d)],
    ["bytecode", Uint8Array.of(6, 3, 0, 0, 0, 0)],
    ["invalid UTF-8", Uint8Array.of(0x78, 0x3d, 0xff)],
  ])("%s is no source", (_, source) => {
    expect(thrownBy(() => newState().load(source, "odd.luau"))).toBeInstanceOf(LuauCompileError);
  });

  test.each(["", "a\nb", "a\0b", "x".repeat(81)])("a chunk's name must be one short line: %j", (name) => {
    expect(thrownBy(() => newState().load("", name))).toMatchObject({ name: "LuauUsageError", code: "bad-value" });
  });

  test("a zero byte is told with its line, in texts and in bytes", () => {
    const state = newState();
    for (const source of ["\n\nreturn 'a\0b'", Buffer.from("\n\nreturn 'a\0b'")]) {
      expect(thrownBy(() => state.load(source, "z.luau"))).toMatchObject({ line: 3, text: "z.luau:3: a zero byte in the source" });
    }
  });

  test("empty source, and bytes in strings, load", () => {
    const state = newState();
    expect(results(state, "")).toEqual([]);
    expect(run(state, Uint8Array.from([...Buffer.from("return '"), 0xff, 0x80, ...Buffer.from("'")]))).toEqual({
      status: "finished",
      values: [Uint8Array.of(0xff, 0x80)],
    });
  });
});

describe("runtime errors", () => {
  test("message, position and stack", () => {
    const error = failure(
      newState(),
      `local function inner(x)
  return x.y.z
end
local function outer()
  local r = inner({})
  return r
end
outer()`,
    );
    expect(error).toBeInstanceOf(LuauRuntimeError);
    expect(error).toMatchObject({
      name: "LuauRuntimeError",
      code: "runtime",
      chunk: "test.luau",
      line: 2,
      message: "attempt to index nil with 'z'",
      text: "test.luau:2: attempt to index nil with 'z'",
      valueType: "string",
    });
    expect(error.frames).toEqual([
      { chunk: "test.luau", line: 2, function: "inner" },
      { chunk: "test.luau", line: 5, function: "outer" },
      { chunk: "test.luau", line: 8 },
    ]);
    expect(error.value).toEqual(new Uint8Array(Buffer.from(error.text)));
  });

  test.each([
    ["error('plain')", "test.luau:1: plain", "plain", "string"],
    ["error('level 0', 0)", "level 0", "level 0", "string"],
    ["error()", "nil", "nil", "nil"],
    ["error(42)", "test.luau:1: 42", "42", "string"],
    ["error(42, 0)", "42", "42", "number"],
    ["error(true)", "true", "true", "boolean"],
    ["error({})", "(the error value is a table)", "(the error value is a table)", "table"],
    ["error(print)", "(the error value is a function)", "(the error value is a function)", "function"],
    ["error(vector.one)", "1, 1, 1", "1, 1, 1", "vector"],
    ["error(setmetatable({}, {__tostring = function() return 'shown' end}))", "shown", "shown", "table"],
    ["error(setmetatable({}, {__tostring = function() error('x') end}))", "(the error value cannot be shown)", "(the error value cannot be shown)", "table"],
    [
      "error(setmetatable({}, {__tostring = function() coroutine.yield() end}))",
      "(the error value cannot be shown)",
      "(the error value cannot be shown)",
      "table",
    ],
    ["error('bytes \\xff')", "test.luau:1: bytes \uFFFD", "bytes \uFFFD", "string"],
    ["error('two\\nlines: 3: x')", "test.luau:1: two\nlines: 3: x", "two\nlines: 3: x", "string"],
    ["assert(false)", "test.luau:1: assertion failed!", "assertion failed!", "string"],
    ["assert(nil, 'why')", "test.luau:1: why", "why", "string"],
    [
      "local x = nil + 1",
      "test.luau:1: attempt to perform arithmetic (add) on nil and number",
      "attempt to perform arithmetic (add) on nil and number",
      "string",
    ],
    ["undefined.x()", "test.luau:1: attempt to index nil with 'x'", "attempt to index nil with 'x'", "string"],
  ])("%s", (source, text, message, valueType) => {
    const error = failure(newState(), source);
    expect({ text: error.text, message: error.message, valueType: error.valueType, code: error.code, line: error.line }).toEqual({
      text,
      message,
      valueType,
      code: "runtime",
      line: 1,
    });
  });

  test("values that are no reference come along", () => {
    const state = newState();
    expect(failure(state, "error(42, 0)").value).toBe(42);
    expect(failure(state, "error(false)").value).toBe(false);
    expect(failure(state, "error({})").value).toBeUndefined();
  });

  test("the position is that of the chunk that raised, of several", () => {
    const state = newState();
    using library = state.load("local M = {}\nfunction M.f()\n  error('in the library')\nend\nreturn M", "lib/x.luau");
    using thread = state.createThread(library);
    const loaded = thread.resume();
    if (loaded.status !== "finished") throw new Error(loaded.status);
    state.setGlobal("M", loaded.values[0] as never);
    (loaded.values[0] as { dispose(): void }).dispose();
    const error = failure(state, "\n\nM.f()");
    expect(error).toMatchObject({ chunk: "lib/x.luau", line: 3, message: "in the library" });
    expect(error.frames.map(({ chunk, line }) => [chunk, line])).toEqual([
      ["[C]", undefined],
      ["lib/x.luau", 3],
      ["test.luau", 3],
    ]);
  });

  test("a chunk's name with colons is kept whole", () => {
    const state = newState();
    using fn = state.load("\nerror('boom')", "room:7: main");
    using thread = state.createThread(fn);
    const result = thread.resume();
    expect(result.status === "failed" && result.error).toMatchObject({ chunk: "room:7: main", line: 2, message: "boom" });
  });

  test("a very long text is cut, a very long stack has its middle left out", () => {
    const state = newState();
    expect(failure(state, "error(string.rep('x', 1e6), 0)").text).toHaveLength(16 * 1024);
    const { frames } = failure(state, "local function f(n) if n == 0 then error('deep') end f(n - 1) return end f(1000)");
    expect(frames).toHaveLength(33);
    expect(frames[24]).toEqual({ chunk: "", skipped: 1003 - 32 });
    expect(frames.at(-1)).toEqual({ chunk: "test.luau", line: 1 });
  });

  test("pcall, xpcall and error with tables work as in Luau", () => {
    const state = newState();
    expect(results(state, "local ok, e = pcall(error, {code = 7}) return ok, e.code")).toEqual([false, 7]);
    expect(results(state, "return xpcall(function() error('x', 0) end, function(e) return e .. '!', 2 end)")).toEqual([false, "x!"]);
    expect(results(state, "return pcall(pcall, error, 'x')")).toEqual([true, false, "x"]);
    expect(results(state, "return select('#', pcall(function() end))")).toEqual([1]);
    expect(results(state, "return xpcall(error, function() error('again') end, 'x')")[0]).toBe(false);
  });

  test("debug.traceback tells names and lines", () => {
    const state = newState();
    expect(results(state, "local function f()\n return debug.traceback()\nend\nreturn (f())")).toEqual(["test.luau:2 function f\ntest.luau:4\n"]);
  });

  test("after a failure the state goes on", () => {
    const state = newState();
    for (let i = 0; i < 100; i++) failure(state, "local t = nil; t.x = 1");
    expose(state, "ok", () => 1);
    expect(results(state, "return ok()")).toEqual([1]);
  });
});
