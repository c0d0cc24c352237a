// @ts-check
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inProject } from "./paths.mjs";
import { say, step } from "./progress.mjs";
import { isPublished, publishAnalysis, tellPages } from "./publish-analysis.mjs";
import { ensureSystemPackages, needs } from "./system-packages.mjs";
import { errorMessage } from "./error-message.mjs";

/** `dist/luau-analysis.wasm`, from the cache or compiled, which takes minutes. */
export function buildAnalysis() {
  return step("type checker", async () => {
    await ensureSystemPackages([needs.emscripten, needs.cargo]);
    const { cached } = await compile({ log: (line) => say(`  ${line}`) });
    return cached ? "up to date" : "compiled";
  });
}

/** Puts the built type checker where pages find it. */
export function publishBuiltAnalysis() {
  publishAnalysis(inProject("packages/luau-analysis/dist/luau-analysis.wasm"));
}

/** Tells pages that the type checker is on its way, before the first of them is served: else it would seem to be missing. */
export function announceAnalysis() {
  if (existsSync(inProject("web/dist/index.html")) && !isPublished()) tellPages({ state: "building", done: 0, total: 0 });
}

/**
 * Builds the type checker while the page is served already, and tells pages about the progress. Never rejects: the
 * playground works without it.
 */
export async function buildAnalysisBehindPage() {
  if (!existsSync(inProject("web/dist/index.html"))) return;
  try {
    const { path, cached } = await compile({
      // The bridge and the reader's browser go first.
      isBackground: true,
      log: (line) => {
        const progress = /^\[(\d+)\/(\d+)\]/.exec(line);
        if (progress) tellPages({ state: "building", done: Number(progress[1]), total: Number(progress[2]) });
        // Every file would bury what the bridge says.
        if (!progress || Number(progress[1]) % PROGRESS_EVERY === 0) say(`  type checker: ${line}`);
      },
    });
    publishAnalysis(path);
    if (!cached) say("  type checker: open pages take it up by themselves");
  } catch (error) {
    say(`  type checker: not built, everything else works without it: ${errorMessage(error)}`);
    tellPages({ state: "failed" });
  }
}

/** Files between two lines of progress in the terminal. */
const PROGRESS_EVERY = 25;

/**
 * @param {{ log: (line: string) => void, isBackground?: boolean }} options
 * @returns {Promise<{ path: string, bytes: number, cached: boolean }>}
 */
async function compile(options) {
  const build = await import(pathToFileURL(inProject("packages/luau-analysis/build.mjs")).href);
  return build.buildAnalysis(options);
}
