import type { Locator, Page } from "@playwright/test";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import type { PlaygroundPage } from "./playground-page.ts";
import { expect } from "./test.ts";

/** Milliseconds until the type checker is ready, and answers on a busy machine. */
export const CHECKER_LIMIT_MS = LONG_PATIENCE_MS;

export async function checkerIsReady({ page }: PlaygroundPage): Promise<void> {
  await expect(page.getByTestId("analysis-state")).toHaveAttribute("data-state", "ready", { timeout: CHECKER_LIMIT_MS });
}

/** Text of the editor that is marked as an error. */
export function markedErrors(page: Page): Locator {
  return page.locator("zp-editor .cm-lintRange-error");
}

/** Text of the editor that is marked as a warning. */
export function markedWarnings(page: Page): Locator {
  return page.locator("zp-editor .cm-lintRange-warning");
}

/** Runs a command of the page's menu. */
export async function chooseCommand(page: Page, name: string): Promise<void> {
  await page.getByTestId("menu").getByRole("button").click();
  await page.getByRole("menuitem", { name }).click();
}
