import { loadLuau, type HostFunction, type LuauState } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { LuaFactory } from "wasmoon";
import { type Figure, median, say } from "./figure.ts";

/** Calls of one round: about a third of a second for each side. */
const LUAU_CALLS = 2_000_000;
const WASMOON_CALLS = 50_000;
const ROUNDS = 5;

interface Case {
  readonly what: string;
  /** The call as both languages write it. */
  readonly call: string;
  readonly ours: HostFunction;
  readonly theirs: (...args: never[]) => unknown;
}

const CASES: readonly Case[] = [
  { what: "no argument", call: "f()", ours: () => {}, theirs: () => {} },
  {
    what: "two numbers, one result",
    call: "f(i, 2)",
    ours: (call) => call.number(1) + call.number(2),
    theirs: (a: number, b: number) => a + b,
  },
  {
    what: "a string of 32 bytes",
    call: `f("0123456789abcdef0123456789abcdef")`,
    ours: (call) => call.bytes(1).length,
    theirs: (text: string) => text.length,
  },
];

const METHOD = { what: "a method of a userdata", call: "o:f(2)" } as const;

/** A call from the script into JavaScript and back, in Node: beside wasmoon. */
export async function measureHostCalls(): Promise<Figure[]> {
  const luau = await loadLuau((await readLuauWasm()) as Uint8Array<ArrayBuffer>);
  const lua = await new LuaFactory().createEngine();
  const figures: Figure[] = [];
  try {
    for (const { what, call, ours, theirs } of CASES) {
      const our: number[] = [];
      const their: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        using state = luau.createState();
        using fn = state.createFunction("f", ours);
        state.setGlobal("f", fn);
        our.push(timeLuau(state, call));
        lua.global.set("f", theirs);
        const begun = performance.now();
        await lua.doString(`for i = 1, ${WASMOON_CALLS} do ${call} end`);
        their.push(((performance.now() - begun) * 1000) / WASMOON_CALLS);
      }
      const [a, b] = [median(our), median(their)];
      say(`  ${what}: ${a.toFixed(3)} µs, wasmoon ${b.toFixed(2)} µs`);
      figures.push({
        what: `Luau → JavaScript: ${what}`,
        unit: "µs",
        ours: a,
        peer: b,
        peerName: "wasmoon",
        target: "≤ 0.3 µs, ratio ≤ 0.05",
        holds: a <= 0.3 && a / b <= 0.05,
      });
    }
    figures.push(measureMethod(luau.createState()));
  } finally {
    lua.global.close();
    luau.dispose();
  }
  return figures;
}

function measureMethod(state: LuauState): Figure {
  using _ = state;
  const cls = state.defineClass<{ total: number }>({
    name: "Counter",
    methods: {
      f: (call) => {
        call.self<{ total: number }>().total += call.number(1);
      },
    },
  });
  state.setGlobal("o", cls.wrap({ total: 0 }));
  const ours = median(Array.from({ length: ROUNDS }, () => timeLuau(state, METHOD.call)));
  return { what: `Luau → JavaScript: ${METHOD.what}`, unit: "µs", ours };
}

/** Microseconds for one call, the loop around it included. */
function timeLuau(state: LuauState, call: string): number {
  using chunk = state.load(`for i = 1, ${LUAU_CALLS} do ${call} end`, "bench");
  using thread = state.createThread(chunk);
  const begun = performance.now();
  const result = thread.resume();
  const elapsed = performance.now() - begun;
  if (result.status !== "finished") throw new Error(`the script did not finish: ${JSON.stringify(result)}`);
  return (elapsed * 1000) / LUAU_CALLS;
}
