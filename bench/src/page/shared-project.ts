import type { Page } from "@playwright/test";
import { encodeShare, type SharedFile, shareHash } from "@playground/share";

/** A link to a project, as the page makes it, for the bridge at this address. */
export function linkTo(address: string, files: readonly SharedFile[]): string {
  return `${address}${shareHash(encodeShare({ files }))}`;
}

/** Follows a link and opens the project as a reader does; done once the editor and a terminal are there. */
export async function openShared(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByTestId("arrival-open").click();
  await page.locator("zp-editor .cm-content").waitFor();
  await page.locator("zp-console .xterm-screen").first().waitFor({ state: "attached" });
}

/** A program of one file. */
export function program(name: string, source: string): SharedFile {
  return { name, source, isProgram: true };
}
