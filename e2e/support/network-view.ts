import { expect, type Locator, type Page } from "@playwright/test";
import type { ChildProgram } from "./child-program.ts";
import type { PlaygroundPage } from "./playground-page.ts";

/** The rows of the ladder that are elements, all or those of a kind, in a page or a part of it. */
export function ladderRows(page: Page | Locator, kind?: string): Locator {
  return page.locator(`zp-ladder [role="option"]${kind === undefined ? "" : `[data-kind="${kind}"]`}`);
}

/** The rows of a kind whose name, as a screen reader says it, is like this, whether or not nothing happened for a while before. */
export function namedRows(page: Page, kind: string, name: RegExp): Locator {
  return page.getByRole("option", { name: new RegExp(name.source.replace(/^\^/, "^(?:[\\d.,a-z ]+ later: )?")) }).and(ladderRows(page, kind));
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

/** Leaves what is printed out of the ladder, so that what is looked for is in sight. */
export async function leavePrintedOut(page: Page): Promise<void> {
  await page.getByTestId("filter-printed").uncheck();
}

/** Opens an item's detail, and gives it. */
export async function openDetail(row: Locator): Promise<Locator> {
  const page = row.page();
  await row.click();
  const detail = page.getByTestId("network-detail");
  await expect(detail.getByTestId("detail-headline")).toBeFocused();
  return detail;
}

/** What the item of a row is, as its detail explains it. */
export async function isExplained(row: Locator, explanation: string | RegExp, note?: { readonly code: string; readonly text: string | RegExp }): Promise<void> {
  const detail = await openDetail(row);
  await expect(detail.getByTestId("explanation")).toContainText(explanation);
  if (note !== undefined) await expect(detail.locator(`[data-note="${note.code}"]`)).toContainText(note.text);
  await detail.getByTestId("close-detail").click();
}

/** Has `peers/told.mjs` do something. */
export function tell(
  peer: ChildProgram,
  wish: { readonly send: string } | { readonly glue: readonly string[] } | { readonly end: true } | { readonly reset: true },
): void {
  peer.write(`${JSON.stringify(wish)}\n`);
}

/** Chooses an entry of the menu that saves and opens captures. */
export async function chooseOfMenu(page: Page, item: "save-capture" | "open-capture"): Promise<void> {
  await page.getByTestId("capture-menu").getByRole("button").click();
  await page.locator(`zp-capture-menu [data-item="${item}"]`).click();
}
