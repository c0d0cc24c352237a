import type { Page } from "@playwright/test";
import { tasksDuring } from "../../bench/src/main-thread.ts";
import { expect } from "./test.ts";

/**
 * Milliseconds of the processor that one task of the page may take on a machine like that of the benchmark `long-lines`, which
 * holds it to 50. What this is to find, a loop that grows with the square of a line, takes thousands, every time.
 */
const LONGEST_TASK_MS = 100;
/** The least of so many tries counts: a busy machine is not as busy each time, and a loop is as slow. */
const TRIES = 3;
/** Elements of the work that a machine is compared by, and the processor's milliseconds that they take on that machine. */
const COMPARED_ELEMENTS = 2_000;
const COMPARED_MS = 20;

/** How many times slower this machine is, now and in this page, than the one that the limit is for; at least 1. */
export async function slownessOf(page: Page): Promise<number> {
  // In a task of the page's own: those that the driver asks for are not counted.
  const { longestProcessor } = await tasksDuring(page, () =>
    page.evaluate(
      (elements) =>
        new Promise<void>((resolve) =>
          setTimeout(() => {
            // What a console does, in one task: elements with a style each, laid out.
            const block = document.createElement("div");
            for (let index = 0; index < elements; index++) {
              const element = document.createElement("span");
              element.style.color = `rgb(${index % 256} 0 0)`;
              element.textContent = `${index} `;
              block.append(element);
            }
            document.body.append(block);
            const height = block.offsetHeight;
            block.remove();
            if (height > 0) resolve();
          }, 0),
        ),
      COMPARED_ELEMENTS,
    ),
  );
  return Math.max(1, longestProcessor / COMPARED_MS);
}

/** Whether the page answers while `action` is carried out and for a little while after, on a machine so many times slower. `action` may be carried out several times. */
export async function isQuick(page: Page, slowness: number, what: string, action: () => Promise<void>): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least >= LONGEST_TASK_MS * slowness; tries++) {
    const { longestProcessor } = await tasksDuring(page, async () => {
      await action();
      // What is done a little later belongs to it.
      await page.waitForTimeout(400);
    });
    least = Math.min(least, longestProcessor);
  }
  expect.soft(least, `longest task, on a machine ${slowness.toFixed(1)} times slower: ${what}`).toBeLessThan(LONGEST_TASK_MS * slowness);
}
