import { describe, expect, test } from "vitest";
import { expose, failure, newState } from "./harness.ts";

describe("who raised an error", () => {
  test.each([
    ["local x = nil; x()", "operation"],
    ["local x = nil; return x.y", "operation"],
    ["return 1 + {}", "operation"],
    ["string.rep()", "function"],
    ["host()", "function"],
    [`error("attempt to call a nil value")`, "script"],
    [`error("attempt to call a nil value", 2)`, "script"],
    [`error("test.luau:1: attempt to call a nil value", 0)`, "script"],
    [`assert(false, "attempt to call a nil value")`, "script"],
    [`error({})`, "script"],
    [`local _, problem = pcall(function() local x = nil; x() end) error(problem, 0)`, "script"],
    [`coroutine.wrap(function() error("attempt to call a nil value") end)()`, "script"],
    [`local raise = error; raise("attempt to call a nil value")`, "script"],
  ])("%s", (source, origin) => {
    const state = newState();
    expose(state, "host", () => {
      throw new Error("attempt to call a nil value");
    });
    expect(failure(state, source).origin).toBe(origin);
  });
});

describe("what a failed instruction was about", () => {
  test.each([
    ["prnt('x')", "prnt", true],
    ["local f = ({}).f; f()", "f", false],
    ["local f = ({}).f; local function g() f() end g()", "f", false],
    ["local t = { inner = {} }; t.inner.go()", "t.inner.go", false],
    ["local t = {}; t:go()", "t:go", false],
    ["local t = {}; local function g() t:go() end g()", "t:go", false],
    ["string.lenn('x')", "string.lenn", true],
    ["task.wait(1)", "task", true],
    ["task.spawn.now(1)", "task", true],
    ["game:GetService('x')", "game", true],
    ["game.Players.PlayerAdded:Connect(print)", "game", true],
    ["local n = nil; return 1 + n", "n", false],
    ["local n = nil; return n + 1", "n", false],
    ["local n = nil; return n * n", "n", false],
    ["return 2 - missing", "missing", true],
    ["local name = ({}).name; return 'a' .. 'b' .. name .. 'c'", "name", false],
    ["return 'a' .. missing", "missing", true],
    ["local t = {}; return 'a' .. t.name", "t.name", false],
    ["local t = nil; t.x = 1", "t", false],
    ["local t = nil; t[1] = 1", "t", false],
    ["local t = nil; return t[1]", "t", false],
    ["local t = nil; return #t", "t", false],
    ["local t = nil; return -t", "t", false],
    ["local t = ({}).t; for _ in t do end", "t", false],
    ["local n = nil; return n < 1", "n", false],
    ["local n = nil; return 1 >= n", "n", false],
    // Arguments are laid out before the call, and other calls may stand among them.
    ["local function id(x) return x end prnt(id(1), id(2))", "prnt", true],
  ])("%s", (source, path, isGlobal) => {
    expect(failure(newState(), source).subject).toMatchObject({ path, isGlobal });
  });

  test.each([
    ["(function() end)()()"],
    // Which of the two was taken is not known from the code alone.
    ["local a, b = nil, nil; (a or b)()"],
    [`error("attempt to call a nil value")`],
    ["string.rep()"],
  ])("%s has no name", (source) => {
    expect(failure(newState(), source).subject).toBeUndefined();
  });

  test("members are those of the globals, of the table, and of its __index", () => {
    expect(failure(newState(), "prnt()").subject?.members).toEqual(expect.arrayContaining(["print", "pairs", "string"]));
    expect(failure(newState(), "function mine() end yours()").subject?.members).toEqual(expect.arrayContaining(["mine", "print"]));
    expect(failure(newState(), "string.lenn('x')").subject?.members).toEqual(expect.arrayContaining(["len", "rep"]));
    expect(failure(newState(), "local s = 'x'; s:lenn()").subject?.members).toEqual(expect.arrayContaining(["len", "rep"]));
    expect(failure(newState(), "local c = setmetatable({}, { __index = { go = print } }); c:come()").subject?.members).toEqual(["go"]);
  });

  test("a table of many keys and long names tells some of them", () => {
    const source = `local t = {} for i = 1, 100000 do t["k" .. i] = i end t[string.rep("x", 1000)] = 1; t.go()`;
    const { subject } = failure(newState(), source);
    expect(subject?.path).toBe("t.go");
    expect(subject?.members).toHaveLength(256);
    expect(failure(newState(), `local t = {} t.${"x".repeat(1000)}()`).subject).toBeUndefined();
  });

  test("looking for the name calls nothing", () => {
    const error = failure(newState(), `local t = setmetatable({}, { __index = function(_, key) print("called") return nil end }); t.go()`);
    expect(error.subject).toMatchObject({ path: "t.go", members: [] });
  });
});
