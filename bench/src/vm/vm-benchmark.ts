import { loadLuau, type Luau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { LuaFactory } from "wasmoon";
import { type Figure, median, say } from "../figure.ts";
import { measureLateness } from "./lateness.ts";
import { NativeLuau } from "./native-luau.ts";
import { newReaderState, runWithBudget } from "./reader-state.ts";
import { VM_PROGRAMS, type VmProgram } from "./vm-programs.ts";

/** Rounds of each side, in turns. */
const ROUNDS = 9;
/** Rounds before them, which are not counted: a WASM function runs as quickly compiled code until it has been entered often enough. */
const WARM_UP_ROUNDS = 3;

/** Shares of wasmoon's time that a program, and all of them in the geometric mean, may take; and of the native interpreter's. */
const LIMIT_EACH = 1.3;
const LIMIT_MEAN = 0.85;
const LIMIT_NATIVE_MEAN = 1.6;

/** Milliseconds of the processor's time on each side: the middle of the rounds. */
interface Times {
  readonly ours: number;
  readonly wasmoon: number;
  readonly native: number;
}

/**
 * Programs in the WASM VM with a sandbox and a time budget, as every program of a reader runs, beside Lua 5.4 in WASM and beside
 * Luau's own interpreter on this machine. Then how late the budget ends scripts that do not end.
 */
export async function measureVm(): Promise<Figure[]> {
  const luau = await loadLuau(await readLuauWasm());
  try {
    const native = await NativeLuau.build();
    const factory = new LuaFactory();
    const figures: Figure[] = [];
    const all: Times[] = [];
    for (const program of VM_PROGRAMS) {
      const times = await measureProgram(luau, factory, native, program);
      all.push(times);
      figures.push(...programFigures(program, times));
    }
    figures.push(meanFigure("wasmoon", all, LIMIT_MEAN), meanFigure("native", all, LIMIT_NATIVE_MEAN));
    return [...figures, ...measureLateness(luau)];
  } finally {
    luau.dispose();
  }
}

async function measureProgram(luau: Luau, factory: LuaFactory, native: NativeLuau, program: VmProgram): Promise<Times> {
  const rounds: Times[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const times = { ours: timeOurs(luau, program), wasmoon: await timeWasmoon(factory, program), native: await native.time(program) };
    if (round >= WARM_UP_ROUNDS) rounds.push(times);
  }
  const middle = (side: keyof Times): number => median(rounds.map((times) => times[side]));
  const times = { ours: middle("ours"), wasmoon: middle("wasmoon"), native: middle("native") };
  say(`  ${program.name}: ${times.ours.toFixed(1)} ms, wasmoon ${times.wasmoon.toFixed(1)}, native Luau ${times.native.toFixed(1)}`);
  return times;
}

function timeOurs(luau: Luau, program: VmProgram): number {
  using state = newReaderState(luau);
  const begun = process.cpuUsage();
  const result = runWithBudget(state, program.source);
  const spent = spentSince(begun);
  if (result.status !== "finished") throw new Error(`${program.name} did not finish: ${JSON.stringify(result)}`);
  checkResult(program, "here", result.values[0]);
  return spent;
}

async function timeWasmoon(factory: LuaFactory, program: VmProgram): Promise<number> {
  // An engine that has run some of these programs fails in the next one ("attempt to index a nil value").
  const lua = await factory.createEngine();
  try {
    const begun = process.cpuUsage();
    const result: unknown = await lua.doString(program.source);
    const spent = spentSince(begun);
    checkResult(program, "in wasmoon", result);
    return spent;
  } finally {
    lua.global.close();
  }
}

/** Milliseconds of the processor's time. */
function spentSince(begun: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function checkResult(program: VmProgram, where: string, result: unknown): void {
  if (result !== program.result) throw new Error(`${program.name} came to ${String(result)} ${where} instead of ${program.result}`);
}

function programFigures({ name, what }: VmProgram, { ours, wasmoon, native }: Times): Figure[] {
  const figure = { what: `VM, ${name}: ${what}`, unit: "ms", ours };
  return [
    { ...figure, peer: wasmoon, peerName: "wasmoon", target: `ratio ≤ ${LIMIT_EACH}`, holds: ours / wasmoon <= LIMIT_EACH },
    { ...figure, what: `VM, ${name}`, peer: native, peerName: "native Luau" },
  ];
}

/** The geometric means of the times, which have the geometric mean of the ratios as their ratio. */
function meanFigure(side: "wasmoon" | "native", all: readonly Times[], limit: number): Figure {
  const ours = geometricMean(all.map((times) => times.ours));
  const peer = geometricMean(all.map((times) => times[side]));
  return {
    what: "VM, geometric mean of the programs",
    unit: "ms",
    ours,
    peer,
    peerName: side === "native" ? "native Luau" : side,
    target: `ratio ≤ ${limit}`,
    holds: ours / peer <= limit,
  };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
