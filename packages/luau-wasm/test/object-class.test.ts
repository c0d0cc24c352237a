import { describe, expect, test } from "vitest";
import { values } from "../src/index.ts";
import type { LuauClass, LuauState } from "../src/index.ts";
import { asText, expose, failure, newState, results, run, thrownBy } from "./harness.ts";

class Connection {
  readonly sent: unknown[] = [];
  readonly ip: string;
  constructor(ip: string) {
    this.ip = ip;
  }
}
class Stream {
  size = 3;
}

function network(state: LuauState, collected: object[] = []): { connections: LuauClass<Connection>; streams: LuauClass<Stream> } {
  const streams: LuauClass<Stream> = state.defineClass<Stream>({
    name: "ByteStream",
    methods: { length: (call) => call.self<Stream>().size },
    metamethods: {
      __len: (call) => call.self<Stream>().size,
      __tostring: (call) => `ByteStream(${call.self<Stream>().size})`,
      __eq: (call) => call.self<Stream>().size === call.object(1, streams).size,
      __lt: (call) => call.self<Stream>().size < call.object(1, streams).size,
    },
    onCollect: (stream) => collected.push(stream),
  });
  const connections: LuauClass<Connection> = state.defineClass<Connection>({
    name: "NetConnection",
    methods: {
      getIp: (call) => call.self<Connection>().ip,
      send: (call) => {
        const stream = call.object(1, streams);
        call.self<Connection>().sent.push(stream);
        return stream.size;
      },
      both: (call) => values(call.count, call.number(1), call.number(2)),
      me: (call) => connections.wrap(call.self<Connection>()),
    },
    onCollect: (connection) => collected.push(connection),
  });
  return { connections, streams };
}

describe("userdata classes", () => {
  test("methods, typeof, length, tostring and comparison", () => {
    const state = newState();
    const { connections, streams } = network(state);
    const connection = new Connection("127.0.0.1");
    const stream = new Stream();
    state.setGlobal("c", connections.wrap(connection));
    state.setGlobal("s", streams.wrap(stream));
    state.setGlobal("s2", streams.wrap(new Stream()));
    expect(results(state, "return c:getIp(), c:send(s), typeof(c), type(c), #s, tostring(s), s == s2, s < s2, c:both(1, 2)")).toEqual([
      "127.0.0.1",
      3,
      "NetConnection",
      "userdata",
      3,
      "ByteStream(3)",
      true,
      false,
      2,
      1,
      2,
    ]);
    expect(connection.sent).toEqual([stream]);
    expect(results(state, "return tostring(c)")[0]).toMatch(/^NetConnection: 0x/);
  });

  test("the same object is the same userdata, and comes back as itself", () => {
    const state = newState();
    const { connections } = network(state);
    const connection = new Connection("::1");
    state.setGlobal("a", connections.wrap(connection));
    state.setGlobal("b", connections.wrap(connection));
    expect(results(state, "local t = {[a] = 1} return a == b, rawequal(a, b), rawequal(a, a:me()), t[b], a")).toEqual([true, true, true, 1, connection]);
    expect(connections.is(connection)).toBe(true);
    expect(connections.is(new Connection("::2"))).toBe(false);
    expect(connections.is(null)).toBe(false);
    expect(state.liveObjects).toBe(1);
  });

  test.each([
    ["c:send('x')", "invalid argument #1 to 'send' (ByteStream expected, got string)"],
    ["c:send()", "missing argument #1 to 'send' (ByteStream expected)"],
    ["c:send(nil)", "invalid argument #1 to 'send' (ByteStream expected, got nil)"],
    ["c:send(c)", "invalid argument #1 to 'send' (ByteStream expected, got NetConnection)"],
    ["c:send(newproxy())", "invalid argument #1 to 'send' (ByteStream expected, got userdata)"],
    ["c:both(1, {})", "invalid argument #2 to 'both' (number expected, got table)"],
    ["c:both(1)", "missing argument #2 to 'both' (number expected)"],
    ["c.send(s)", "'send' must be called with ':' on a NetConnection, as in object:send(...), not object.send(...) (NetConnection expected, got ByteStream)"],
    ["c.send()", "'send' must be called with ':' on a NetConnection, as in object:send(...), not object.send(...) (NetConnection expected, got nothing)"],
    ["c.send('x')", "'send' must be called with ':' on a NetConnection, as in object:send(...), not object.send(...) (NetConnection expected, got string)"],
    ["c:missing()", "attempt to call missing method 'missing' of NetConnection"],
    ["c.field = 1", "attempt to index NetConnection with 'field'"],
    ["local x = c + 1", "attempt to perform arithmetic (add) on NetConnection and number"],
  ])("%s", (source, message) => {
    const state = newState();
    const { connections, streams } = network(state);
    state.setGlobal("c", connections.wrap(new Connection("x")));
    state.setGlobal("s", streams.wrap(new Stream()));
    expect(failure(state, source).text).toBe(`test.luau:1: ${message}`);
  });

  test("a method works as a value when it gets its object", () => {
    const state = newState();
    const { connections } = network(state);
    state.setGlobal("c", connections.wrap(new Connection("x")));
    expect(results(state, "local f = c.getIp return f(c), pcall(f, c)")).toEqual(["x", true, "x"]);
    expect(results(state, "return c.nothing")).toEqual([undefined]);
  });

  test("the metatable is locked, the methods are closed", () => {
    const state = newState();
    const { connections } = network(state);
    state.setGlobal("c", connections.wrap(new Connection("x")));
    expect(results(state, "return getmetatable(c)")).toEqual(["The metatable is locked"]);
    expect(failure(state, "setmetatable(c, {})").message).toBe("invalid argument #1 to 'setmetatable' (table expected, got NetConnection)");
    expect(failure(state, "getmetatable(c).__index = {}").message).toContain("attempt to index string");
    expect(failure(state, "rawset(c, 'x', 1)").message).toContain("table expected, got NetConnection");
  });

  test("onCollect comes once for each object, when no script can reach it any more", () => {
    const state = newState();
    const collected: object[] = [];
    const { connections } = network(state, collected);
    const kept = new Connection("kept");
    const lost = new Connection("lost");
    state.setGlobal("c", connections.wrap(kept));
    state.setGlobal("gone", connections.wrap(lost));
    state.collectGarbage();
    expect(collected).toEqual([]);
    state.setGlobal("gone", null);
    state.collectGarbage();
    expect(collected).toEqual([lost]);
    expect(state.liveObjects).toBe(1);
    state.setGlobal("gone", connections.wrap(lost));
    expect(results(state, "return gone:getIp()")).toEqual(["lost"]);
    state.dispose();
    expect(collected).toHaveLength(3);
    expect(new Set(collected)).toEqual(new Set([kept, lost]));
  });

  test("onCollect may use the state, also while it is being disposed", () => {
    const state = newState();
    const cls = state.defineClass<{ size: number }>({
      name: "Blob",
      methods: {},
      onCollect: (blob) => state.addExternalMemory(-blob.size),
    });
    expose(state, "blob", (call) => {
      const size = call.integer(1);
      state.addExternalMemory(size);
      return cls.wrap({ size });
    });
    const before = state.memoryUsed;
    run(state, "for i = 1, 100 do blob(1000000) end kept = blob(5000000)");
    state.collectGarbage();
    expect(state.memoryUsed - before).toBeGreaterThan(5_000_000);
    expect(state.memoryUsed - before).toBeLessThan(5_200_000);
    expect(() => state.dispose()).not.toThrow();
  });

  test("objects that are made and lost while a script runs are not kept", () => {
    const state = newState();
    const collected: object[] = [];
    const { streams } = network(state, collected);
    let most = 0;
    expose(state, "stream", () => {
      most = Math.max(most, state.liveObjects);
      return streams.wrap(new Stream());
    });
    run(state, "for i = 1, 200000 do stream() end");
    expect(most).toBeLessThan(50_000);
    state.collectGarbage();
    expect(collected).toHaveLength(200_000);
    expect(state.liveObjects).toBe(0);
  });

  test("one object pushed again and again through collections stays the same", () => {
    const state = newState();
    const { streams } = network(state);
    const stream = new Stream();
    expose(state, "stream", () => streams.wrap(stream));
    expect(results(state, "local kept = stream() for i = 1, 20000 do local t = {i} assert(stream() == kept) end return kept")).toEqual([stream]);
    // With no script holding it, each round may see a new userdata; the counts still have to match.
    run(state, "for i = 1, 200000 do stream() end");
    state.collectGarbage();
    expect(state.liveObjects).toBe(0);
    expect(results(state, "return stream():length()")).toEqual([3]);
  });

  test("a state has room for 127 classes", () => {
    const state = newState();
    for (let i = 1; i <= 127; i++) state.defineClass({ name: `Class${i}`, methods: {} });
    expect(thrownBy(() => state.defineClass({ name: "OneMore", methods: {} }))).toMatchObject({
      code: "too-many-classes",
      message: expect.stringContaining("OneMore"),
    });
  });

  test("a class of another state is refused as an argument's type", () => {
    const one = newState();
    const other = newState();
    const foreign = other.defineClass({ name: "Foreign", methods: {} });
    const own = one.defineClass({ name: "Own", methods: {} });
    expose(one, "take", (call) => void call.object(1, foreign));
    one.setGlobal("o", own.wrap({}));
    expect(failure(one, "take(o)").message).toContain("Foreign belongs to another Luau state");
  });

  test("errors in metamethods have a position", () => {
    const state = newState();
    const cls = state.defineClass({
      name: "Odd",
      methods: {},
      metamethods: {
        __len: () => {
          throw new Error("no length");
        },
        __call: (call) => values(asText(call.value(1) as Uint8Array) as string, call.count),
      },
    });
    state.setGlobal("odd", cls.wrap({}));
    expect(failure(state, "local x = 1\nreturn #odd").text).toBe("test.luau:2: no length");
    expect(results(state, "return odd('a', 'b')")).toEqual(["a", 2]);
  });
});
