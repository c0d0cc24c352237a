import { describe, expect, test } from "vitest";
import type { LuauFunction, LuauState } from "../src/index.ts";
import { failure, luau, newState, results, thrownBy } from "./harness.ts";

/** Makes what a hidden chunk returns a global. */
function exposeHidden(state: LuauState, name: string, source: string): void {
  using chunk = state.loadHidden(source);
  using thread = state.createThread(chunk);
  const result = thread.resume();
  if (result.status !== "finished") throw new Error(result.status);
  using made = result.values[0] as LuauFunction;
  state.setGlobal(name, made);
}

describe("hidden chunks", () => {
  test("an error in one is the caller's, with its line and without its frames", () => {
    const state = newState();
    exposeHidden(state, "helper", "return function(f) local x = f() return x + nil end");
    const error = failure(state, "\nlocal function outer()\n  helper(function() return 1 end)\nend\nouter()");
    expect(error).toMatchObject({
      chunk: "test.luau",
      line: 3,
      message: "attempt to perform arithmetic (add) on number and nil",
      text: "test.luau:3: attempt to perform arithmetic (add) on number and nil",
    });
    expect(error.frames).toEqual([
      { chunk: "test.luau", line: 3, function: "outer" },
      { chunk: "test.luau", line: 5 },
    ]);
  });

  test("an error of what it calls is where it is", () => {
    const state = newState();
    exposeHidden(state, "helper", "return function(f) f() end");
    expect(failure(state, "helper(function()\n  error('inside')\nend)")).toMatchObject({ line: 2, message: "inside" });
  });

  test("a budget that is spent in one, and a stack that overflows there, are told at the script's line", () => {
    const state = newState();
    exposeHidden(state, "spin", "return function() while true do end end");
    exposeHidden(state, "nest", "local function nest() return 1 + nest() end return nest");
    expect(failure(state, "\n\nspin()", { budgetMs: 50 })).toMatchObject({
      code: "interrupted",
      chunk: "test.luau",
      line: 3,
      text: "test.luau:3: the script ran for longer than its budget of 50 ms",
    });
    const overflow = failure(state, "\nnest()");
    expect(overflow).toMatchObject({ code: "stack-overflow", chunk: "test.luau", line: 2 });
    expect(overflow.frames.map(({ chunk }) => chunk)).not.toContain("[host]");
  });

  test("no other chunk can have their name", () => {
    const state = newState();
    exposeHidden(state, "helper", "return print");
    expect(thrownBy(() => state.load("return 1", "[host]"))).toMatchObject({ code: "bad-value" });
  });
});

describe("a function that takes text", () => {
  test("gets what tostring shows, of any value", () => {
    const state = newState();
    const got: string[] = [];
    using show = state.createFunction(
      "show",
      (call) => {
        for (let index = 1; index <= call.count; index++) got.push(call.text(index));
        return call.count;
      },
      { takesText: true },
    );
    state.setGlobal("show", show);
    expect(results(state, "return show(1, nil, true, 'text', vector.one, setmetatable({}, { __tostring = function() return 'shown' end })), show()")).toEqual([
      6, 0,
    ]);
    expect(got).toEqual(["1", "nil", "true", "text", "1, 1, 1", "shown"]);
  });

  test("is not called when a __tostring fails, which is an error at the caller's line", () => {
    const state = newState();
    using show = state.createFunction(
      "show",
      () => {
        throw new Error("it was called");
      },
      { takesText: true },
    );
    state.setGlobal("show", show);
    expect(
      failure(state, "\nshow(setmetatable({}, { __tostring = function() return 5 end and nil }), setmetatable({}, { __tostring = function() end }))"),
    ).toMatchObject({ line: 2, message: "'__tostring' must return a string" });
    expect(failure(state, "show(setmetatable({}, { __tostring = function()\n  error({}) end }))")).toMatchObject({ line: 2, valueType: "table" });
  });
});

test("a table of bytes is new each time, and counts against the limit", () => {
  const state = newState({ memoryLimit: 4 * 1024 * 1024 });
  using give = state.createFunction("give", (call) => state.createByteTable(call.bytes(1)).handOver());
  state.setGlobal("give", give);
  expect(results(state, "local t = give('\\0\\127\\255') t[1] = 9 return #t, t[2], t[3], give('\\0')[1], #give('')")).toEqual([3, 127, 255, 0, 0]);
  expect(failure(state, "give(string.rep('x', 1000000))").code).toBe("memory");
});

test("the first line may name an interpreter", () => {
  expect(luau.syntaxFaults("#!/usr/bin/env luau\nlocal x = 1\nreturn x")).toEqual([]);
  expect(luau.syntaxFaults("#!/usr/bin/env luau\nlocal x =")).toMatchObject([{ line: 1 }]);
  expect(luau.syntaxFaults("\n#!/usr/bin/env luau")).not.toEqual([]);
  expect(luau.namesOf(new TextEncoder().encode("#!x\nlocal x = 1"))).toEqual([{ line: 1, column: 6, length: 1, local: 0, kind: "declaration" }]);
});
