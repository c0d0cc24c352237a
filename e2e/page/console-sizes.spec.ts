import type { Locator, Page } from "@playwright/test";
import { isAccessible } from "../support/axe.ts";
import { checkerIsReady } from "../support/checker.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** Height that every console keeps. */
const LEAST_PX = 128;

/** The dividers between consoles, from the top. */
function dividers(page: Page): Locator {
  return page.locator("zp-console-area").getByRole("separator");
}

async function height(console: Locator): Promise<number> {
  return (await console.boundingBox())?.height ?? 0;
}

function heights(page: Page): Promise<number[]> {
  return page.locator("zp-console").evaluateAll((consoles) => consoles.map((console) => Math.round(console.getBoundingClientRect().height)));
}

/** That a divider says what is seen: the first console's part of both and its bounds, in per cent. */
async function saysWhatIsSeen(page: Page, index = 0): Promise<void> {
  const [first = 0, second = 0] = (await heights(page)).slice(index, index + 2);
  const said = Number(await dividers(page).nth(index).getAttribute("aria-valuenow"));
  expect(Math.abs(said - (first / (first + second)) * 100), `${said} % of ${first} and ${second}`).toBeLessThanOrEqual(1);
  await expect
    .poll(async () => Math.abs(Number(await dividers(page).nth(index).getAttribute("aria-valuemin")) - (LEAST_PX / (first + second)) * 100))
    .toBeLessThanOrEqual(1);
}

async function areEqual(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const all = await heights(page);
      return Math.max(...all) - Math.min(...all);
    })
    .toBeLessThanOrEqual(1);
}

/** Takes hold of a divider in its middle and lets go of it so many pixels further down. */
async function drag(page: Page, divider: Locator, pixels: number): Promise<void> {
  const box = await divider.boundingBox();
  if (box === null) throw new Error("the divider is not to be seen");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + pixels / 2);
  await page.mouse.move(x, y + pixels);
  await page.mouse.up();
}

// The welcome takes room from the consoles until it is closed.
test.beforeEach(async ({ playground }) => {
  await playground.page.getByTestId("welcome-close").click();
});

test("neighbouring consoles are sized against each other with the mouse", async ({ playground }) => {
  const { page } = playground;
  const divider = dividers(page);
  await expect(divider).toHaveCount(1);
  await areEqual(page);
  const server = page.locator('zp-console[data-program="server.luau"]');
  const before = await height(server);
  // Taken hold of, it does not jump.
  await drag(page, divider, 1);
  expect(Math.abs((await height(server)) - before)).toBeLessThanOrEqual(2);
  await drag(page, divider, 99);
  await expect.poll(async () => Math.abs((await height(server)) - before - 100)).toBeLessThanOrEqual(2);
  await saysWhatIsSeen(page);
  // As far as the least that a console keeps, and no further.
  await drag(page, divider, 2000);
  const client = page.locator('zp-console[data-program="client.luau"]');
  await expect.poll(() => height(client)).toBe(LEAST_PX);
  await expect(client.getByTestId("run")).toBeInViewport();
  await expect(divider).toHaveAttribute("aria-valuenow", (await divider.getAttribute("aria-valuemax")) ?? "");
  await divider.dblclick();
  await areEqual(page);
  await expect(divider).toHaveAttribute("aria-valuenow", "50");
});

test("and with the keyboard, which sees where it is", async ({ playground }) => {
  const { page } = playground;
  await playground.newFile("third.luau", { isProgram: true });
  await expect(dividers(page)).toHaveCount(2);
  const divider = page.getByRole("separator", { name: "Height of the console of client.luau" });
  await expect(divider).toHaveAttribute("aria-orientation", "horizontal");
  await page.locator('zp-console[data-program="client.luau"]').getByTestId("run").focus();
  await page.keyboard.press("Tab");
  // The console's text and its field lie between, where they are to be reached with the keyboard.
  for (let steps = 0; steps < 4 && !(await divider.evaluate((node) => node.matches(":focus"))); steps++) await page.keyboard.press("Tab");
  await expect(divider).toBeFocused();
  await expect(divider).toHaveCSS("outline-style", "solid");
  const [server = 0, client = 0, third = 0] = await heights(page);
  for (let times = 0; times < 3; times++) await page.keyboard.press("ArrowDown");
  await expect(divider).toHaveAttribute("aria-valuenow", "56");
  expect((await heights(page))[0]).toBe(server);
  expect((await heights(page))[1]).toBeGreaterThan(client);
  await saysWhatIsSeen(page, 1);
  await page.keyboard.press("ArrowUp");
  await expect(divider).toHaveAttribute("aria-valuenow", "54");
  await page.keyboard.press("Home");
  await expect.poll(async () => (await heights(page))[1]).toBe(LEAST_PX);
  await expect(divider).toHaveAttribute("aria-valuenow", (await divider.getAttribute("aria-valuemin")) ?? "");
  await page.keyboard.press("End");
  await expect.poll(async () => (await heights(page))[2]).toBe(LEAST_PX);
  // Keys of the other direction are not its own.
  await page.keyboard.press("ArrowLeft");
  expect((await heights(page))[2]).toBe(LEAST_PX);
  await isAccessible(page, "with dividers between consoles");
  await page.keyboard.press("Enter");
  await expect.poll(() => heights(page)).toEqual([server, client, third]);
});

test("sizes stay sensible as consoles come and go, are folded, and the window changes", async ({ playground }) => {
  const { page } = playground;
  await drag(page, dividers(page), 100);
  await saysWhatIsSeen(page);
  const [server = 0, client = 0] = await heights(page);
  const ratio = server / client;
  await page.getByTestId("merge-consoles").click();
  await expect(dividers(page)).toHaveCount(0);
  await page.getByTestId("merge-consoles").click();
  await expect.poll(() => heights(page)).toEqual([server, client]);
  await page.setViewportSize({ width: 1280, height: 1000 });
  await expect
    .poll(async () => {
      const [first = 0, second = 1] = await heights(page);
      return first > server && Math.abs(first / second - ratio) < 0.03;
    })
    .toBe(true);
  await saysWhatIsSeen(page);
  // Too low for all: each keeps what it needs, and the whole is scrolled.
  await page.setViewportSize({ width: 1280, height: 360 });
  await expect.poll(async () => Math.min(...(await heights(page)))).toBeGreaterThanOrEqual(LEAST_PX);
  await page.setViewportSize({ width: 1280, height: 1000 });
  await playground.newFile("third.luau", { isProgram: true });
  await expect
    .poll(async () => {
      const [first = 0, second = 0, third = 0] = await heights(page);
      return Math.abs((first + second) / 2 - third) <= 2 && first > second;
    })
    .toBe(true);
  await saysWhatIsSeen(page, 0);
  await saysWhatIsSeen(page, 1);
  await removeFile(playground, "server.luau");
  await removeFile(playground, "third.luau");
  await expect(dividers(page)).toHaveCount(0);
  const area = await page.locator("zp-console-area .stack").boundingBox();
  await expect.poll(async () => (await heights(page))[0]).toBe(Math.round(area?.height ?? 0));
});

async function removeFile({ page }: PlaygroundPage, name: string): Promise<void> {
  await page.locator(`zp-file-tabs [data-file="${name}"]`).click();
  await page.getByTestId("change-file").click();
  await page.getByTestId("delete-file").click();
  await page.getByTestId("confirm-delete").click();
  await expect(page.locator(`zp-console[data-program="${name}"]`)).toHaveCount(0);
}

test("the divider of code and consoles goes back with Enter, too", async ({ playground }) => {
  const { page } = playground;
  const divider = page.getByRole("separator", { name: "Width of the editor" });
  const output = page.locator("#output-pane");
  const before = (await output.boundingBox())?.width;
  await divider.focus();
  await page.keyboard.press("End");
  await expect(divider).toHaveAttribute("aria-valuenow", "75");
  await expect.poll(async () => (await output.boundingBox())?.width).not.toBe(before);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await output.boundingBox())?.width).toBe(before);
});

test.describe("on a phone, in Russian", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "ru-RU" });

  test("consoles are sized with a finger", async ({ playground }) => {
    const { page } = playground;
    // While the type checker is not there, or has to start anew, the foot takes another line to say so, and room from the consoles.
    await checkerIsReady(playground);
    await page.locator("#tab-output").click();
    const divider = page.getByRole("separator", { name: "Высота консоли server.luau" });
    // The page measures the consoles a picture after they have come into sight; a busy one may take its time for that.
    await expect(divider).not.toHaveAttribute("aria-valuemin", "0");
    const box = await divider.boundingBox();
    if (box === null) throw new Error("the divider is not to be seen");
    expect(box.height).toBeGreaterThanOrEqual(24);
    const [before = 0] = await heights(page);
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const session = await page.context().newCDPSession(page);
    await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
    for (const down of [20, 50, 80]) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ ...point, y: point.y + down }] });
    await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect.poll(async () => Math.abs(((await heights(page))[0] ?? 0) - before - 80)).toBeLessThanOrEqual(2);
    await saysWhatIsSeen(page);
    const sizes = await heights(page);
    // Out of sight and back.
    await page.locator("#tab-code").click();
    await page.locator("#tab-output").click();
    await expect.poll(() => heights(page)).toEqual(sizes);
  });
});

test.describe("with forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });

  test("the dividers can be seen", async ({ playground }) => {
    const { page } = playground;
    const colours = await dividers(page).evaluate((node) => {
      const probe = document.createElement("p");
      probe.style.color = "CanvasText";
      document.body.append(probe);
      return { text: getComputedStyle(probe).color, line: getComputedStyle(node, "::after").backgroundColor };
    });
    expect(colours.line).toBe(colours.text);
  });
});
