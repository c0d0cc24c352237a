import type { Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

// What a window of 1280 x 800 pixels shows at 200 %.
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

/** That nothing needs scrolling sideways, that every button in sight can be reached whole, and that no text of an open dialog is cut off. */
async function fits(page: Page, state: string): Promise<void> {
  const outside = await page.evaluate(() => {
    const found: string[] = [];
    const root = document.scrollingElement ?? document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} pixels wide`);
    const visit = (from: ParentNode, inDialog: boolean): void => {
      for (const element of from.querySelectorAll<HTMLElement>("*")) {
        const isIn = inDialog || element.closest("dialog[open]") !== null;
        if (element.shadowRoot !== null) visit(element.shadowRoot, isIn);
        if (isIn && element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX))
          found.push(`${element.className || element.localName} needs scrolling sideways`);
        const isControl = element.matches("button, a[href], input, select, [role=tab], [role=separator]");
        const isText = isIn && [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== "");
        if ((!isControl && !isText) || !element.checkVisibility({ visibilityProperty: true })) continue;
        const name = element.dataset["testid"] ?? element.ariaLabel ?? element.textContent.trim();
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        // What is cut off can be scrolled by a script, but by nobody else.
        for (let node: Node | null = element; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
          if (node instanceof HTMLElement && node.scrollTop > 1 && getComputedStyle(node).overflowY === "hidden")
            found.push(`${name}: cut off by ${node.className || node.localName}`);
        }
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        // What is for screen readers only is a pixel wide.
        if (width <= 1) continue;
        if (left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1)
          found.push(`${name}: ${[left, right, top, bottom].map(Math.round).join(" ")}`);
        if (isText && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible")
          found.push(`${name}: ${element.scrollWidth} pixels of text in ${element.clientWidth}`);
        // Nothing lies over it.
        if (isIn && isControl) {
          const over = (element.getRootNode() as ShadowRoot).elementFromPoint((left + right) / 2, (top + bottom) / 2);
          if (!element.contains(over)) found.push(`${name}: under ${over?.localName}`);
        }
      }
    };
    visit(document, false);
    return found;
  });
  expect.soft(outside, state).toEqual([]);
}

async function toRussian(page: Page): Promise<void> {
  await page.getByTestId("language").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
}

test("at 200 % nothing needs scrolling sideways, and everything can be reached", async ({ playground }) => {
  const { page } = playground;
  await fits(page, "the code");
  const menu = page.getByTestId("menu");
  for (const item of ["project.share", "project.list", "project.examples", "project.new-file"]) {
    await menu.getByRole("button").click();
    await menu.locator(`[data-item="${item}"]`).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await fits(page, item);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.keyboard.press("Shift+F1");
  await expect(page.getByRole("dialog")).toBeVisible();
  await fits(page, "the shortcuts");
  await page.keyboard.press("Escape");
  await menu.getByRole("button").click();
  await fits(page, "the menu");
  await page.keyboard.press("Escape");
  await page.getByTestId("run-all").click();
  await playground.program("client.luau").shows("Connected");
  await fits(page, "the consoles");
  await toRussian(page);
  await fits(page, "in Russian");
});

test("at 200 % the room can be worked with, in both languages", async ({ playground, openAnother }) => {
  const { page } = playground;
  await page.getByTestId("open-room").click();
  await expect(page.getByTestId("room-alone")).toBeVisible();
  await fits(page, "alone in the room");
  const neighbour = await openAnother();
  await neighbour.page.getByTestId("open-room").click();
  // As long as a name may be.
  const longest = "a".repeat(32);
  await neighbour.page.getByTestId("machine-name").fill(longest);
  await neighbour.page.getByTestId("rename-machine").click();
  await expect(page.getByTestId("room-machines")).toContainText(longest);
  await neighbour.page.keyboard.press("Escape");
  await neighbour.paste(
    "server.luau",
    `${Array.from({ length: 12 }, (_, index) => `zone.socket.server.new():listen(${20_000 + index}, function() end)`).join("\n")}\nfunction zone.update() zone.socket.update() end`,
  );
  await neighbour.page.locator("#tab-output").click();
  await neighbour.program("server.luau").run();
  await expect(page.getByTestId("ports").nth(1)).toContainText("20000");
  await page.getByTestId("machine-name").fill(longest);
  await page.getByTestId("rename-machine").click();
  await expect(page.getByTestId("use-proposal")).toBeVisible();
  await page.getByTestId("new-password").fill("abc");
  await page.getByTestId("set-password").click();
  await expect(page.getByTestId("password-fault")).not.toBeEmpty();
  await fits(page, "with faults");
  await page.getByTestId("new-password").fill("secret");
  await page.getByTestId("set-password").click();
  await expect(page.getByTestId("remove-password")).toBeVisible();
  await fits(page, "with a password");
  // With the keyboard, down to the last button, which comes into sight.
  await page.getByTestId("new-password").focus();
  for (const button of ["set-password", "remove-password"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByTestId(button)).toBeFocused();
    await expect(page.getByTestId(button)).toBeInViewport({ ratio: 1 });
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await toRussian(page);
  await page.getByTestId("open-room").click();
  await expect(page.getByTestId("remove-password")).toBeVisible();
  await fits(page, "in Russian");
});

for (const locale of ["en-US", "ru-RU"]) {
  test.describe(locale, () => {
    test.use({ locale, bridgeOptions: ({ lockedRoom }, use) => use(lockedRoom.bridgeOptions) });

    test(`at 200 % a room's password can be given (${locale})`, async ({ page, bridge, lockedRoom }) => {
      await page.goto(bridge.roomUrl(lockedRoom.name));
      const field = page.getByTestId("password");
      await expect(field).toBeFocused();
      await fits(page, "the question");
      await field.fill("other");
      await field.press("Enter");
      await expect(page.getByTestId("password-error")).not.toBeEmpty();
      await fits(page, "a wrong password");
      await field.fill(lockedRoom.password);
      await page.keyboard.press("Tab");
      await expect(page.getByTestId("enter-room")).toBeFocused();
      await expect(page.getByTestId("enter-room")).toBeInViewport({ ratio: 1 });
      await page.keyboard.press("Escape");
      // Put away, it leaves a notice with a way back.
      await expect(page.getByTestId("ask-password")).toBeInViewport({ ratio: 1 });
      await fits(page, "the notice");
      await page.getByTestId("ask-password").click();
      await field.fill(lockedRoom.password);
      await page.getByTestId("enter-room").click();
      await expect(page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected");
    });
  });
}
