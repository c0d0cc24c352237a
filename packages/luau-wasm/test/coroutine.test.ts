import { describe, expect, test } from "vitest";
import { LuauThread, SUSPEND, values } from "../src/index.ts";
import type { LuauState, Pushable } from "../src/index.ts";
import { asText, expose, failure, newState, results, run, thrownBy } from "./harness.ts";

/** Makes `wait(...)` a global that suspends; gives the list of the threads that wait. */
function waiting(state: LuauState): LuauThread[] {
  const threads: LuauThread[] = [];
  expose(state, "wait", (call) => {
    expect(call.isYieldable).toBe(true);
    threads.push(call.thread());
    return SUSPEND;
  });
  return threads;
}

/** Starts a chunk that is to be suspended in `wait`. */
function start(state: LuauState, source: string): void {
  expect(run(state, source)).toEqual({ status: "suspended", values: [] });
}

function answer(thread: LuauThread, ...args: Pushable[]): unknown {
  const result = thread.resume(args);
  thread.dispose();
  return result.status === "failed" ? result.error.text : result.values.map(asText);
}

describe("host calls that suspend", () => {
  test("resume gives the call its results", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "local a, b, c = wait(1, 2) return 'got', a, b, c, select('#', wait2 and wait2())");
    expect(threads[0]!.status).toBe("suspended");
    expect(answer(threads[0]!, "x", 7)).toEqual(["got", "x", 7, undefined, 1]);
  });

  test("no results, many results", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "return select('#', wait()), select('#', wait())");
    const thread = threads[0]!;
    expect(thread.resume([])).toEqual({ status: "suspended", values: [] });
    threads[1]!.dispose();
    expect(answer(thread, ...Array.from({ length: 500 }, () => null))).toEqual([0, 500]);
  });

  test("values too large for the scratch are freed once, whatever calls happen before the thread comes back", () => {
    const state = newState();
    const [size, rounds] = [200_000, 50];
    expose(state, "large", () => new Uint8Array(size).fill(0x62));
    const threads = waiting(state);
    // Each round makes a buffer that is likely to get the place of the last string on its way.
    start(
      state,
      `
      local kept = {}
      for round = 1, ${rounds} do
        local sum = #wait() + #large()
        kept[round] = buffer.create(sum / 2)
        buffer.fill(kept[round], 0, round)
      end
      wait()
      for round, bytes in kept do
        assert(buffer.tostring(bytes) == string.rep(string.char(round), ${size}), "round " .. round)
      end
      return pcall(wait)`,
    );
    for (let round = 0; round <= rounds; round++) {
      const result = threads[round]!.resume([new Uint8Array(size).fill(0x61)]);
      expect(result).toEqual({ status: "suspended", values: [] });
    }
    const result = threads[rounds + 1]!.fail("x".repeat(size));
    expect(result.status === "finished" && result.values[0]).toBe(false);
    for (const thread of threads) thread.dispose();
  });

  test("fail raises where the call is, and pcall catches it", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "local ok, message = pcall(function()\n  wait()\nend)\nreturn ok, message");
    const result = threads[0]!.fail("connection refused");
    threads[0]!.dispose();
    expect(result.status === "finished" && result.values.map(asText)).toEqual([false, "test.luau:2: connection refused"]);
  });

  test("fail that nothing catches tells position and stack", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "local function listen()\n  wait()\n  return\nend\nlisten()\nreturn");
    const result = threads[0]!.fail("timed out");
    expect(result.status === "failed" && result.error).toMatchObject({
      code: "runtime",
      message: "timed out",
      line: 2,
      frames: [
        { chunk: "[C]", function: "wait" },
        { chunk: "test.luau", line: 2, function: "listen" },
        { chunk: "test.luau", line: 5 },
      ],
    });
    expect(threads[0]!.status).toBe("failed");
    expect(thrownBy(() => threads[0]!.resume())).toMatchObject({ code: "not-suspended", message: expect.stringContaining("failed") });
    threads[0]!.dispose();
  });

  test("xpcall's handler and error values pass the wait", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "return xpcall(function(...) wait() error({code = ...}) end, function(e) return e.code end, 9)");
    expect(answer(threads[0]!)).toEqual([false, 9]);
  });

  test("pcall goes on over several waits", () => {
    const state = newState();
    const threads = waiting(state);
    start(state, "local sum = 0 for i = 1, 3 do local ok, x = pcall(wait) sum += ok and x or 100 end return sum");
    const thread = threads[0]!;
    thread.resume([1]);
    thread.fail("no");
    const result = thread.resume([5]);
    for (const each of threads) each.dispose();
    expect(result).toEqual({ status: "finished", values: [106] });
  });

  test("an iterator and a method may wait", () => {
    const state = newState();
    const threads = waiting(state);
    const cls = state.defineClass({ name: "Client", methods: { listen: (call) => (threads.push(call.thread()), SUSPEND) } });
    state.setGlobal("client", cls.wrap({}));
    start(state, "local n = 0 for x in wait do n += x end return n, client:listen(1)");
    const thread = threads[0]!;
    thread.resume([4]);
    thread.resume([5]);
    thread.resume([]);
    const result = thread.resume(["done"]);
    expect(result.status === "finished" && result.values.map(asText)).toEqual([9, "done"]);
    for (const each of threads) each.dispose();
  });

  test("thousands wait at the same time, and are answered in any order", () => {
    const state = newState();
    const threads = waiting(state);
    run(state, "done = {} for i = 1, 5000 do coroutine.wrap(function() done[i] = wait() end)() end");
    expect(threads).toHaveLength(5000);
    threads
      .map((thread, i) => [thread, i + 1] as const)
      .reverse()
      .forEach(([thread, i]) => answer(thread, i));
    expect(results(state, "local n = 0 for i = 1, 5000 do assert(done[i] == i) n += 1 end return n")).toEqual([5000]);
  });
});

describe("coroutines of the script", () => {
  test("a wait in one is an ordinary yield for who resumed it, and the host answers later", () => {
    const state = newState();
    const threads = waiting(state);
    expect(results(state, "co = coroutine.create(function() result = wait() return 'end' end) return coroutine.resume(co)")).toEqual([true]);
    expect(results(state, "return coroutine.status(co)")).toEqual(["suspended"]);
    expect(answer(threads[0]!, "later")).toEqual(["end"]);
    expect(results(state, "return result, coroutine.status(co)")).toEqual(["later", "dead"]);
  });

  test("a script cannot wake a coroutine that waits for the host", () => {
    const state = newState();
    const threads = waiting(state);
    expect(
      results(
        state,
        `co = coroutine.create(function() result = wait() return 'end' end)
         local seen = {}
         for i = 1, 3 do table.insert(seen, (select('#', coroutine.resume(co, 'not the answer')))) end
         return table.concat(seen, ' '), coroutine.status(co), result`,
      ),
    ).toEqual(["1 1 1", "suspended", undefined]);
    expect(threads).toHaveLength(1);
    expect(answer(threads[0]!, "the answer")).toEqual(["end"]);
    expect(results(state, "return result")).toEqual(["the answer"]);
  });

  test("coroutine.close ends a wait; the host sees a finished thread", () => {
    const state = newState();
    const threads = waiting(state);
    results(state, "co = coroutine.create(function() wait() end) coroutine.resume(co) assert(coroutine.close(co))");
    expect(threads[0]!.status).toBe("finished");
    expect(thrownBy(() => threads[0]!.resume())).toMatchObject({ code: "not-suspended" });
    expect(thrownBy(() => threads[0]!.fail("x"))).toMatchObject({ code: "not-suspended" });
    threads[0]!.dispose();
  });

  test("values pass through coroutine.yield, wrap and resume", () => {
    const state = newState();
    expose(state, "host", (call) => call.number(1) + 1);
    expect(
      results(
        state,
        `local gen = coroutine.wrap(function(a)
           for i = 1, 3 do a = coroutine.yield(host(a)) end
           return 'end'
         end)
         return gen(1), gen(10), gen(100), gen()`,
      ),
    ).toEqual([2, 11, 101, "end"]);
    expect(failure(state, "coroutine.wrap(function() host({}) end)()").message).toContain("number expected, got table");
  });

  test("the main thread of an entry may yield to the host, with values", () => {
    const state = newState();
    using fn = state.load("local x = ... while x do x = coroutine.yield(x * 2, 'more') end return 'end'", "x");
    using thread = state.createThread(fn);
    expect(thread.status).toBe("suspended");
    const first = thread.resume([4]);
    expect([first.status, first.status !== "failed" && first.values.map(asText)]).toEqual(["suspended", [8, "more"]]);
    const second = thread.resume([5]);
    expect(second.status !== "failed" && second.values[0]).toBe(10);
    const last = thread.resume();
    expect([last.status, last.status !== "failed" && last.values.map(asText)]).toEqual(["finished", ["end"]]);
    expect(thread.status).toBe("finished");
    expect(thrownBy(() => thread.resume())).toMatchObject({ code: "not-suspended" });
  });

  test("fail works on a plain yield, and before the start", () => {
    const state = newState();
    using fn = state.load("local ok, e = pcall(coroutine.yield) return e", "x");
    using thread = state.createThread(fn);
    thread.resume();
    const result = thread.fail("no");
    expect(result.status === "finished" && result.values.map(asText)).toEqual(["no"]);
    using fresh = state.createThread(fn);
    const failed = fresh.fail("never started");
    expect(failed.status === "failed" && failed.error.text).toBe("never started");
  });

  test("answering from inside of another host call", () => {
    const state = newState();
    const threads = waiting(state);
    expose(state, "wake", (call) => {
      const thread = threads.shift()!;
      const result = thread.resume([call.number(1)]);
      thread.dispose();
      return values(result.status, result.status === "finished" ? (result.values[0] as number) : null);
    });
    expect(results(state, "coroutine.wrap(function() return wait() * 2 end)() return wake(21)")).toEqual(["finished", 42]);
  });

  test("a thread that the host forgets is collected", () => {
    const state = newState();
    const threads = waiting(state);
    run(state, "for i = 1, 1000 do coroutine.wrap(function() local t = table.create(1000, i) wait(t) end)() end");
    state.collectGarbage();
    const before = state.memoryUsed;
    for (const thread of threads) thread.dispose();
    state.collectGarbage();
    expect(before - state.memoryUsed).toBeGreaterThan(1000 * 1000 * 16);
  });
});
