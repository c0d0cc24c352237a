import type { Luau } from "@playground/luau-wasm";
import { type Figure, say } from "../figure.ts";
import { newReaderState, runWithBudget } from "./reader-state.ts";

/** Milliseconds of a budget that is measured: a tenth of a reader's, so that what is late by a fixed time shows ten times as much. */
const BUDGET_MS = 500;
const ROUNDS = 3;
/** The share of the budget by which a script may be late. */
const LIMIT = 0.05;

/** Short loops first, so that the clock is read as rarely as it ever is when the slow steps begin: in the last tenth of the budget. */
const QUICK_THEN = (setUp: string, slow: string): string => `
  ${setUp}
  local begun = os.clock()
  while os.clock() - begun < ${(BUDGET_MS / 1000) * 0.9} do
    for i = 1, 100000 do
    end
  end
  while true do
    ${slow}
  end`;

const ENDLESS: Readonly<Record<string, string>> = {
  "an empty loop": "while true do end",
  recursion: "local function f(n) if n > 0 then f(n - 1) f(n - 1) end end f(200)",
  "a pattern that tries everything": "string.find(string.rep('a', 1e5), '.-.-.-.-b')",
  "protected calls of loops": "while true do pcall(function() while true do end end) end",
  "a sort with a comparator": "local t = {} for i = 1, 1e4 do t[i] = i end while true do table.sort(t, function(a, b) return a > b end) end",
  "quick steps, then strings of a megabyte": QUICK_THEN("local s", "s = string.rep('x', 1e6)"),
  "quick steps, then joining": QUICK_THEN("local t = table.create(1e5, 'text')", "local s = table.concat(t)"),
  "quick steps, then the head of a long list": QUICK_THEN("local t = table.create(1e6, 1)", "table.insert(t, 1, 1) table.remove(t, 1)"),
  "quick steps, then sorting": QUICK_THEN("local t = {} for i = 1, 2e4 do t[i] = i * 7919 % 20011 end", "table.sort(table.clone(t))"),
  "quick steps, then searching": QUICK_THEN("local s = string.rep('a', 1e6)", "string.find(s, 'b', 1, true)"),
};

/** How much later than its budget a script ends that never would: the best of three rounds for each kind, since other programs only make it later, the latest kind named. */
export function measureLateness(luau: Luau): Figure[] {
  let worst = { what: "", late: -Infinity };
  for (const [what, source] of Object.entries(ENDLESS)) {
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      using state = newReaderState(luau);
      const begun = performance.now();
      const result = runWithBudget(state, source, BUDGET_MS);
      rounds.push(performance.now() - begun - BUDGET_MS);
      if (result.status !== "failed" || result.error.code !== "interrupted") throw new Error(`${what} came to ${JSON.stringify(result)}`);
    }
    const late = Math.min(...rounds);
    say(`  ${what}: ${late.toFixed(2)} ms after its budget of ${BUDGET_MS}`);
    if (late > worst.late) worst = { what, late };
  }
  return [
    {
      what: `VM, time past a budget of ${BUDGET_MS} ms, the latest of ${Object.keys(ENDLESS).length} kinds: ${worst.what}`,
      unit: "ms",
      ours: worst.late,
      target: `≤ ${BUDGET_MS * LIMIT} ms`,
      holds: worst.late <= BUDGET_MS * LIMIT,
    },
  ];
}
