import type { Luau, LuauState, ResumeResult } from "@playground/luau-wasm";
import { ENTRY_BUDGET_MS, MEMORY_LIMIT } from "@playground/zone";

/** A state with the limits of a reader's program, and a sandbox. */
export function newReaderState(luau: Luau): LuauState {
  const state = luau.createState({ memoryLimit: MEMORY_LIMIT });
  state.sandbox();
  return state;
}

/** Runs a program in one entry, which has `budgetMs` milliseconds. */
export function runWithBudget(state: LuauState, source: string, budgetMs = ENTRY_BUDGET_MS): ResumeResult {
  using chunk = state.load(source, "bench");
  using thread = state.createThread(chunk);
  return thread.resume([], { budgetMs });
}
