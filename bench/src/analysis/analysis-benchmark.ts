import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type Analysis, loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import type { Figure } from "../figure.ts";
import { measureEditor } from "./editor-benchmark.ts";
import { percentile } from "./percentile.ts";
import { blocksOf, sourceOf } from "./source.ts";

/** The module's limit, in kilobytes gzipped. */
const MODULE_LIMIT_KB = 1_100;
/** The limit of completion at 1,000 lines, milliseconds for 95 of 100. */
const COMPLETION_LIMIT_MS = 50;
const SIZES = [100, 1_000, 5_000];
/** Edits that are timed for each size, and edits after which the memory must not have grown. */
const TIMED_EDITS = 40;
const EDITS = 1_000;

/** The type checker in Node: size, time from an edit to its diagnostics, completion, and memory over many edits; then in the editor. */
export async function measureAnalysis(): Promise<Figure[]> {
  const wasm = await readAnalysisWasm();
  const kilobytes = gzipSync(wasm, { level: 9 }).length / 1000;
  const figures: Figure[] = [
    { what: "type checker, gzipped", unit: "kB", ours: kilobytes, target: `≤ ${MODULE_LIMIT_KB} kB`, holds: kilobytes <= MODULE_LIMIT_KB },
    { what: "type checker, brotli", unit: "kB", ours: brotliCompressSync(wasm).length / 1000 },
  ];
  const module = await WebAssembly.compile(wasm);
  for (const lines of SIZES) figures.push(...(await measureEdits(module, lines)));
  figures.push(...(await measureRequire(module)));
  figures.push(...(await measureMemory(module)));
  figures.push(...(await measureEditor(SIZES)));
  if (kilobytes > MODULE_LIMIT_KB) process.exitCode = 1;
  return figures;
}

async function load(module: WebAssembly.Module): Promise<Analysis> {
  const analysis = await loadAnalysis(module);
  analysis.setDefinitions(readFileSync(new URL("../../../packages/zone/zone.d.luau", import.meta.url), "utf8"));
  analysis.setMode("strict");
  return analysis;
}

async function measureEdits(module: WebAssembly.Module, lines: number): Promise<Figure[]> {
  using analysis = await load(module);
  const first = checkAnew(analysis, "main.luau", sourceOf(lines, -1).source);
  const checks: number[] = [];
  const completions: number[] = [];
  for (let edit = 0; edit < TIMED_EDITS; edit++) {
    const { source, offset } = sourceOf(lines, edit);
    const begun = performance.now();
    analysis.setFile("main.luau", source);
    const found = analysis.checkFile("main.luau");
    checks.push(performance.now() - begun);
    // Each file has one mistake: a checker that gave up would look fast.
    if (found.length !== 1 || found[0]?.code !== "TypeMismatch") throw new Error(`${lines} lines gave ${JSON.stringify(found.slice(0, 3))}`);
    // As while typing: the text has changed since the last check.
    analysis.setFile("main.luau", `${source}\n`);
    const asked = performance.now();
    const { items } = analysis.complete("main.luau", offset);
    completions.push(performance.now() - asked);
    if (!items.some(({ label }) => label === "total")) throw new Error("completion has not found the field");
  }
  const what = `${lines.toLocaleString("en")} lines`;
  const completion = percentile(completions, 95);
  return [
    { what: `diagnostics after an edit, ${what}, p50`, unit: "ms", ours: percentile(checks, 50), peer: first, peerName: "first check" },
    { what: `diagnostics after an edit, ${what}, p95`, unit: "ms", ours: percentile(checks, 95) },
    {
      what: `completion after an edit, ${what}, p95`,
      unit: "ms",
      ours: completion,
      ...(lines === 1_000 && { target: `< ${COMPLETION_LIMIT_MS} ms`, holds: completion < COMPLETION_LIMIT_MS }),
    },
  ];
}

/** A file that requires a long one: what is checked again when either changes. */
async function measureRequire(module: WebAssembly.Module): Promise<Figure[]> {
  using analysis = await load(module);
  analysis.setFile("library.luau", library(-1));
  checkAnew(analysis, "main.luau", user(-1));
  const near: number[] = [];
  const far: number[] = [];
  for (let edit = 0; edit < TIMED_EDITS; edit++) {
    near.push(checkAnew(analysis, "main.luau", user(edit)));
    const begun = performance.now();
    analysis.setFile("library.luau", library(edit));
    analysis.checkFile("main.luau");
    far.push(performance.now() - begun);
  }
  return [
    {
      what: "diagnostics of 100 lines that require 1,000, p50",
      unit: "ms",
      ours: percentile(near, 50),
      peer: percentile(far, 50),
      peerName: "the required file was edited",
    },
  ];
}

function library(edit: number): string {
  return `${blocksOf(1_000, edit)}return { name = "library" }\n`;
}

function user(edit: number): string {
  return `local library = require("./library")\nprint(library.name)\n${sourceOf(100, edit).source}`;
}

/** Gives a file a text and checks it; milliseconds. */
function checkAnew(analysis: Analysis, file: string, source: string): number {
  const begun = performance.now();
  analysis.setFile(file, source);
  analysis.checkFile(file);
  return performance.now() - begun;
}

async function measureMemory(module: WebAssembly.Module): Promise<Figure[]> {
  using analysis = await load(module);
  const edit = (count: number): void => {
    for (let i = 0; i < count; i++) {
      analysis.setFile("main.luau", sourceOf(300, i).source);
      analysis.checkFile("main.luau");
    }
  };
  edit(EDITS / 10);
  const before = analysis.memoryUsed;
  edit(EDITS);
  const grown = (analysis.memoryUsed - before) / 2 ** 20;
  return [
    { what: "type checker's memory with 300 lines", unit: "MiB", ours: before / 2 ** 20 },
    { what: `growth of it over ${EDITS} edits`, unit: "MiB", ours: grown, target: "0 MiB", holds: grown === 0 },
  ];
}
