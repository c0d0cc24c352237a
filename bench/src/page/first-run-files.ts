import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** The limit of everything that the first Run needs, in kilobytes of 1,000 bytes, gzipped. */
export const FIRST_RUN_LIMIT_KB = 600;

/**
 * What is not counted, and why. While it is measured these are held back, so that the first Run is seen to do without them:
 * - `analysis`: the type checker and its worker, fetched in the background once all that Run needs is there;
 * - `explanation-words`, with `syntax-errors`, which they share with `advice`: what is said below an error, fetched ahead as the dialogs are;
 * - `dialogs`, with `link` and `short-links`, which only they and a link to a shared project use, `advice`,
 *   which they share with the marks of what the type checker has found, the `reference` in both languages, and `ru`: fetched when the page is idle after
 *   that, so that they are there even when the bridge is gone by then; `typing` likewise, or when the editor has the focus. The Russian texts are counted where the page
 *   speaks Russian.
 */
const FOR_LATER = /^\/(?:assets\/)?(?:luau-analysis|analysis|dialogs-|reference-|advice-|explanation-words-|syntax-errors-|link-|short-links-|typing-|ru-)/;
const RUSSIAN = /^\/assets\/ru-/;

/** A file that the page has fetched. */
export interface FetchedFile {
  readonly path: string;
  /** Gzipped at level 9, in kilobytes of 1,000 bytes. */
  readonly kilobytes: number;
}

/**
 * Opens a page, in a browser that has nothing of it, runs all its programs, and gives the files that were fetched
 * until the first line is printed and the page is whole: the editor with its compiler, and the terminals.
 */
export async function firstRunFiles(page: Page, address: string): Promise<readonly FetchedFile[]> {
  const { origin } = new URL(address);
  const paths = new Set<string>();
  const speaksRussian = (await page.evaluate(() => navigator.language)).startsWith("ru");
  const isForLater = (path: string): boolean => FOR_LATER.test(path) && !(speaksRussian && RUSSIAN.test(path));
  await page.route(
    (url) => url.origin === origin && isForLater(url.pathname),
    () => {
      // Never answered.
    },
  );
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin === origin && !isForLater(url.pathname)) paths.add(url.pathname);
  });
  const compiler = page.waitForRequest(/syntax-worker/);
  await page.goto(address);
  await page.getByTestId("run-all").click();
  await Promise.all([
    page.locator('[role=log] [data-level="print"]').first().waitFor({ state: "attached" }),
    page.locator("zp-editor .cm-content").waitFor(),
    page.locator("zp-console .xterm-screen").first().waitFor({ state: "attached" }),
    compiler,
  ]);
  const files = await Promise.all(
    [...paths].map(async (path) => {
      const answer = await fetch(new URL(path, origin));
      return { path, kilobytes: gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length / 1000 };
    }),
  );
  return files.toSorted((a, b) => b.kilobytes - a.kilobytes);
}

/** Sum of files, in kilobytes. */
export function sumOf(files: readonly FetchedFile[]): number {
  return files.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}
