import { afterEach, expect } from "vitest";
import { loadLuau } from "../src/index.ts";
import type { EntryOptions, HostFunction, LuauRuntimeError, LuauState, LuauValue, ResumeResult, StateOptions } from "../src/index.ts";
import { readLuauWasm } from "../src/node.ts";

export const luau = await loadLuau(await readLuauWasm());

const open: LuauState[] = [];

/** A state that the test's end disposes, after asserting that no reference into it was forgotten. */
export function newState(options?: StateOptions): LuauState {
  const state = luau.createState(options);
  open.push(state);
  return state;
}

afterEach(() => {
  const leaks = open.filter((state) => !state.disposed).map((state) => state.liveRefs);
  for (const state of open) state.dispose();
  open.length = 0;
  expect(
    leaks.filter((count) => count > 0),
    "references that were not disposed",
  ).toEqual([]);
  expect(luau.liveStates).toBe(0);
  expect(luau.liveFunctions).toBe(0);
});

/** Loads and runs a chunk called `test.luau` in a thread of its own. */
export function run(state: LuauState, source: string | Uint8Array, options?: EntryOptions): ResumeResult {
  using fn = state.load(source, "test.luau");
  using thread = state.createThread(fn);
  return thread.resume([], options);
}

/** The results of a chunk that must finish, strings as text. */
export function results(state: LuauState, source: string, options?: EntryOptions): unknown[] {
  const result = run(state, source, options);
  if (result.status === "failed") throw result.error;
  expect(result.status).toBe("finished");
  return result.values.map(asText);
}

/** The error of a chunk that must fail. */
export function failure(state: LuauState, source: string, options?: EntryOptions): LuauRuntimeError {
  const result = run(state, source, options);
  if (result.status !== "failed") throw new Error(`the script came to ${result.status}`);
  return result.error;
}

/** Makes a host function a global. */
export function expose(state: LuauState, name: string, fn: HostFunction): void {
  using made = state.createFunction(name, fn);
  state.setGlobal(name, made);
}

export function asText(value: LuauValue): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}

/** What a function throws. */
export function thrownBy(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
