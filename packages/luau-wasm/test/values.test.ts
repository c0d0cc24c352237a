import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { LuauFunction, LuauRef, LuauTable, LuauThread, LuauUsageError, values } from "../src/index.ts";
import type { LuauValue, Pushable } from "../src/index.ts";
import { expose, newState, results, run, thrownBy } from "./harness.ts";

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);

/** Sends a value through a script and back: as an argument, a result, a table field, and a host call. */
function roundTrip(value: Pushable): LuauValue[] {
  const state = newState();
  expose(state, "echo", (call) => call.value(1) as Pushable);
  expose(state, "fetch", () => value);
  using fn = state.load("local value, t = ... t.field = value return value, t.field, echo(value), fetch()", "echo.luau");
  using thread = state.createThread(fn);
  using table = state.createTable();
  const result = thread.resume([value, table]);
  if (result.status === "failed") throw result.error;
  return [...result.values, table.get("field")];
}

describe("values both ways", () => {
  test.each([
    ["true", true],
    ["false", false],
    ["zero", 0],
    ["minus zero", -0],
    ["2^53 - 1", Number.MAX_SAFE_INTEGER],
    ["2^53 + 2", 2 ** 53 + 2],
    ["-2^63", -(2 ** 63)],
    ["2^64", 2 ** 64],
    ["largest", Number.MAX_VALUE],
    ["smallest", Number.MIN_VALUE],
    ["infinity", Infinity],
    ["minus infinity", -Infinity],
    ["NaN", NaN],
    ["a fraction", 0.1],
    ["integer 0", 0n],
    ["integer 2^63 - 1", 2n ** 63n - 1n],
    ["integer -2^63", -(2n ** 63n)],
    ["integer 2^53 + 1", 2n ** 53n + 1n],
  ])("%s", (_, value) => {
    for (const back of roundTrip(value)) expect(Object.is(back, value)).toBe(true);
  });

  test("nil is undefined, from both undefined and null", () => {
    expect(roundTrip(null)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    // A host function that returns undefined gives no result, rather than nil.
    expect(roundTrip(undefined)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("a vector is three floats", () => {
    for (const back of roundTrip(Float32Array.of(1.5, -0, Infinity))) expect(back).toEqual(Float32Array.of(1.5, -0, Infinity));
    expect(results(newState(), "return vector.create(1, 2, 3)")).toEqual([Float32Array.of(1, 2, 3)]);
  });

  test("a script sees numbers and strings as its own", () => {
    const state = newState();
    state.setGlobal("bytes", ALL_BYTES);
    state.setGlobal("n", 2 ** 53);
    expect(
      results(
        state,
        `local sum = 0
         for i = 1, #bytes do assert(string.byte(bytes, i) == i - 1); sum += string.byte(bytes, i) end
         return #bytes, sum, n == 9007199254740992, type(n), type(bytes)`,
      ),
    ).toEqual([256, 32640, true, "number", "string"]);
  });
});

describe("bytes", () => {
  test.each([
    ["empty", new Uint8Array(0)],
    ["all 256 values", ALL_BYTES],
    ["zeros", new Uint8Array(1000)],
    ["invalid UTF-8", Uint8Array.of(0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0xf8)],
    ["as long as the scratch area", new Uint8Array(16384).fill(0xa5)],
    ["one more", new Uint8Array(16385).fill(0x5a)],
  ])("strings: %s", (_, bytes) => {
    for (const back of roundTrip(bytes)) expect(back).toEqual(bytes);
  });

  test.each([
    ["empty", new Uint8Array(0)],
    ["all 256 values", ALL_BYTES],
    ["long", new Uint8Array(100_000).fill(0x80)],
  ])("buffers: %s", (_, bytes) => {
    for (const back of roundTrip(bytes.slice().buffer)) {
      expect(back).toBeInstanceOf(ArrayBuffer);
      // Compared as a whole: number by number it takes seconds.
      expect(Buffer.compare(new Uint8Array(back as ArrayBuffer), bytes)).toBe(0);
    }
  });

  test("16 MiB, as a string and as a buffer", () => {
    const bytes = new Uint8Array(16 * 1024 * 1024);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 2654435761) >>> 24;
    for (const value of [bytes, bytes.buffer]) {
      for (const back of roundTrip(value)) expect(Buffer.compare(Buffer.from(back as ArrayBuffer), Buffer.from(bytes))).toBe(0);
    }
  });

  test("a view into a larger array sends only its own bytes", () => {
    expect(roundTrip(ALL_BYTES.subarray(10, 14))[0]).toEqual(Uint8Array.of(10, 11, 12, 13));
  });

  test("what was read does not change with the script's memory", () => {
    const state = newState();
    const result = run(state, "return string.rep('b', 1000)");
    state.collectGarbage();
    run(state, "local t = {} for i = 1, 1000 do t[i] = string.rep('c', 1000) .. i end");
    expect(result).toEqual({ status: "finished", values: [new Uint8Array(1000).fill("b".charCodeAt(0))] });
  });

  test("any bytes at all", () => {
    const state = newState();
    expose(state, "echo", (call) => call.bytes(1));
    using fn = state.load("return echo(...)", "echo.luau");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40_000 }), (bytes) => {
        using thread = state.createThread(fn);
        const result = thread.resume([bytes]);
        expect(result).toEqual({ status: "finished", values: [bytes] });
      }),
      { numRuns: rounds({ short: 80, full: 200 }) },
    );
  });
});

describe("texts", () => {
  test.each([
    ["empty", ""],
    ["ASCII", "Hello"],
    ["Cyrillic", "Привет, мир"],
    ["ASCII, then not", "abcdefghijklm ü"],
    ["beyond the basic plane", "🙂🏳️‍🌈"],
    ["with zeros", "a\0b"],
    ["with a byte order mark", "\uFEFFx"],
    ["longer than the scratch area", "й".repeat(20_000)],
    ["as long as texts encoded by hand", "x".repeat(48)],
    ["one more", "x".repeat(49)],
  ])("%s", (_, text) => {
    const state = newState();
    expose(state, "echo", (call) => call.text(1));
    state.setGlobal("text", text);
    expect(results(state, "return echo(text)")).toEqual([text]);
  });

  test("a lone surrogate goes as U+FFFD, and invalid UTF-8 comes as it", () => {
    const state = newState();
    const seen: string[] = [];
    expose(state, "see", (call) => void seen.push(call.text(1)));
    state.setGlobal("text", "a\uD800b");
    run(state, "see(text) see('\\xff\\xfe' .. 'x')");
    expect(seen).toEqual(["a\uFFFDb", "\uFFFD\uFFFDx"]);
  });

  test("any text at all", () => {
    const state = newState();
    expose(state, "echo", (call) => call.text(1));
    using fn = state.load("return echo(...)", "echo.luau");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        using thread = state.createThread(fn);
        const result = thread.resume([text]);
        expect(result.status === "finished" && Buffer.from(result.values[0] as Uint8Array).toString()).toBe(text);
      }),
      { numRuns: rounds({ short: 80, full: 200 }) },
    );
  });
});

describe("references", () => {
  test("tables, functions and threads come as owned references and keep their identity", () => {
    const state = newState();
    const result = run(state, "local t, f = {}, print return t, f, coroutine.create(f), newproxy()");
    if (result.status !== "finished") throw new Error(result.status);
    expect(result.values[0]).toBeInstanceOf(LuauTable);
    expect(result.values[1]).toBeInstanceOf(LuauFunction);
    expect(result.values[2]).toBeInstanceOf(LuauThread);
    expect(result.values[3]).toBeInstanceOf(LuauRef);
    expect(state.liveRefs).toBe(4);
    state.setGlobal("a", result.values[0] as LuauTable);
    state.setGlobal("b", result.values[0] as LuauTable);
    expect(results(state, "return a == b, type(a)")).toEqual([true, "table"]);
    for (const value of result.values) (value as LuauRef).dispose();
    expect(state.liveRefs).toBe(0);
  });

  test("a reference keeps its value alive, and no longer", () => {
    const state = newState();
    using weak = state.createTable();
    using mode = state.createTable();
    mode.set("__mode", "v");
    weak.setMetatable(mode);
    const held = state.createTable();
    weak.set("x", held);
    state.collectGarbage();
    const again = weak.get("x");
    expect(again).toBeInstanceOf(LuauTable);
    (again as LuauTable).dispose();
    held.dispose();
    state.collectGarbage();
    expect(weak.get("x")).toBeUndefined();
  });

  test("handOver gives a reference away with its push", () => {
    const state = newState();
    expose(state, "make", () => {
      const table = state.createTable();
      table.set("x", 1);
      return table.handOver();
    });
    expose(state, "pair", () => values(state.createTable().handOver(), state.createTable().handOver()));
    expect(results(state, "local a, b = pair() return make().x, a ~= b")).toEqual([1, true]);
    expect(state.liveRefs).toBe(0);
  });

  test("disposing twice is nothing, using afterwards an error", () => {
    const state = newState();
    const table = state.createTable();
    table.dispose();
    table.dispose();
    expect(table.disposed).toBe(true);
    expect(thrownBy(() => table.get("x"))).toMatchObject({ name: "LuauUsageError", code: "disposed" });
    expect(thrownBy(() => state.setGlobal("x", table))).toMatchObject({ code: "disposed" });
  });

  test("values of another state are refused", () => {
    const one = newState();
    const other = newState();
    using table = one.createTable();
    using home = other.createTable();
    using fn = one.load("return 1", "x");
    const cls = one.defineClass({ name: "Thing", methods: {} });
    for (const use of [
      () => other.setGlobal("t", table),
      () => home.set("x", table),
      () => home.setMetatable(table),
      () => other.createThread(fn),
      () => other.setGlobal("o", cls.wrap({})),
    ]) {
      expect(thrownBy(use)).toMatchObject({ name: "LuauUsageError", code: "wrong-state" });
    }
  });

  test("what cannot cross is refused by name, and nothing that travelled with it leaks", () => {
    const state = newState();
    using fn = state.load("return ...", "x");
    using thread = state.createThread(fn);
    const big = new Uint8Array(100_000);
    for (const bad of [{}, [1], () => 1, Symbol("s"), 2n ** 63n, new Date(0), new Float32Array(2)]) {
      const error = thrownBy(() => thread.resume([big, bad as unknown as Pushable, big]));
      expect(error).toBeInstanceOf(LuauUsageError);
      expect(error).toMatchObject({ code: "bad-value" });
    }
    expect(thread.status).toBe("suspended");
    expect(thrownBy(() => thread.resume([state.createTable().handOver(), {} as Pushable]))).toMatchObject({ code: "bad-value" });
    expect(state.liveRefs).toBe(2);
  });
});

describe("many values", () => {
  test.each([0, 1, 63, 64, 65, 1000, 7000])("%i arguments and results", (count) => {
    const state = newState();
    const items = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? `s${i}` : i));
    expose(state, "all", () => values(...items));
    using fn = state.load("assert(select('#', ...) == select('#', all())) return ...", "x");
    using thread = state.createThread(fn);
    const result = thread.resume(items);
    if (result.status !== "finished") throw new Error(String(result.status === "failed" ? result.error : result.status));
    expect(result.values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value))).toEqual(items);
  });

  test("more than Luau's stack takes is refused", () => {
    const state = newState();
    using fn = state.load("", "x");
    using thread = state.createThread(fn);
    expect(thrownBy(() => thread.resume(Array.from({ length: 7001 }, () => 1)))).toMatchObject({ code: "bad-value" });
    expose(state, "all", () => values(...Array.from({ length: 7001 }, () => 1)));
    expect(results(state, "return (select(2, pcall(all)))")[0]).toContain("7001 values");
  });
});

describe("tables", () => {
  test("keys are texts and numbers; accesses run no metamethod", () => {
    const state = newState();
    using table = state.createTable();
    using meta = state.createTable();
    expose(state, "never", () => {
      throw new Error("a metamethod ran");
    });
    using never = state.getGlobal("never") as LuauFunction;
    meta.set("__index", never);
    meta.set("__newindex", never);
    table.setMetatable(meta);
    table.set("ключ", 1);
    table.set(1, "one");
    table.set(1.5, true);
    expect([table.get("ключ"), table.get(1.5), table.get("missing"), table.get(NaN)]).toEqual([1, true, undefined, undefined]);
    table.set("ключ", null);
    expect(table.get("ключ")).toBeUndefined();
    expect(thrownBy(() => table.set(NaN, 1))).toMatchObject({ code: "bad-value" });
    table.setMetatable(null);
    state.setGlobal("t", table);
    expect(results(state, "return t[1], t[1.5], t.x")).toEqual(["one", true, undefined]);
  });

  test("a frozen table is closed to the script and to the host", () => {
    const state = newState();
    using table = state.createTable();
    table.set("x", 1);
    expect(table.frozen).toBe(false);
    table.freeze();
    expect(table.frozen).toBe(true);
    state.setGlobal("t", table);
    expect(results(state, "return (select(2, pcall(function() t.x = 2 end)))")).toEqual(["test.luau:1: attempt to modify a readonly table"]);
    expect(thrownBy(() => table.set("x", 2))).toMatchObject({ code: "read-only" });
    expect(thrownBy(() => table.setMetatable(null))).toMatchObject({ code: "read-only" });
    expect(table.get("x")).toBe(1);
  });
});
