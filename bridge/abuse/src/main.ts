/**
 * `npm run test:abuse [-- name...] [--seconds N] [--short] [--peer] [--bridge FILE] [--write]`: tries each attack on a bridge of its own and prints one table.
 * Ends with status 1 when somebody was kept waiting, refused or robbed, and with 3 when that cannot be told since the machine is too busy.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ATTACKS } from "./suite.ts";
import { trialTable, trialText } from "./table.ts";
import { type Trial, tryAttack, verdictOf } from "./trial.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const DOCUMENT = new URL("../../../docs/benchmarks.md", import.meta.url);

/** How long an attack goes on unless told otherwise, s, and at most. */
const SECONDS = 4;
const MAX_SECONDS = 10;

/** Exit status when nothing failed but some could not be judged. */
const BUSY = 3;

/** The same beside other tests, s. How long anybody waits says nothing there, so delays are not judged. */
const SHORT_SECONDS = 1.5;
const SHORT_PATIENCE = Number.POSITIVE_INFINITY;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** How long each attack goes on. */
    seconds: { type: "string" },
    /** For `npm test`: shorter, and without a word on delays, since other tests run meanwhile. */
    short: { type: "boolean", default: false },
    /** Attacks wisp-js, with what applies to it. */
    peer: { type: "boolean", default: false },
    /** Another build of the bridge: its compiled `main.js`. */
    bridge: { type: "string", default: MAIN },
    /** Puts the table into `docs/benchmarks.md`. */
    write: { type: "boolean", default: false },
  },
});

const seconds = Number(values.seconds ?? (values.short ? SHORT_SECONDS : SECONDS));
if (!(seconds > 0 && seconds <= MAX_SECONDS)) fail(`--seconds ${values.seconds}: an attack goes on for more than 0 and at most ${MAX_SECONDS} s`);
const unknown = positionals.filter((name) => !ATTACKS.some((attack) => attack.name === name));
if (unknown.length > 0) fail(`no attack is called ${unknown.join(", ")}; there are ${ATTACKS.map(({ name }) => name).join(", ")}`);
if (process.platform !== "linux") fail("the attacks need Linux: addresses of 127.0.0.0/8, and /proc for memory");

const attacks = ATTACKS.filter((attack) => (positionals.length === 0 || positionals.includes(attack.name)) && (!values.peer || attack.alsoWispJs === true));
const trials: Trial[] = [];
let untried = 0;
for (const attack of attacks) {
  try {
    const trial = await tryAttack(attack, {
      kind: values.peer ? "wisp-js" : "bridge",
      main: values.bridge,
      seconds,
      patience: values.short ? SHORT_PATIENCE : 1,
    });
    trials.push(trial);
    process.stderr.write(`${trialText(trial)}\n`);
  } catch (error) {
    // Beside other tests a party may be starved of the processor.
    if (values.short) untried += 1;
    else process.exitCode = 1;
    process.stderr.write(`FAILS  ${attack.name}: could not be tried: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
const table = trialTable(trials);
process.stdout.write(`${table}\n`);
if (values.write)
  writeIntoDocument(
    values.peer ? "abuse of wisp-js" : "abuse",
    `${availableParallelism()} cores, Node ${process.versions.node}; ${seconds} s for each attack\n\n${table}`,
  );
const count = (verdict: string): number => trials.filter((trial) => verdictOf(trial) === verdict).length;
const [held, busy] = [count("holds"), count("busy")];
process.stdout.write(
  `${held} of ${attacks.length} attacks keep nobody waiting${busy === 0 ? "" : `; of ${busy} it cannot be told: the machine is too busy with other things`}\n`,
);
if (held + busy + untried < attacks.length) process.exitCode = 1;
else if (busy + untried > 0) process.exitCode = BUSY;

function writeIntoDocument(name: string, text: string): void {
  const document = readFileSync(DOCUMENT, "utf8");
  const [begin, end] = [`<!-- figures of ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) fail(`docs/benchmarks.md has no place for figures of ${name}`);
  writeFileSync(DOCUMENT, `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`);
}

function fail(text: string): never {
  process.stderr.write(`test:abuse: ${text}\n`);
  process.exit(2);
}
