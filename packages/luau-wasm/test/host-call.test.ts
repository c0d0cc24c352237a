import { describe, expect, test } from "vitest";
import { LuauMemoryError, LuauRawError, SUSPEND, values } from "../src/index.ts";
import type { HostCall, LuauThread } from "../src/index.ts";
import { expose, failure, newState, results, run, thrownBy } from "./harness.ts";

/** What a call with these arguments raises, without the position. */
function raised(use: (call: HostCall) => unknown, args: string): string {
  const state = newState();
  expose(state, "send", (call) => void use(call));
  return failure(state, `send(${args})`).message;
}

describe("checked arguments raise in Luau's words", () => {
  test.each<[string, (call: HostCall) => unknown, string, string]>([
    ["number", (c) => c.number(1), "{}", "invalid argument #1 to 'send' (number expected, got table)"],
    ["number, nil", (c) => c.number(2), "1, nil", "invalid argument #2 to 'send' (number expected, got nil)"],
    ["number, missing", (c) => c.number(1), "", "missing argument #1 to 'send' (number expected)"],
    ["number, missing further back", (c) => c.number(3), "1", "missing argument #3 to 'send' (number expected)"],
    ["number, text that is none", (c) => c.number(1), "'x'", "invalid argument #1 to 'send' (number expected, got string)"],
    ["integer, fraction", (c) => c.integer(1), "1.5", "invalid argument #1 to 'send' (integer expected, got 1.5)"],
    ["integer, NaN", (c) => c.integer(1), "0/0", "invalid argument #1 to 'send' (integer expected, got NaN)"],
    ["integer, too large", (c) => c.integer(1), "2^53", "invalid argument #1 to 'send' (integer expected, got 9007199254740992)"],
    ["boolean", (c) => c.boolean(1), "1", "invalid argument #1 to 'send' (boolean expected, got number)"],
    ["bytes", (c) => c.bytes(1), "true", "invalid argument #1 to 'send' (string expected, got boolean)"],
    ["text", (c) => c.text(1), "buffer.create(1)", "invalid argument #1 to 'send' (string expected, got buffer)"],
    ["buffer", (c) => c.buffer(1), "'x'", "invalid argument #1 to 'send' (buffer expected, got string)"],
    ["function", (c) => c.function(1), "'x'", "invalid argument #1 to 'send' (function expected, got string)"],
    ["function, missing", (c) => c.function(1), "", "missing argument #1 to 'send' (function expected)"],
    ["table", (c) => c.table(1), "vector.zero", "invalid argument #1 to 'send' (table expected, got vector)"],
    ["fail", (c) => c.fail(1, "port out of range: 70000"), "70000", "invalid argument #1 to 'send' (port out of range: 70000)"],
    ["fail, no such argument", (c) => c.fail(2, "address needed"), "1", "invalid argument #2 to 'send' (address needed)"],
  ])("%s", (_, use, args, message) => {
    expect(raised(use, args)).toBe(message);
  });

  test("the position is that of the call", () => {
    const state = newState();
    expose(state, "send", (call) => call.number(1));
    const error = failure(state, "local x = 1\n\nsend({})");
    expect(error).toMatchObject({ code: "runtime", chunk: "test.luau", line: 3 });
    expect(error.text).toBe("test.luau:3: invalid argument #1 to 'send' (number expected, got table)");
    expect(error.frames).toEqual([
      { chunk: "[C]", function: "send" },
      { chunk: "test.luau", line: 3 },
    ]);
  });
});

describe("reading arguments", () => {
  test("numbers and strings stand in for each other as in the library", () => {
    const state = newState();
    expose(state, "seen", (call) => values(call.number(1), call.text(2), call.bytes(3)));
    expect(results(state, "return seen('0x10', 1.5, 42)")).toEqual([16, "1.5", "42"]);
  });

  test("type, typeName and isNoneOrNil tell none from nil", () => {
    const state = newState();
    const point = state.defineClass({ name: "Point", methods: {} });
    state.setGlobal("p", point.wrap({}));
    const types: string[] = [];
    const names: string[] = [];
    let empty: boolean[] = [];
    expose(state, "look", (call) => {
      for (let i = 1; i <= call.count + 1; i++) {
        types.push(call.type(i));
        names.push(call.typeName(i));
        empty.push(call.isNoneOrNil(i));
      }
    });
    run(state, "look(nil, true, 1, 's', {}, print, coroutine.running(), p, buffer.create(1), vector.zero)");
    expect(types).toEqual(["nil", "boolean", "number", "string", "table", "function", "thread", "userdata", "buffer", "vector", "none"]);
    expect(names).toEqual(["nil", "boolean", "number", "string", "table", "function", "thread", "Point", "buffer", "vector", "no value"]);
    expect(empty).toEqual([true, ...Array.from({ length: 9 }, () => false), true]);
  });

  test("a call is over when the function has returned", () => {
    const state = newState();
    let kept: HostCall | undefined;
    expose(state, "keep", (call) => void (kept = call));
    run(state, "keep(1)");
    expect(thrownBy(() => kept!.number(1))).toMatchObject({ code: "disposed" });
    expect(thrownBy(() => kept!.self())).toMatchObject({ code: "disposed" });
  });

  test("the arguments of an outer call survive calls inside of it", () => {
    const state = newState();
    expose(state, "outer", (call) => {
      const before = call.text(1);
      using fn = call.function(2);
      using thread = state.createThread(fn);
      const inner = thread.resume(["inner"]);
      return values(before, call.text(1), call.count, inner.status === "finished" ? (inner.values[0] as number) : null);
    });
    expect(results(state, "return outer('a', function(x) return select(4, outer(x, function() return 7 end)) end)")).toEqual(["a", "a", 2, 7]);
  });
});

describe("errors of the host", () => {
  test("an Error becomes an error at the caller's position, which pcall catches", () => {
    const state = newState();
    expose(state, "connect", () => {
      throw new TypeError("connection refused");
    });
    expect(results(state, "return pcall(function()\n connect() end)")).toEqual([false, "test.luau:2: connection refused"]);
    expect(results(state, "return xpcall(connect, function(e) return '<' .. e .. '>' end)")).toEqual([false, "<connection refused>"]);
  });

  test("uncaught, it keeps the host's error as cause", () => {
    const state = newState();
    const cause = new RangeError("no such host");
    expose(state, "connect", () => {
      throw cause;
    });
    const error = failure(state, "connect()");
    expect(error.cause).toBe(cause);
    expect(error).toMatchObject({ message: "no such host", text: "test.luau:1: no such host", line: 1 });
    expect(failure(state, "pcall(connect) error('another')").cause).toBeUndefined();
  });

  test("LuauRawError has no position in front, and LuauMemoryError is Luau's own", () => {
    const state = newState();
    expose(state, "raw", () => {
      throw new LuauRawError("as it is");
    });
    expose(state, "memory", () => {
      throw new LuauMemoryError();
    });
    expect(failure(state, "\nraw()")).toMatchObject({ text: "as it is", line: 2 });
    expect(failure(state, "memory()")).toMatchObject({ code: "memory", text: "not enough memory", line: 1 });
    expect(results(state, "return pcall(memory)")).toEqual([false, "not enough memory"]);
  });

  test.each([
    ["a string", "just text", "just text"],
    ["nothing", undefined, "undefined"],
    ["an object", { toString: () => "shown" }, "shown"],
    ["what cannot be shown", Object.create(null) as object, "not enough memory"],
  ])("thrown: %s", (_, thrown, message) => {
    const state = newState();
    expose(state, "odd", () => {
      // eslint-disable-next-line no-throw-literal
      throw thrown;
    });
    expect(failure(state, "odd()").message).toBe(message);
  });

  test("a result that cannot cross is an error of the script, which lives on", () => {
    const state = newState();
    expose(state, "odd", () => ({}) as never);
    expect(results(state, "local ok, message = pcall(odd) return ok, message")).toEqual([false, expect.stringContaining("wrap it")]);
  });

  test("an error in a long loop leaves nothing behind", () => {
    const state = newState();
    expose(state, "boom", (call) => {
      throw new Error(call.text(1).repeat(2000));
    });
    results(state, "for i = 1, 2000 do pcall(boom, 'abcdefghij') end");
    state.collectGarbage();
    const before = state.memoryUsed;
    results(state, "for i = 1, 2000 do pcall(boom, 'abcdefghij') end");
    state.collectGarbage();
    expect(state.memoryUsed - before).toBeLessThan(64 * 1024);
  });
});

describe("entering again from a host call", () => {
  test("a host function runs other threads, and their errors can go on through it", () => {
    const state = newState();
    expose(state, "protect", (call) => {
      using fn = call.function(1);
      using thread = state.createThread(fn);
      const result = thread.resume();
      if (result.status === "failed") throw result.error;
      return values(...(result.values as number[]));
    });
    expect(results(state, "return protect(function() return 1, 2 end)")).toEqual([1, 2]);
    const error = failure(state, "local x\nprotect(function()\n error('deep') end)");
    expect(error.text).toBe("test.luau:3: deep");
    expect(results(state, "return pcall(protect, function() protect(function() error({}) end) end)")).toEqual([false, "(the error value is a table)"]);
  });

  test("a host function compiles and hands back a function", () => {
    const state = newState();
    expose(state, "loadstring", (call) => state.load(call.bytes(1), "inner.luau").handOver());
    expect(results(state, "return loadstring('return 6 * 7')()")).toEqual([42]);
    expect(results(state, "return (select(2, pcall(loadstring, 'x =')))")).toEqual([expect.stringContaining("Expected identifier")]);
  });

  test("two states call each other", () => {
    const one = newState();
    const two = newState();
    expose(two, "double", (call) => call.number(1) * 2);
    expose(one, "ask", (call) => {
      using fn = two.load("return double(...) + 1", "two.luau");
      using thread = two.createThread(fn);
      const result = thread.resume([call.number(1)]);
      return result.status === "finished" ? (result.values[0] as number) : null;
    });
    expect(results(one, "return ask(20)")).toEqual([41]);
  });

  test("a state cannot be disposed from inside of itself", () => {
    const state = newState();
    let error: unknown;
    expose(state, "end_", () => {
      error = thrownBy(() => state.dispose());
    });
    expect(results(state, "end_() return 1")).toEqual([1]);
    expect(error).toMatchObject({ code: "in-use" });
  });

  test("statuses as seen from a host call", () => {
    const state = newState();
    let inner: LuauThread | undefined;
    const seen: string[] = [];
    expose(state, "look", (call) => {
      using self = call.thread();
      seen.push(self.status);
      if (inner) seen.push(inner.status);
      expect(thrownBy(() => self.resume())).toMatchObject({ code: "not-suspended" });
    });
    expose(state, "nest", (call) => {
      inner = call.thread();
      using fn = call.function(1);
      using thread = state.createThread(fn);
      thread.resume();
      inner.dispose();
      inner = undefined;
    });
    results(state, "look() nest(function() look() end)");
    expect(seen).toEqual(["running", "running", "normal"]);
  });
});

test("names of functions are what errors and stacks say", () => {
  const state = newState();
  using table = state.createTable();
  using fn = state.createFunction("zone.socket.update", (call: HostCall) => void call.number(1));
  table.set("update", fn);
  state.setGlobal("socket", table);
  expect(failure(state, "socket.update()").message).toBe("missing argument #1 to 'zone.socket.update' (number expected)");
  expect(fn.kind).toBe("function");
});

test("SUSPEND where the coroutine cannot be suspended is an error", () => {
  const state = newState();
  const yieldable: boolean[] = [];
  expose(state, "wait", (call) => {
    yieldable.push(call.isYieldable);
    return SUSPEND;
  });
  for (const source of [
    "table.sort({1, 2, 3}, function() wait() end)",
    "string.gsub('x', 'x', function() wait() end)",
    "local t = setmetatable({}, {__index = function() wait() end}) return t.x",
  ]) {
    expect(failure(state, source).message).toContain("attempt to yield across metamethod/C-call boundary");
  }
  expect(yieldable).toEqual([false, false, false]);
});
