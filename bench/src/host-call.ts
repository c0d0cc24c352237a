import { loadLuau, type HostFunction, type Luau, type LuauState } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { type LuaEngine, LuaFactory } from "wasmoon";
import { type Figure, median, say } from "./figure.ts";

/** Calls of one round: about a tenth of a second for each side. */
const LUAU_CALLS = 1_000_000;
const WASMOON_CALLS = 20_000;
/** Rounds of each side, in turns. The first ones also pay for compiling, which the middle one does not. */
const ROUNDS = 15;

/** Microseconds that a call may take, and the share of wasmoon's time. */
const LIMIT_US = 0.3;
const LIMIT_RATIO = 1 / 20;

/** Adds up what it is given, so that calls which did not come, or came with other values, are seen. */
class Counter {
  total = 0;
  add(amount: number): void {
    this.total += amount;
  }
}

interface Case {
  readonly what: string;
  /** The call as both languages write it; each adds `amount` to the counter. */
  readonly call: string;
  readonly amount: number;
  /** Makes what the script calls known to it. */
  ours(state: LuauState, counter: Counter): void;
  theirs(lua: LuaEngine, counter: Counter): void;
}

function functionCase(
  what: string,
  call: string,
  amount: number,
  ours: (counter: Counter) => HostFunction,
  theirs: (counter: Counter) => (...args: never[]) => unknown,
): Case {
  return {
    what,
    call,
    amount,
    ours: (state, counter) => {
      using fn = state.createFunction("f", ours(counter));
      state.setGlobal("f", fn);
    },
    theirs: (lua, counter) => lua.global.set("f", theirs(counter)),
  };
}

const CASES: readonly Case[] = [
  functionCase(
    "no argument",
    "f()",
    1,
    (counter) => () => counter.add(1),
    (counter) => () => counter.add(1),
  ),
  functionCase(
    "two numbers, one result",
    "f(1, 2)",
    3,
    (counter) => (call) => {
      const sum = call.number(1) + call.number(2);
      counter.add(sum);
      return sum;
    },
    (counter) => (a: number, b: number) => {
      counter.add(a + b);
      return a + b;
    },
  ),
  functionCase(
    "a string of 32 bytes",
    `f("0123456789abcdef0123456789abcdef")`,
    32,
    (counter) => (call) => counter.add(call.bytes(1).length),
    (counter) => (text: string) => counter.add(text.length),
  ),
  {
    what: "a method of a userdata, one number",
    call: "f:add(2)",
    amount: 2,
    ours: (state, counter) => {
      const cls = state.defineClass<Counter>({
        name: "Counter",
        methods: { add: (call) => call.self<Counter>().add(call.number(1)) },
      });
      state.setGlobal("f", cls.wrap(counter));
    },
    theirs: (lua, counter) => lua.global.set("f", counter),
  },
];

/**
 * A call from the script into JavaScript and back, the loop around it included, in Node: beside wasmoon. Counted is
 * the processor's time: nothing here waits, so only what others do on the machine could make the clock differ.
 */
export async function measureHostCalls(): Promise<Figure[]> {
  const luau = await loadLuau(await readLuauWasm());
  const lua = await new LuaFactory().createEngine();
  try {
    const figures: Figure[] = [];
    for (const each of CASES) {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(timeLuau(luau, each));
        theirs.push(await timeWasmoon(lua, each));
      }
      const [a, b] = [median(ours), median(theirs)];
      say(`  ${each.what}: ${a.toFixed(3)} µs, wasmoon ${b.toFixed(2)} µs`);
      figures.push({
        what: `Luau → JavaScript: ${each.what}`,
        unit: "µs",
        ours: a,
        peer: b,
        peerName: "wasmoon",
        target: `≤ ${LIMIT_US} µs, ratio ≤ ${LIMIT_RATIO}`,
        holds: a <= LIMIT_US && a / b <= LIMIT_RATIO,
      });
    }
    return figures;
  } finally {
    lua.global.close();
    luau.dispose();
  }
}

/** Microseconds for one call. */
function timeLuau(luau: Luau, { call, amount, ours }: Case): number {
  using state = luau.createState();
  const counter = new Counter();
  ours(state, counter);
  using chunk = state.load(`for _ = 1, ${LUAU_CALLS} do ${call} end`, "bench");
  using thread = state.createThread(chunk);
  const begun = process.cpuUsage();
  const result = thread.resume();
  const spent = spentSince(begun);
  if (result.status !== "finished") throw new Error(`the script did not finish: ${JSON.stringify(result)}`);
  checkTotal(counter, amount * LUAU_CALLS);
  return spent / LUAU_CALLS;
}

async function timeWasmoon(lua: LuaEngine, { call, amount, theirs }: Case): Promise<number> {
  const counter = new Counter();
  theirs(lua, counter);
  const begun = process.cpuUsage();
  await lua.doString(`for _ = 1, ${WASMOON_CALLS} do ${call} end`);
  const spent = spentSince(begun);
  checkTotal(counter, amount * WASMOON_CALLS);
  return spent / WASMOON_CALLS;
}

/** Microseconds of the processor's time. */
function spentSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}

function checkTotal(counter: Counter, expected: number): void {
  if (counter.total !== expected) throw new Error(`the calls added up to ${counter.total} instead of ${expected}`);
}
