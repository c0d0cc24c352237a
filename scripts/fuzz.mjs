// @ts-check
/**
 * `npm run test:fuzz [-- runs]`: the fuzzers of the bridge's HTTP and of its store, for minutes instead of seconds. `FUZZ_SEED`
 * repeats a run that failed; its number stands in the failure.
 */
import { buildBridge, checkNode, installDependencies } from "./setup/project.mjs";
import { runTool } from "./setup/run-command.mjs";

/** Inputs unless told otherwise: some three minutes. */
const RUNS = 3_000;

const [runs = String(RUNS)] = process.argv.slice(2);
if (!/^[1-9]\d{0,6}$/.test(runs)) {
  process.stderr.write(`npm run test:fuzz: ${JSON.stringify(runs)} is no number of runs, such as ${RUNS}\n`);
  process.exit(2);
}
checkNode();
await installDependencies();
await buildBridge();
await runTool("vitest", ["run", "bridge/test/http-fuzz.test.ts", "bridge/test/store-fuzz.test.ts"], { env: { FUZZ_RUNS: runs } });
