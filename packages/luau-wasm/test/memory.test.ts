import { describe, expect, test, vi } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { Heap } from "../src/heap.ts";
import { DEFAULT_MEMORY_LIMIT, LuauMemoryError, loadLuau } from "../src/index.ts";
import { readLuauWasm } from "../src/node.ts";
import { expose, failure, luau, newState, results, run, thrownBy } from "./harness.ts";

const MIB = 1024 * 1024;
/** Longer than any of these takes on a busy machine: they end by what they allocate. */
const BUDGET = { budgetMs: 120_000 };

describe("the memory limit", () => {
  test.each([
    ["one large string", "return string.rep('x', 1e9)"],
    ["a table without end", "local t = {} while true do t[#t + 1] = {} end"],
    ["strings without end", "local t = {} while true do t[#t + 1] = string.rep('x', 1e5) .. #t end"],
    ["doubling", "local s = 'x' while true do s = s .. s end"],
    ["table.create", "return table.create(2^26 - 1, 1)"],
    ["buffer.create", "return buffer.create(2^30)"],
    ["coroutines", "local t = {} while true do t[#t + 1] = coroutine.create(print) end"],
    ["closures", "local t = {} while true do t[#t + 1] = function() return t end end"],
    ["table.concat", "local t = table.create(1e6, string.rep('x', 100)) return table.concat(t)"],
    ["unpack", "local t = table.create(1e6, 1) while true do t = {t, table.clone(t), t} end"],
  ])("%s", (_, source) => {
    const state = newState({ memoryLimit: 24 * MIB });
    const error = failure(state, source, BUDGET);
    if (!/too large|overflow|out of range/.test(error.message)) expect(error).toMatchObject({ code: "memory", message: "not enough memory", line: 1 });
    state.collectGarbage();
    expect(state.memoryUsed).toBeLessThan(MIB);
    expect(results(state, "return 'alive'")).toEqual(["alive"]);
  });

  test("a script may catch it and go on", () => {
    const state = newState({ memoryLimit: 16 * MIB });
    expect(results(state, "local ok, e = pcall(string.rep, 'x', 1e9) return ok, e, #string.rep('x', 1e6)")).toEqual([false, "not enough memory", 1e6]);
    expect(results(state, "for i = 1, 1000 do assert(not pcall(string.rep, 'x', 1e9)) end return 1")).toEqual([1]);
  });

  test("the module grows in few steps, since each costs the host time", async () => {
    const refreshed = vi.spyOn(Heap.prototype, "refresh");
    const other = await loadLuau(await readLuauWasm());
    refreshed.mockClear();
    using state = other.createState({ memoryLimit: 128 * MIB });
    expect(failure(state, "local all = {} while true do table.insert(all, buffer.create(1e5)) end", BUDGET).code).toBe("memory");
    expect(refreshed.mock.calls.length).toBeLessThan(40);
    refreshed.mockRestore();
  });

  test("garbage near the limit is collected rather than counted against the script", () => {
    const state = newState({ memoryLimit: 32 * MIB });
    // 16 MiB live, then 2 GiB of garbage in pieces of 1 MiB; without an early collection the heap would double first.
    expect(results(state, "local keep = string.rep('k', 16 * 2^20) for i = 1, 2000 do local s = string.rep('x', 2^20) end return #keep", BUDGET)).toEqual([
      16 * MIB,
    ]);
    expect(results(state, "local keep = {} for i = 1, 1e5 do keep[i] = {i} end for i = 1, 3e6 do local t = {i, i} end return #keep", BUDGET)).toEqual([1e5]);
  });

  test.each([
    ["a numeric loop", "for i = 1, 2000 do rows[i][n] = n end"],
    ["a generic loop", "for i in rows do rows[i][n] = n end"],
  ])("garbage is collected while tables grow in %s, where no instruction sees to it", (_, loop) => {
    for (const options of [BUDGET, undefined]) {
      const state = newState();
      // 16 MiB of garbage, then 63 MiB of rows.
      const source = `
        local rows, junk = {}, {}
        for i = 1, 2000 do rows[i] = {} end
        for i = 1, 2e5 do junk[i] = {i} end
        junk = nil
        for n = 1, 2048 do ${loop} end
        return #rows[2000]`;
      expect(results(state, source, options)).toEqual([2048]);
      expect(state.memoryUsed).toBeLessThan(70 * MIB);
    }
  });

  test("a large block is refused only when what is live leaves no room for it", () => {
    const state = newState({ memoryLimit: 32 * MIB });
    expect(results(state, "for i = 1, 20 do local s = string.rep('x', 12 * 2^20) end return 'script'", BUDGET)).toEqual(["script"]);
    const big = new Uint8Array(12 * MIB);
    expose(state, "big", () => big);
    expect(results(state, "for i = 1, 20 do local s = big() end return 'host'", BUDGET)).toEqual(["host"]);
    for (let i = 0; i < 5; i++) state.setGlobal("x", i % 2 === 0 ? big : null);
    state.setGlobal("x", null);
    run(state, "local t = {} while true do t[#t + 1] = {t} end", BUDGET);
    expect(results(state, "return 'the heap full of garbage'")).toEqual(["the heap full of garbage"]);
  });

  test("a limit is a hard one", () => {
    const state = newState({ memoryLimit: 8 * MIB });
    let most = 0;
    expose(state, "look", () => void (most = Math.max(most, state.memoryUsed)));
    failure(state, "local t = {} while true do t[#t + 1] = string.rep('x', 1000) .. #t look() end", BUDGET);
    expect(most).toBeLessThanOrEqual(8 * MIB);
    expect(most).toBeGreaterThan(6 * MIB);
    expect(state.memoryLimit).toBe(8 * MIB);
    expect(newState().memoryLimit).toBe(DEFAULT_MEMORY_LIMIT);
  });

  test("what the host sets up is under it too, with an error of its own", () => {
    const state = newState({ memoryLimit: 2 * MIB });
    const big = new Uint8Array(4 * MIB);
    expect(thrownBy(() => state.setGlobal("x", big))).toBeInstanceOf(LuauMemoryError);
    using table = state.createTable();
    expect(thrownBy(() => table.set("x", big.buffer))).toBeInstanceOf(LuauMemoryError);
    using fn = state.load("return #...", "x");
    using thread = state.createThread(fn);
    const result = thread.resume([big]);
    expect(result.status === "failed" && result.error.code).toBe("memory");
    expect(thread.resume(["abc"])).toEqual({ status: "finished", values: [3] });
    expose(state, "big", () => big);
    expect(results(state, "return pcall(big)")).toEqual([false, "not enough memory"]);
    expect(thrownBy(() => state.load(`return {${"'a', 'b', ".repeat(rounds({ short: 2e5, full: 1e6 }))}}`, "x"))).toMatchObject({ code: "memory" });
  });

  test.each([1, 1000, 20_000])("a limit of %i bytes leaves no room for a state", (memoryLimit) => {
    expect(thrownBy(() => luau.createState({ memoryLimit }))).toBeInstanceOf(LuauMemoryError);
  });

  test("limits just large enough work or are refused, and never crash", () => {
    for (let memoryLimit = 20_000; memoryLimit < 150_000; memoryLimit += 997) {
      try {
        const state = newState({ memoryLimit });
        expose(state, "f", () => "x");
        state.sandbox();
        run(state, "local t = {} for i = 1, 100 do t[i] = {f()} end");
        state.dispose();
      } catch (error) {
        expect(error).toBeInstanceOf(LuauMemoryError);
      }
    }
  });

  test.each([0, -1, NaN])("%d is no limit", (memoryLimit) => {
    expect(thrownBy(() => luau.createState({ memoryLimit }))).toMatchObject({ code: "bad-option" });
  });
});

describe("external memory", () => {
  test("counts towards the limit", () => {
    const state = newState({ memoryLimit: 16 * MIB });
    const before = state.memoryUsed;
    state.addExternalMemory(10 * MIB);
    expect(state.memoryUsed - before).toBe(10 * MIB);
    expect(thrownBy(() => state.addExternalMemory(10 * MIB))).toBeInstanceOf(LuauMemoryError);
    expect(state.memoryUsed - before).toBe(10 * MIB);
    expect(failure(state, "return string.rep('x', 8 * 2^20)").code).toBe("memory");
    state.addExternalMemory(-10 * MIB);
    expect(results(state, "return #string.rep('x', 8 * 2^20)")).toEqual([8 * MIB]);
    expect(thrownBy(() => state.addExternalMemory(NaN))).toMatchObject({ code: "bad-value" });
  });

  test("drives the collector, so that lost objects make room", () => {
    const state = newState({ memoryLimit: 16 * MIB });
    let live = 0;
    let most = 0;
    const cls = state.defineClass<{ size: number }>({
      name: "Stream",
      methods: {},
      onCollect: ({ size }) => {
        live -= size;
        state.addExternalMemory(-size);
      },
    });
    expose(state, "stream", (call) => {
      const size = call.integer(1);
      state.addExternalMemory(size);
      live += size;
      most = Math.max(most, live);
      return cls.wrap({ size });
    });
    expect(results(state, "for i = 1, 2000 do stream(2^18) end return 'all of 512 MiB'")).toEqual(["all of 512 MiB"]);
    expect(most).toBeLessThanOrEqual(16 * MIB);
    expect(failure(state, "local t = {} while true do t[#t + 1] = stream(2^20) end")).toMatchObject({ code: "memory", line: 1 });
    state.collectGarbage();
    expect(live).toBe(0);
  });
});

function failInAllWays(): void {
  const state = luau.createState({ memoryLimit: 4 * MIB });
  run(state, "local t = {} while true do t[#t + 1] = {t} end");
  run(state, "while true do pcall(function() while true do end end) end", { budgetMs: 2 });
  run(state, "local function f() return f() + 1 end f()");
  state.dispose();
}

function useOnce(): void {
  const state = luau.createState();
  const cls = state.defineClass({ name: "Thing", methods: { f: () => 1 } });
  expose(state, "thing", () => cls.wrap({}));
  state.sandbox();
  results(state, "local t = {} for i = 1, 20 do t[i] = thing() end return t[1]:f()");
  expect(state.liveRefs).toBe(0);
  state.dispose();
}

describe("nothing grows", () => {
  test("thousands of states, made and disposed", () => {
    for (let i = 0; i < 300; i++) useOnce();
    const before = luau.memorySize;
    for (let i = 0; i < rounds({ short: 1000, full: 4000 }); i++) useOnce();
    expect(luau.memorySize).toBe(before);
    expect([luau.liveStates, luau.liveFunctions]).toEqual([0, 0]);
  });

  test("disposing frees whatever the script held, also after errors of all kinds", () => {
    for (let i = 0; i < 10; i++) failInAllWays();
    const before = luau.memorySize;
    for (let i = 0; i < rounds({ short: 20, full: 60 }); i++) failInAllWays();
    expect(luau.memorySize).toBe(before);
  });

  test("a hundred thousand entries, references and compiled chunks in one state", () => {
    const state = newState();
    using fn = state.load("local x = ... return {x}, x", "x");
    const cycle = (count: number) => {
      for (let i = 0; i < count; i++) {
        using thread = state.createThread(fn);
        const result = thread.resume(["some text"]);
        if (result.status === "finished") (result.values[0] as { dispose(): void }).dispose();
      }
    };
    cycle(5000);
    for (let i = 0; i < 500; i++) run(state, `return ${i} + 1, 'chunk ${i}'`);
    state.collectGarbage();
    const before = state.memoryUsed;
    cycle(rounds({ short: 25_000, full: 100_000 }));
    for (let i = 0; i < rounds({ short: 600, full: 2000 }); i++) run(state, `return ${i} + 1, 'chunk ${i}'`);
    state.collectGarbage();
    expect(Math.abs(state.memoryUsed - before)).toBeLessThan(128 * 1024);
    expect(state.liveRefs).toBe(1);
  });

  test("the module's memory can grow in the middle of a host call", async () => {
    using fresh = await loadLuau(await readLuauWasm());
    using state = fresh.createState();
    const before = fresh.memorySize;
    expose(state, "grow", (call) => {
      using fn = state.load("return string.rep('g', 2^25)", "grow.luau");
      using thread = state.createThread(fn);
      const result = thread.resume();
      const grown = result.status === "finished" ? (result.values[0] as Uint8Array).length : 0;
      return call.number(1) + grown + call.text(2).length;
    });
    expect(results(state, "return grow(1, 'abc')")).toEqual([1 + 2 ** 25 + 3]);
    expect(fresh.memorySize).toBeGreaterThan(before);
  });
});
