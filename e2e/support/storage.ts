import type { Page } from "@playwright/test";

/** Lets a page keep nothing from now on, as browsers do whose reader has forbidden it: each storage raises where it is asked for. */
export async function blockStorage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const blocked = {
      get: () => {
        throw new DOMException("blocked", "SecurityError");
      },
    };
    for (const name of ["indexedDB", "localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, blocked);
  });
}
