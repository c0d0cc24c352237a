import { readFileSync, writeFileSync } from "node:fs";

const DOCUMENT = new URL("../../docs/benchmarks.md", import.meta.url);

/** Puts a table into `docs/benchmarks.md`, in the place that has the benchmark's name. A benchmark without a place there is left out. */
export function writeIntoDocument(benchmark: string, table: string): void {
  const text = readFileSync(DOCUMENT, "utf8");
  const [begin, end] = [`<!-- figures of ${benchmark} -->`, `<!-- end of ${benchmark} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) return;
  writeFileSync(DOCUMENT, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}
