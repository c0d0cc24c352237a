import type { Page } from "@playwright/test";
import { ForeignHost } from "./foreign-host.ts";
import { expect, test as base } from "./test.ts";

/** Tests of lessons that come from a site of somebody else. */
export const test = base.extend<{ readonly host: ForeignHost }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  host: async ({}, use) => {
    const host = await ForeignHost.start();
    await use(host);
    await host.close();
  },
});

/** Follows a link to a lesson in a page that is open. */
export async function followLink(page: Page, address: string, step?: string): Promise<void> {
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `#lesson=${address}${step === undefined ? "" : `&step=${step}`}`,
  );
}

/** Opens a lesson from elsewhere, and agrees to it. */
export async function openForeign(page: Page, address: string, step?: string): Promise<void> {
  await followLink(page, address, step);
  await page.getByTestId("open-foreign").click();
  await expect(page.getByTestId("lesson-origin")).toContainText(new URL(address).origin);
}
