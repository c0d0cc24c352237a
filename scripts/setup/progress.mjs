// @ts-check
/** Steps with their progress and their time, on standard error, so that standard output stays clean. */

/** @typedef {{ name: string, seconds: number, note: string }} StepRecord */

/** @type {StepRecord[]} */
const records = [];

/** When the first step began; several may go on at a time, so that the whole is less than their sum. @type {number | undefined} */
let firstBegan;

/** Milliseconds that steps may take without being told, where what follows matters more. */
const QUIET_MS = 1_500;

/** Lines that are held back while it is not known whether they matter. @type {string[] | undefined} */
let heldBack;

/** @param {string} text */
export function say(text) {
  if (heldBack) heldBack.push(text);
  else process.stderr.write(`${text}\n`);
}

/**
 * Runs steps without a word when they are done at once; when they take long or fail, everything is told.
 *
 * @param {() => Promise<void>} run
 */
export async function quietly(run) {
  heldBack = [];
  const speak = () => {
    const lines = heldBack ?? [];
    heldBack = undefined;
    for (const line of lines) say(line);
  };
  const timer = setTimeout(speak, QUIET_MS);
  try {
    await run();
    heldBack = undefined;
  } finally {
    clearTimeout(timer);
    speak();
  }
}

/**
 * Runs one step and records how long it took. A step that finds nothing to do returns a note that says so.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T> | T} run
 * @returns {Promise<T>}
 */
export async function step(name, run) {
  say(`▸ ${name}`);
  const begun = performance.now();
  firstBegan ??= begun;
  let note = "failed";
  try {
    const result = await run();
    note = typeof result === "string" ? result : "";
    return result;
  } finally {
    const seconds = (performance.now() - begun) / 1000;
    records.push({ name, seconds, note });
    say(`  ${name}: ${seconds.toFixed(1)} s${note ? ` (${note})` : ""}`);
  }
}

/** The steps so far as an aligned table, longest names first column. */
export function stepTable() {
  const width = Math.max(...records.map((record) => record.name.length), 4);
  const lines = records.map((record) => `${record.name.padEnd(width)}  ${record.seconds.toFixed(1).padStart(7)} s  ${record.note}`.trimEnd());
  const total = (performance.now() - (firstBegan ?? performance.now())) / 1000;
  return [...lines, `${"total".padEnd(width)}  ${total.toFixed(1).padStart(7)} s`].join("\n");
}
