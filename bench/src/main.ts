/** `npm run bench [-- name...]`: measures, and prints one table. Ends with status 1 only when a benchmark could not run. */
import { cpus, totalmem } from "node:os";
import { measureAnalysis } from "./analysis/analysis-benchmark.ts";
import { measureEcho } from "./echo/echo-benchmark.ts";
import { type Figure, figureTable, type NamedFigure, say } from "./figure.ts";
import { measureHostCalls } from "./host-call.ts";
import { measurePageSize } from "./page-size.ts";
import { measureSetup } from "./setup/setup-benchmark.ts";

const BENCHMARKS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  "host-call": measureHostCalls,
  echo: measureEcho,
  "page-size": measurePageSize,
  analysis: measureAnalysis,
  setup: measureSetup,
};

/** What runs when nothing is named; `setup` clones, installs and runs every test, and is asked for by name. */
const DEFAULT = ["host-call", "echo", "page-size", "analysis"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown.length > 0) {
  say(`no benchmark is called ${unknown.join(", ")}; there are ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}
const figures: NamedFigure[] = [];
for (const benchmark of named.length > 0 ? named : DEFAULT) {
  say(`▸ ${benchmark}`);
  try {
    const measured = await BENCHMARKS[benchmark]!();
    figures.push(...measured.map((figure) => ({ ...figure, benchmark })));
  } catch (error) {
    // The others are still worth having.
    say(`  ${benchmark} could not run: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
if (figures.length > 0) console.log(`${machine}\n\n${figureTable(figures)}`);
