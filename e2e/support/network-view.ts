import { expect, type Locator, type Page } from "@playwright/test";
import type { PlaygroundPage } from "./playground-page.ts";

/** The rows of the ladder that are elements, all or those of a kind. */
export function ladderRows(page: Page, kind?: string): Locator {
  return page.locator(`zp-ladder [role="option"]${kind === undefined ? "" : `[data-kind="${kind}"]`}`);
}

/** Opens the tab, by its button. */
export async function openNetwork(page: Page): Promise<void> {
  await page.getByTestId("tab-network").click();
  await expect(page.locator("zp-network")).toBeVisible();
}

/** Puts a source into a program and runs it by its key: the consoles with their buttons are behind the tab, and what is printed is in the ladder. */
export async function runUnseen(playground: PlaygroundPage, file: string, source: string): Promise<void> {
  await playground.paste(file, source);
  await playground.page.keyboard.press("ControlOrMeta+Enter");
}
