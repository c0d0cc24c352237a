import { describe, expect, test } from "vitest";
import { LUAU_VERSION, LuauFunction, LuauTable, loadLuau } from "../src/index.ts";
import { readLuauWasm } from "../src/node.ts";
import { expose, failure, luau, newState, results, run, thrownBy } from "./harness.ts";

describe("the sandbox", () => {
  test.each([
    ["string.rep = nil", "attempt to modify a readonly table"],
    ["math.pi = 3", "attempt to modify a readonly table"],
    ["getmetatable('').__index = {}", "attempt to modify a readonly table"],
    ["table.insert(string, 1)", "attempt to modify a readonly table"],
    ["rawset(math, 'pi', 3)", "attempt to modify a readonly table"],
    ["setmetatable(string, {})", "attempt to modify a readonly table"],
    ["getmetatable(getfenv(0)).__index = {}", "attempt to"],
  ])("%s", (source, message) => {
    const state = newState();
    state.sandbox();
    expect(failure(state, source).message).toContain(message);
  });

  test("scripts have globals of their own, over those of the host", () => {
    const state = newState();
    expose(state, "version", () => 1);
    state.setGlobal("n", 5);
    state.sandbox();
    expect(results(state, "x = 1 n = n + 1 return x, n, version()")).toEqual([1, 6, 1]);
    expect(results(state, "return x, n")).toEqual([1, 6]);
    expect([state.getGlobal("x"), state.getGlobal("n"), state.getGlobal("missing")]).toEqual([1, 6, undefined]);
    state.setGlobal("later", 7);
    expect(results(state, "return later")).toEqual([7]);
    expect(thrownBy(() => state.sandbox())).toMatchObject({ code: "in-use" });
  });

  test("tables of the host stay writable unless they are frozen", () => {
    const state = newState();
    using zone = state.createTable();
    using socket = state.createTable();
    zone.set("socket", socket);
    using fixed = state.createTable();
    fixed.freeze();
    state.setGlobal("zone", zone);
    state.setGlobal("fixed", fixed);
    state.sandbox();
    run(state, "function zone.init() return 'init' end zone.socket.x = 2");
    using init = zone.get("init") as LuauFunction;
    expect(init).toBeInstanceOf(LuauFunction);
    expect(socket.get("x")).toBe(2);
    expect(failure(state, "fixed.x = 1").message).toBe("attempt to modify a readonly table");
  });

  test("fields of the host's tables are read anew each time", () => {
    const state = newState();
    using zone = state.createTable();
    zone.set("dt", 1);
    state.setGlobal("zone", zone);
    state.sandbox();
    using fn = state.load("return zone.dt", "x");
    const read = () => {
      using thread = state.createThread(fn);
      const result = thread.resume();
      return result.status === "finished" && result.values[0];
    };
    expect(read()).toBe(1);
    zone.set("dt", 2);
    expect(read()).toBe(2);
  });

  test("the library is Luau's, with nothing that reaches outside", () => {
    const state = newState();
    state.sandbox();
    expect(results(state, "return type(buffer.create), type(bit32.band), type(utf8.char), type(vector.create), type(os.clock), math.floor(2.5)")).toEqual([
      "function",
      "function",
      "function",
      "function",
      "function",
      2,
    ]);
    expect(results(state, "return io, package, dofile, loadfile, require, loadstring, os.execute, os.getenv, debug.getregistry")).toEqual(
      Array.from({ length: 9 }, () => undefined),
    );
    expect(results(state, "print('this goes nowhere') return collectgarbage, getfenv ~= nil")).toEqual([undefined, true]);
  });

  test("os.clock goes on for longer than 32 bits of microseconds", async () => {
    const state = newState();
    while (performance.now() < 4500) {
      const before = performance.now() / 1000;
      const [clock] = results(state, "return os.clock()") as [number];
      expect(clock).toBeGreaterThanOrEqual(before);
      expect(clock).toBeLessThanOrEqual(performance.now() / 1000);
      await new Promise((done) => setTimeout(done, 50));
    }
  });

  test("clocks and dates are the host's", () => {
    const state = newState();
    const [time, clock] = results(state, "return os.time(), os.clock()") as [number, number];
    expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(5);
    expect(Math.abs(clock - performance.now() / 1000)).toBeLessThan(5);
    expect(results(state, "return os.date('!%Y-%m-%d %H:%M:%S', 86400 * 365)")).toEqual(["1971-01-01 00:00:00"]);
  });
});

describe("states", () => {
  test("share nothing", () => {
    const one = newState();
    const two = newState();
    one.setGlobal("x", 1);
    run(one, "y = 2 string.rep = nil");
    expect(results(two, "return x, y, type(string.rep)")).toEqual([undefined, undefined, "function"]);
  });

  test("after dispose everything is refused, and disposing again is nothing", () => {
    const state = newState();
    const fn = state.load("return 1", "x");
    const thread = state.createThread(fn);
    fn.dispose();
    thread.dispose();
    state.dispose();
    state.dispose();
    expect(state.disposed).toBe(true);
    for (const use of [
      () => state.setGlobal("x", 1),
      () => state.load("", "x"),
      () => state.memoryUsed,
      () => state.collectGarbage(),
      () => state.createTable(),
      () => state.sandbox(),
    ]) {
      expect(thrownBy(use)).toMatchObject({ name: "LuauUsageError", code: "disposed" });
    }
  });

  test("references may be disposed after their state", () => {
    const state = luau.createState();
    const table = state.createTable();
    state.dispose();
    expect(thrownBy(() => table.get("x"))).toMatchObject({ code: "disposed" });
    expect(state.liveRefs).toBe(1);
    table.dispose();
    expect(state.liveRefs).toBe(0);
  });

  test("globals of all kinds", () => {
    const state = newState();
    using table = state.createTable();
    state.setGlobal("t", table);
    using back = state.getGlobal("t") as LuauTable;
    expect(back).toBeInstanceOf(LuauTable);
    state.setGlobal("t", null);
    expect(state.getGlobal("t")).toBeUndefined();
    using print = state.getGlobal("print") as LuauFunction;
    expect(print.kind).toBe("function");
  });
});

describe("loading the module", () => {
  test("from bytes and from a compiled module, of which many can be made", async () => {
    const bytes = await readLuauWasm();
    const module = await WebAssembly.compile(bytes);
    for (const source of [bytes, bytes.buffer, module]) {
      using fresh = await loadLuau(source);
      expect(fresh.version).toBe(LUAU_VERSION);
      using state = fresh.createState();
      expect(results(state, "return _VERSION")).toEqual(["Luau"]);
    }
  });

  test("anything else is refused", async () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    for (const bytes of [new Uint8Array(0), new TextEncoder().encode("<!doctype html>"), empty, (await readLuauWasm()).subarray(0, 1000)]) {
      await expect(loadLuau(bytes)).rejects.toMatchObject({ name: "LuauUsageError", code: "not-luau-wasm" });
    }
  });

  test("disposing the module disposes its states", async () => {
    const fresh = await loadLuau(await readLuauWasm());
    const states = [fresh.createState(), fresh.createState()];
    fresh.dispose();
    expect(states.map((state) => state.disposed)).toEqual([true, true]);
    expect(thrownBy(() => fresh.createState())).toMatchObject({ code: "disposed" });
  });
});
