/** `npm run bench [-- name...]`: measures, and prints one table. Names: host-call, echo, page-size, setup. */
import { cpus } from "node:os";
import { measureEcho } from "./echo/echo-benchmark.ts";
import { type Figure, figureTable, say } from "./figure.ts";
import { measureHostCalls } from "./host-call.ts";
import { measurePageSize } from "./page-size.ts";
import { measureSetup } from "./setup-time.ts";

const BENCHMARKS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  "host-call": measureHostCalls,
  echo: measureEcho,
  "page-size": measurePageSize,
  setup: measureSetup,
};

/** What runs when nothing is named; `setup` clones and installs, and is asked for by name. */
const DEFAULT = ["host-call", "echo", "page-size"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  say(`no benchmark is called ${unknown.join(", ")}; there are ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const name of named.length > 0 ? named : DEFAULT) {
  say(`▸ ${name}`);
  figures.push(...(await BENCHMARKS[name]!()));
}
console.log(`Node ${process.versions.node}, ${cpus().length} cores\n\n${figureTable(figures)}`);
