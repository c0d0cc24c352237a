import { rounds } from "../../../scripts/rounds.ts";

/** Runs of a fuzzer: in `npm test` seconds at most. `npm run test:fuzz` sets `FUZZ_RUNS`. */
const FEW_RUNS = rounds({ short: 60, full: 1_000 });

/**
 * How a fuzzer is run: `FUZZ_RUNS` inputs from `FUZZ_SEED`, both numbers of the environment. Without a seed each run has its own, which fast-check
 * prints with the input that failed.
 */
export function fuzzParameters(share = 1): { numRuns: number; seed?: number } {
  const runs = Number(process.env["FUZZ_RUNS"] ?? FEW_RUNS);
  const seed = process.env["FUZZ_SEED"];
  return { numRuns: Math.max(1, Math.round(runs * share)), ...(seed !== undefined && { seed: Number(seed) }) };
}

/** Time that so many runs may take, ms. */
export function fuzzTimeoutMs(): number {
  return Math.max(60_000, Number(process.env["FUZZ_RUNS"] ?? FEW_RUNS) * 100);
}
