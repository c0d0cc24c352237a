import type { Locator, Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { COURSE, filesIn, stepsOf } from "./course.ts";
import type { PlaygroundPage } from "./playground-page.ts";
import { expect } from "./test.ts";

/** What a check came to. */
export const checkResult = (page: Page): Locator => page.getByTestId("check-result");

/** Opens a lesson by its address, as a link does. */
export async function openLesson({ page }: PlaygroundPage, lesson: string, step?: string): Promise<void> {
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `#lesson=${COURSE}/${lesson}${step === undefined ? "" : `&step=${step}`}`,
  );
  await expect(page.getByTestId("lesson-text")).toHaveAttribute("data-step", step ?? stepsOf(lesson)[0]?.id ?? "");
}

/** Puts the sources of a folder of a lesson into the project. */
export async function putFiles(playground: PlaygroundPage, lesson: string, folder: string): Promise<void> {
  for (const [name, source] of filesIn(lesson, folder)) await playground.paste(name, source);
}

/** Checks through the step that is open, and waits for the result. */
export async function check(page: Page): Promise<void> {
  await page.getByTestId("check").click();
  await expect(checkResult(page)).toHaveAttribute("data-state", "done", { timeout: LONG_PATIENCE_MS });
}
