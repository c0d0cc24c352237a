import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, Worker } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { publishAnalysis, tellPages } from "../../scripts/setup/publish-analysis.mjs";
import { BridgeProcess } from "../support/bridge-process.ts";
import { inProject } from "../../scripts/setup/paths.mjs";
import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

const MODULE = inProject("packages/luau-analysis/dist/luau-analysis.wasm");
/** Milliseconds until a checker that is there is ready, and until one that broke is ready again. */
const READY_LIMIT_MS = LONG_PATIENCE_MS;

/** Bytes of a file that the checker, whose memory ends at 384 MiB, cannot hold beside its own copy. */
const TOO_MANY_BYTES = 200_000_000;

const state = (page: Page) => page.getByTestId("analysis-state");

async function isReady(page: Page): Promise<void> {
  await expect(state(page)).toHaveAttribute("data-state", "ready", { timeout: READY_LIMIT_MS });
}

function checkers(page: Page): Worker[] {
  return page.workers().filter((worker) => worker.url().includes("analysis-worker"));
}

/** Whether one has taken the place of `former`, which Playwright may list for a while longer. */
function hasAnotherChecker(page: Page, former: Worker): boolean {
  return checkers(page).some((worker) => worker !== former);
}

function checker(page: Page): Worker {
  const [found] = checkers(page);
  if (found === undefined) throw new Error("the page runs no type checker");
  return found;
}

/** What the checker has found in a file, as the page has it. */
function codes(page: Page, file: string): Promise<string[]> {
  return page.evaluate((name) => {
    const app = document.querySelector("zp-app") as unknown as { playground: { analysis: { diagnostics(file: string): { code: string }[] } } };
    return app.playground.analysis.diagnostics(name).map(({ code }) => code);
  }, file);
}

/** Notes every state from now on. */
function noteStates(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { analysis } = (document.querySelector("zp-app") as unknown as { playground: { analysis: { state: object; subscribe(listener: () => void): void } } })
      .playground;
    const states: object[] = [];
    Object.assign(globalThis, { analysisStates: states });
    analysis.subscribe(() => void (analysis.state !== states.at(-1) && states.push(analysis.state)));
  });
}

function notedStates(page: Page): Promise<object[]> {
  return page.evaluate(() => (globalThis as unknown as { analysisStates: object[] }).analysisStates);
}

test("the type checker is there without being waited for, and follows the code", async ({ playground }) => {
  const { page } = playground;
  await isReady(page);
  await expect(state(page)).toBeEmpty();
  await playground.newFile("typed.luau", { isProgram: true });
  await playground.paste("typed.luau", '--!strict\nlocal x: number = "пять"\nprint(x)\n');
  await expect.poll(() => codes(page, "typed.luau")).toEqual(["TypeMismatch"]);
  // A script with a type error still runs.
  const program = playground.program("typed.luau");
  await program.run();
  await program.shows("пять");
  await playground.paste("typed.luau", "--!strict\nlocal x: number = 5\nprint(x)\n");
  await expect.poll(() => codes(page, "typed.luau")).toEqual([]);
});

test("a checker that hangs is started again, and the editor works meanwhile", async ({ playground }) => {
  const { page } = playground;
  await isReady(page);
  await noteStates(page);
  const hung = checker(page);
  // Never answered: the worker is killed.
  hung
    .evaluate(() => {
      for (;;);
    })
    .catch(() => {});
  await playground.newFile("typed.luau", { isProgram: true });
  await playground.paste("typed.luau", "print(nothing)\n");
  const program = playground.program("typed.luau");
  await program.run();
  await program.shows("nil");
  await expect.poll(() => notedStates(page), { timeout: READY_LIMIT_MS }).toContainEqual({ kind: "restarting", end: "hung" });
  await isReady(page);
  await expect.poll(() => hasAnotherChecker(page, hung), { message: "there is another worker", timeout: READY_LIMIT_MS }).toBe(true);
  await expect.poll(() => codes(page, "typed.luau")).toContain("UnknownSymbol");
});

test("a checker that crashes is started again", async ({ playground }) => {
  const { page } = playground;
  await isReady(page);
  await noteStates(page);
  const broken = checker(page);
  await broken.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error("a fault on purpose");
      }),
  );
  await expect.poll(() => notedStates(page)).toContainEqual({ kind: "restarting", end: "crashed" });
  await isReady(page);
  await expect.poll(() => checker(page) !== broken, { message: "the worker that broke is gone" }).toBe(true);
});

test("a checker that runs out of memory is started again", async ({ playground }) => {
  const { page } = playground;
  await isReady(page);
  await noteStates(page);
  const full = checker(page);
  // More than its memory may hold; made in the worker, so that only the checker has to carry it.
  await full.evaluate(
    (bytes) =>
      void dispatchEvent(new MessageEvent("message", { data: { type: "project", set: [["large.luau", " ".repeat(bytes)]], removed: [], mode: "strict" } })),
    TOO_MANY_BYTES,
  );
  // A busy machine needs longer to run out of it than a checker may be silent.
  await expect
    .poll(() => notedStates(page), { timeout: READY_LIMIT_MS })
    .toContainEqual({ kind: "restarting", end: expect.stringMatching(/^(memory|hung)$/) as unknown });
  // The editor works throughout, and the program runs.
  await playground.newFile("typed.luau", { isProgram: true });
  await playground.paste("typed.luau", "print(nothing)\n");
  const program = playground.program("typed.luau");
  await program.run();
  await program.shows("nil");
  await isReady(page);
  await expect.poll(() => hasAnotherChecker(page, full), { message: "there is another worker", timeout: READY_LIMIT_MS }).toBe(true);
  await expect.poll(() => codes(page, "typed.luau"), { timeout: READY_LIMIT_MS }).toContain("UnknownSymbol");
});

test.describe("a page that is served before the checker is built", () => {
  test("says so, and takes it up by itself", async ({ page, room }) => {
    const folder = mkdtempSync(join(tmpdir(), "zone-page-"));
    cpSync(inProject("web/dist"), folder, { recursive: true });
    tellPages({ state: "building", done: 0, total: 0 }, folder);
    const bridge = await BridgeProcess.start(["--page", folder]);
    try {
      const playground = new PlaygroundPage(page);
      await playground.open(bridge.roomUrl(room));
      let loads = 0;
      page.on("load", () => loads++);
      await expect(state(page)).toHaveText("The type checker is being built");
      tellPages({ state: "building", done: 3, total: 140 }, folder);
      await expect(state(page)).toHaveText("The type checker is being built: 3 of 140");
      publishAnalysis(MODULE, folder);
      await isReady(page);
      await playground.paste("client.luau", "print(nothing)\n");
      await expect.poll(() => codes(page, "client.luau"), { timeout: READY_LIMIT_MS }).toContain("UnknownSymbol");
      // Without a reload.
      expect(loads).toBe(0);
      expect(playground.faults).toEqual([]);
    } finally {
      await bridge.program.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  for (const [name, manifest, text] of [
    ["has no checker", { state: "missing" }, "This playground has no type checker"],
    ["could not build one", { state: "failed" }, "The type checker could not be built: see the terminal for the reason"],
  ] as const) {
    test(`says plainly when the server ${name}`, async ({ page, room }) => {
      const folder = mkdtempSync(join(tmpdir(), "zone-page-"));
      cpSync(inProject("web/dist"), folder, { recursive: true });
      tellPages(manifest, folder);
      const bridge = await BridgeProcess.start(["--page", folder]);
      try {
        const playground = new PlaygroundPage(page);
        await playground.open(bridge.roomUrl(room));
        await expect(state(page)).toHaveText(text);
        // Everything else works.
        await playground.newFile("plain.luau", { isProgram: true });
        await playground.paste("plain.luau", "print('without types')\n");
        const program = playground.program("plain.luau");
        await program.run();
        await program.shows("without types");
        // It is looked for again, without a reload.
        publishAnalysis(MODULE, folder);
        await isReady(page);
        expect(playground.faults).toEqual([]);
      } finally {
        await bridge.program.end();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
