/** `npm run bench [-- name...] [--write]`: measures, prints one table, and with `--write` puts each benchmark's into `docs/benchmarks.md`. Ends with status 1 only when a benchmark could not run. */
import { cpus, totalmem } from "node:os";
import { measureAnalysis } from "./analysis/analysis-benchmark.ts";
import { measureEcho } from "./echo/echo-benchmark.ts";
import { type Figure, figureTable, type NamedFigure, say } from "./figure.ts";
import { writeIntoDocument } from "./document.ts";
import { measureHostCalls } from "./host-call.ts";
import { measureGrowth } from "./load/growth-benchmark.ts";
import { measureLoad } from "./load/load-benchmark.ts";
import { measureServerTime } from "./load/server-time-benchmark.ts";
import { measureFrameRate } from "./page/frame-rate.ts";
import { measureFirstLine } from "./page/first-line.ts";
import { measureLongLines } from "./page/long-line-tasks.ts";
import { measureOneConnection } from "./page/one-connection.ts";
import { measurePageSize } from "./page/page-size.ts";
import { measurePageTasks } from "./page/page-tasks.ts";
import { measureRecording } from "./recording/recording-benchmark.ts";
import { measureRunner } from "./runner/runner-benchmark.ts";
import { measureSetup } from "./setup/setup-benchmark.ts";
import { measureVm } from "./vm/vm-benchmark.ts";

const BENCHMARKS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  "host-call": measureHostCalls,
  vm: measureVm,
  echo: measureEcho,
  load: measureLoad,
  "server-time": measureServerTime,
  growth: measureGrowth,
  "page-size": measurePageSize,
  "page-tasks": measurePageTasks,
  "long-lines": measureLongLines,
  "first-line": measureFirstLine,
  "frame-rate": measureFrameRate,
  "one-connection": measureOneConnection,
  recording: measureRecording,
  runner: measureRunner,
  analysis: measureAnalysis,
  setup: measureSetup,
};

/** What runs when nothing is named; `setup` clones, installs and runs every test, and is asked for by name, as are those of the page that want a quiet machine. */
const DEFAULT = ["host-call", "echo", "page-size"];

const isWritten = process.argv.includes("--write");
const named = process.argv.slice(2).filter((name) => name !== "--write");
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
    const own = measured.map((figure) => ({ ...figure, benchmark }));
    figures.push(...own);
    if (isWritten) writeIntoDocument(benchmark, `${machine()}\n\n${figureTable(own)}`);
  } catch (error) {
    // The others are still worth having.
    say(`  ${benchmark} could not run: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
if (figures.length > 0) console.log(`${machine()}\n\n${figureTable(figures)}`);

function machine(): string {
  return `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}
