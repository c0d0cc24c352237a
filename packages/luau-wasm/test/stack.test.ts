import { describe, expect, test } from "vitest";
import { LuauCrashError, loadLuau } from "../src/index.ts";
import { readLuauWasm } from "../src/node.ts";
import { expose, failure, newState, results, run, thrownBy } from "./harness.ts";

describe("calls that nest too deeply", () => {
  test.each([
    ["plain recursion", "local function f() return 1 + f() end f()"],
    ["mutual recursion", "local g local function f() g() return end function g() f() return end f()"],
    ["__index", "local t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x"],
    ["__add", "local m = {} m.__add = function(a, b) return a + b end local t = setmetatable({}, m) return t + t"],
    ["a gsub callback", "local function f() return (string.gsub('x', 'x', f)) end f()"],
    ["a sort comparator", "local function f() table.sort({1, 2, 3}, function(a, b) f() return a < b end) end f()"],
    ["tostring", "local t t = setmetatable({}, {__tostring = function() return tostring(t) end}) tostring(t)"],
    ["an iterator", "local function f() for x in f do end end f()"],
    ["coroutines", "local function f() return coroutine.wrap(f)() end f()"],
    ["host calls", "local function f() nest(f) return end f()"],
    ["host calls below a gsub", "local function f() string.gsub('x', 'x', function() nest(f) end) end f()"],
  ])("%s", (_, source) => {
    const state = newState();
    expose(state, "nest", (call) => {
      using fn = call.function(1);
      using thread = state.createThread(fn);
      const result = thread.resume();
      if (result.status === "failed") throw result.error;
    });
    const error = failure(state, source);
    expect(error.code).toBe("stack-overflow");
    expect(error.message).toMatch(/stack overflow/);
    expect(error.line).toBe(1);
    expect(results(state, "return 'alive'")).toEqual(["alive"]);
  });

  test("pcall catches it", () => {
    const state = newState();
    expect(results(state, "local function f() return 1 + f() end local ok, e = pcall(f) return ok, e")).toEqual([
      false,
      expect.stringMatching(/^test\.luau:1: stack overflow/),
    ]);
    expect(run(state, "local function f() return pcall(f) end return (f())").status).toBe("finished");
    expect(run(state, "local function f() return xpcall(f, function() return f() end) end return (f())").status).toBe("finished");
  });

  test("recursion within the limit works", () => {
    expect(results(newState(), "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(15000)")).toEqual([15000]);
  });
});

describe("when the engine's own stack runs out", () => {
  test("it is a crash of the module, told as such from then on, and the host lives", async () => {
    const fresh = await loadLuau(await readLuauWasm());
    const state = fresh.createState();
    using fn = state.load(
      "local m = {} m.__add = function(a, b) return a + b end local t = setmetatable({}, m) return pcall(function() return t + t end)",
      "x",
    );
    using thread = state.createThread(fn);
    let crash: unknown;
    // Goes down until the call no longer fits; from the bottom the script needs more stack than is left.
    const dive = (): void => {
      try {
        dive();
      } catch (error) {
        if (error instanceof LuauCrashError || thread.status !== "suspended") throw error;
        crash ??= error;
      }
      if (!(crash instanceof LuauCrashError) && thread.status === "suspended") {
        try {
          thread.resume();
        } catch (error) {
          crash = error;
        }
      }
    };
    try {
      dive();
    } catch (error) {
      crash = error;
    }
    expect(crash).toBeInstanceOf(LuauCrashError);
    expect(crash).toMatchObject({ code: "crashed" });
    for (const use of [() => state.createTable(), () => thread.resume(), () => state.load("", "x"), () => fresh.createState()]) {
      expect(thrownBy(use)).toBeInstanceOf(LuauCrashError);
    }
    fn.dispose();
    state.dispose();
    expect(fresh.liveStates).toBe(0);
    fresh.dispose();
  });
});
