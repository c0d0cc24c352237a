import { type HostCall, type HostFunction, type LuauState, type LuauTable, SUSPEND } from "@playground/luau-wasm";
import type { ConsoleSink } from "../console.ts";
import { TARGET_RATE_RANGE } from "../limits.ts";
import { joinedTexts, writeLine } from "../print-line.ts";
import type { TaskRunner } from "../task/task.ts";
import { Delays } from "./delays.ts";
import type { Platform } from "./platform.ts";
import type { StringHashes } from "./string-hash.ts";

/** `zone.system` in one VM. */
export interface SystemBinding {
  /** The table `zone.system`. The caller disposes it. */
  readonly table: LuauTable;
  /** Ends every delay; what waits for one is not resumed. */
  close(): void;
}

export interface SystemParts {
  readonly console: ConsoleSink;
  readonly tasks: TaskRunner;
  readonly platform: Platform;
  /** Sources of the program: one that names a call which has to be loaded lets that begin with the program. */
  readonly files: ReadonlyMap<string, string>;
  /** Seconds between the last two frames. */
  readonly frameSeconds: () => number;
  /** The script wants the program to end. */
  readonly quit: () => void;
  /** The script wants so many frames a second. */
  readonly setTargetRate: (framesPerSecond: number) => void;
}

/** Puts `zone.system` into a VM. */
export function bindSystem(state: LuauState, parts: SystemParts): SystemBinding {
  const delays = new Delays();
  const table = state.createTable();
  for (const [name, level] of [
    ["log", "print"],
    ["warn", "warn"],
  ] as const) {
    using made = state.createFunction(name, (call) => writeLine(parts.console, level, joinedTexts(call)), { takesText: true });
    table.set(name, made);
  }
  const functions: Record<string, HostFunction> = {
    quit: () => parts.quit(),
    dt: () => parts.frameSeconds(),
    getPlatform: () => parts.platform,
    getEnvironment: () => "device",
    hashString: hashString(parts),
    delay: (call) => {
      const seconds = call.number(1);
      delays.require(seconds);
      requireYieldable(call, "delay waits");
      delays.start(seconds, parts.tasks.suspend(call, "time"));
      return SUSPEND;
    },
    setTargetFPS: (call) => {
      const rate = call.number(1);
      const [least, most] = TARGET_RATE_RANGE;
      if (!(rate >= least && rate <= most)) throw new Error(`setTargetFPS takes ${least} to ${most} frames a second, got ${rate}`);
      parts.setTargetRate(rate);
    },
    // The rest has nothing to work on here, and a script of the engine is none the worse for it.
    freeCache: () => {},
    vibrate: (call) => {
      call.number(1);
      if (!call.isNoneOrNil(2)) call.number(2);
    },
    setLuaExecutorEnabled: (call) => void call.boolean(1),
  };
  for (const [name, run] of Object.entries(functions)) {
    using made = state.createFunction(name, run);
    table.set(name, made);
  }
  table.freeze();
  return { table, close: () => delays.close() };
}

/** `hashString(text, method, seed?)`. Until the hashes are loaded it waits for them, as `listen` waits for the network. */
function hashString({ tasks, files }: SystemParts): HostFunction {
  let hashes: StringHashes | undefined;
  const load = async (): Promise<StringHashes> => {
    const { loadStringHashes } = await import("./string-hash.ts");
    return (hashes ??= await loadStringHashes());
  };
  // Whoever needs them before, or after a load that failed, asks again.
  if ([...files.values()].some((source) => source.includes("hashString"))) load().catch(() => {});

  return (call) => {
    const text = call.bytes(1);
    const method = call.text(2);
    if (method !== "md5" && method !== "xxhash") call.fail(2, `"md5" or "xxhash" expected, got "${method}"`);
    const seed = call.isNoneOrNil(3) ? new Uint8Array() : call.bytes(3);
    const hash = (loaded: StringHashes): string => (method === "md5" ? loaded.md5(text) : loaded.xxhash(text, seed));
    if (hashes) return hash(hashes);
    requireYieldable(call, "hashString is being loaded");
    const waiting = tasks.suspend(call, "time");
    load().then(
      (loaded) => waiting.resume(hash(loaded)),
      (error: unknown) => waiting.fail(`hashString could not be loaded: ${error instanceof Error ? error.message : String(error)}; try again`),
    );
    return SUSPEND;
  };
}

function requireYieldable(call: HostCall, reason: string): void {
  if (!call.isYieldable) throw new Error(`${reason}, and cannot be called inside a metamethod, a sort comparator or the like`);
}
