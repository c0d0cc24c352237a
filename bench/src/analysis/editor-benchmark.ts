import type { Page } from "@playwright/test";
import { pasteCode, withBuiltPage } from "../browser.ts";
import type { Figure } from "../figure.ts";
import { tasksDuring } from "../main-thread.ts";
import { percentile } from "./percentile.ts";
import { blocksOf } from "./source.ts";

/** The longest task of the page's main thread that is let pass while files are checked, in milliseconds: one frame. */
const LONGEST_TASK_MS = 16;
/** The limit of completion at 1,000 lines, milliseconds for 95 of 100. */
const COMPLETION_LIMIT_MS = 50;
/** Keys whose diagnostics are timed for each size. */
const KEYS = 30;
/** Keys after which the editor is warm: its code is compiled, the checker knows Luau's library. */
const WARM_KEYS = 4;
/** Milliseconds in which a mark must come or go. */
const MARK_LIMIT_MS = 30_000;
const CHECKER_LIMIT_MS = 60_000;

/** The type checker in the editor, in headless Chromium: from a key to the marks, and what the page's main thread does meanwhile. */
export async function measureEditor(sizes: readonly number[]): Promise<Figure[]> {
  return withBuiltPage(async (page) => {
    await page.locator('[data-testid="analysis-state"][data-state="ready"]').waitFor({ state: "attached", timeout: CHECKER_LIMIT_MS });
    await watchMarks(page);
    const figures: Figure[] = [];
    for (const lines of sizes) figures.push(...(await measureSize(page, lines)));
    return figures;
  });
}

async function measureSize(page: Page, lines: number): Promise<Figure[]> {
  // With the letter s behind it, the last word is the text and no number: one mark comes; without it, it goes.
  await pasteCode(page, `--!strict\n${blocksOf(lines)}local v, vs = 1, "text"\nprint(v, vs)\nlocal _last: number = v`);
  await markIs(page, false);
  for (let key = 0; key < WARM_KEYS; key++) await press(page, key);
  const delays: number[] = [];
  const { longest, longestProcessor } = await tasksDuring(page, async () => {
    for (let key = 0; key < KEYS; key++) delays.push(await press(page, key));
  });
  const completions: number[] = [];
  for (let key = 0; key < KEYS; key++) completions.push(await complete(page));
  const what = `${lines.toLocaleString("en")} lines`;
  const completion = percentile(completions, 95);
  return [
    { what: `editor: from a key to its diagnostics, ${what}, p50`, unit: "ms", ours: percentile(delays, 50) },
    { what: `editor: from a key to its diagnostics, ${what}, p95`, unit: "ms", ours: percentile(delays, 95) },
    {
      what: `editor: longest task of the main thread meanwhile, ${what}`,
      unit: "ms",
      ours: longest,
      target: `< ${LONGEST_TASK_MS} ms`,
      holds: longest < LONGEST_TASK_MS,
    },
    { what: `editor: processor's time of the most expensive task, ${what}`, unit: "ms", ours: longestProcessor },
    {
      what: `editor: completion after an edit, asked and answered, ${what}, p95`,
      unit: "ms",
      ours: completion,
      ...(lines === 1_000 && { target: `< ${COMPLETION_LIMIT_MS} ms`, holds: completion < COMPLETION_LIMIT_MS }),
    },
  ];
}

/** Presses a key that brings the mark or takes it away, and gives the milliseconds until the page shows that. */
async function press(page: Page, key: number): Promise<number> {
  const isMarked = key % 2 === 0;
  await page.keyboard.press(isMarked ? "s" : "Backspace");
  await markIs(page, isMarked);
  return page.evaluate(() => {
    const { keyAt, markAt } = globalThis as unknown as { keyAt: number; markAt: number };
    return markAt - keyAt;
  });
}

/** Presses a key and at once asks what could stand there; gives the milliseconds until the worker's answer is in the page. */
async function complete(page: Page): Promise<number> {
  await page.keyboard.press("s");
  const delay = await page.evaluate(async () => {
    const { project, analysis } = (
      document.querySelector("zp-app") as unknown as {
        playground: {
          project: { active: string; file(name: string): { source: string } };
          analysis: { ask(question: object): Promise<{ items: object[] } | undefined> };
        };
      }
    ).playground;
    const file = project.active;
    const offset = project.file(file).source.length;
    const begun = performance.now();
    const list = await analysis.ask({ kind: "complete", file, offset });
    return list !== undefined && list.items.length > 0 ? performance.now() - begun : undefined;
  });
  await page.keyboard.press("Backspace");
  // Something else happened in between: the next key tells.
  return delay ?? complete(page);
}

async function markIs(page: Page, isMarked: boolean): Promise<void> {
  await page.waitForFunction((wanted) => (globalThis as unknown as { hasMark: boolean }).hasMark === wanted, isMarked, { timeout: MARK_LIMIT_MS, polling: 20 });
}

/** Notes in the page when a key is pressed, and when a mark comes or goes. */
async function watchMarks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const notes = globalThis as unknown as { keyAt: number; markAt: number; hasMark: boolean };
    const content = document.querySelector("zp-app")!.shadowRoot!.querySelector("zp-editor")!.shadowRoot!.querySelector(".cm-content")!;
    const look = (): void => {
      const hasMark = content.querySelector(".cm-lintRange-error") !== null;
      if (hasMark === notes.hasMark) return;
      notes.hasMark = hasMark;
      notes.markAt = performance.now();
    };
    look();
    new MutationObserver(look).observe(content, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
    content.addEventListener(
      "keydown",
      () => {
        notes.keyAt = performance.now();
      },
      { capture: true },
    );
  });
}
