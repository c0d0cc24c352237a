import { describe, expect, test } from "vitest";
import { SUSPEND } from "../src/index.ts";
import type { LuauFunction, LuauThread } from "../src/index.ts";
import { expose, failure, newState, results, run, thrownBy } from "./harness.ts";

const BUDGET = { budgetMs: 60 };
/** Far above the budget, far below a test's time limit: these are no measurements. */
const AT_ONCE_MS = 5000;

describe("the time budget ends", () => {
  test.each([
    ["a loop", "while true do end"],
    ["repeat", "repeat until false"],
    ["a numeric loop", "for i = 1, math.huge do end"],
    ["recursion without end by tail of a loop", "local function f() return pcall(f) end while true do f() end"],
    ["pcall in a loop", "while true do pcall(function() while true do end end) end"],
    ["pcall of pcall", "while true do pcall(pcall, pcall, function() while true do end end) end"],
    ["xpcall with a handler that loops", "while true do xpcall(function() while true do end end, function() while true do end end) end"],
    ["an error in a pcall in a loop", "while true do pcall(error, 'x') end"],
    ["a sort comparator", "local t = {} for i = 1, 100 do t[i] = i end table.sort(t, function(a, b) while true do end end)"],
    ["pcall of a sort whose comparator loops", "local t = {3, 2, 1} while true do pcall(table.sort, t, function(a, b) while true do end end) end"],
    ["short comparators without end", "local t = {} for i = 1, 1e4 do t[i] = i end while true do table.sort(t, function(a, b) return a > b end) end"],
    ["__index", "local t = setmetatable({}, {__index = function() while true do end end}) return t.x"],
    [
      "__eq under pcall",
      "local m = {__eq = function() while true do end end} while true do pcall(function() return setmetatable({}, m) == setmetatable({}, m) end) end",
    ],
    ["__tostring", "tostring(setmetatable({}, {__tostring = function() while true do end end}))"],
    ["__iter", "for x in setmetatable({}, {__iter = function() return function() return 1 end end}) do end"],
    ["a gsub callback", "string.gsub('x', 'x', function() while true do end end)"],
    ["a pattern that tries everything", "string.find(string.rep('a', 1e5), '.-.-.-.-b')"],
    ["a coroutine", "coroutine.wrap(function() while true do end end)()"],
    ["coroutines in a loop", "while true do coroutine.resume(coroutine.create(function() while true do end end)) end"],
    ["coroutines that yield", "local f = coroutine.wrap(function() while true do coroutine.yield() end end) while true do f() end"],
    ["slow library calls", "while true do local s = string.rep('x', 1e6) end"],
    // The clock is read rarely after quick steps; that must not put it off for as many slow ones.
    ["quick steps, then slow ones", "local s = string.rep('a', 3e7) for i = 1, 3e5 do end while true do string.find(s, 'b', 1, true) end"],
    ["a library function as the thread's own", "while true do pcall(select, '#') end"],
    ["goto by continue", "while true do continue end"],
  ])("%s", (_, source) => {
    const state = newState();
    const started = performance.now();
    const error = failure(state, source, BUDGET);
    expect(performance.now() - started).toBeLessThan(AT_ONCE_MS);
    expect(error.code).toBe("interrupted");
    expect(results(state, "return 1 + 1")).toEqual([2]);
  });

  test("the error tells the line of the loop", () => {
    const error = failure(newState(), "local x = 0\nlocal function spin()\n  while true do\n    x += 1\n  end\nend\nspin()", BUDGET);
    expect(error.message).toBe("the script ran for longer than its budget of 60 ms");
    expect(error.chunk).toBe("test.luau");
    expect([3, 4, 5]).toContain(error.line);
    expect(error.frames.map((frame) => frame.function)).toEqual(["spin", undefined]);
  });

  test("an error value whose __tostring never ends is told without it", () => {
    const error = failure(newState(), "error(setmetatable({}, {__tostring = function() while true do end end}))", BUDGET);
    expect(error).toMatchObject({ code: "runtime", message: "(the error value cannot be shown)", valueType: "table" });
  });

  test("a pcall as the whole thread does not swallow it", () => {
    const state = newState();
    using pcallFn = state.getGlobal("pcall") as LuauFunction;
    using spin = state.load("while true do end", "spin.luau");
    using thread = state.createThread(pcallFn);
    const result = thread.resume([spin], BUDGET);
    expect(result.status === "failed" && result.error.code).toBe("interrupted");
    expect(result.status === "failed" && result.error.message).toBe("the script ran for longer than its budget");
  });
});

describe("the budget is that of one entry", () => {
  test("a script that is done in time notices nothing", () => {
    const state = newState();
    expect(results(state, "local n = 0 for i = 1, 1e5 do n += i end return n", { budgetMs: 20_000 })).toEqual([5000050000]);
  });

  test("each entry has its own", () => {
    const state = newState();
    let thread: LuauThread | undefined;
    expose(state, "wait", (call) => {
      thread?.dispose();
      thread = call.thread();
      return SUSPEND;
    });
    run(state, "while true do wait() local n = os.clock() + 0.1 while os.clock() < n do end end", { budgetMs: 2000 });
    for (let i = 0; i < 25; i++) expect(thread!.resume([], { budgetMs: 2000 })).toEqual({ status: "suspended", values: [] });
    thread!.dispose();
  });

  test("without one, a long loop ends by itself", () => {
    expect(results(newState(), "local n = 0 for i = 1, 3e6 do n += 1 end return n")).toEqual([3e6]);
  });

  test("0 ends a script at its first safepoint; negative ones and NaN are refused", () => {
    const state = newState();
    expect(failure(state, "for i = 1, 10 do end", { budgetMs: 0 }).code).toBe("interrupted");
    for (const budgetMs of [-1, NaN]) expect(thrownBy(() => run(state, "", { budgetMs }))).toMatchObject({ code: "bad-option" });
  });

  test("an outer budget ends an inner entry, and then the outer one", () => {
    const state = newState();
    const inner: string[] = [];
    expose(state, "nest", (call) => {
      using fn = call.function(1);
      using thread = state.createThread(fn);
      const result = thread.resume();
      inner.push(result.status === "failed" ? result.error.code : result.status);
    });
    expect(failure(state, "while true do pcall(nest, function() while true do end end) end", BUDGET).code).toBe("interrupted");
    expect(inner).toEqual(["interrupted"]);
  });

  test("an inner budget ends the inner entry only", () => {
    const state = newState();
    const inner: string[] = [];
    expose(state, "nest", (call) => {
      using fn = call.function(1);
      using thread = state.createThread(fn);
      const result = thread.resume([], { budgetMs: 20 });
      if (result.status === "failed") inner.push(result.error.code);
    });
    expect(results(state, "for i = 1, 3 do nest(function() while true do end end) end return 'went on'", { budgetMs: 20_000 })).toEqual(["went on"]);
    expect(results(state, "nest(function() while true do end end) return 'went on'")).toEqual(["went on"]);
    expect(inner).toEqual(["interrupted", "interrupted", "interrupted", "interrupted"]);
  });

  test("an inner entry cannot have more than the outer one", () => {
    const state = newState();
    expose(state, "nest", (call) => {
      using fn = call.function(1);
      using thread = state.createThread(fn);
      thread.resume([], { budgetMs: 1e9 });
    });
    expect(failure(state, "nest(function() while true do end end) while true do end", BUDGET).code).toBe("interrupted");
  });
});
