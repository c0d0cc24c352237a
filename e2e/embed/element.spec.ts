import { expect } from "@playwright/test";
import { helloElement as hello, openLesson as openElement, test } from "../support/lesson-test.ts";

test("a lesson on another site runs its programs under the documented policy", async ({ page, site, open: _open, violations: _violations }) => {
  const wasm: string[] = [];
  page.on("request", (request) => {
    // The frame is a page of its own.
    if (request.url().endsWith(".wasm") && request.frame() === page.mainFrame()) wasm.push(request.url());
  });
  await page.goto(site.origin);
  const helloElement = page.locator("#hello");
  await expect(helloElement).toContainText('local name = "world"');
  await helloElement.getByTestId("run").click();
  await expect(helloElement.getByRole("log")).toHaveText("hello, world");

  const talk = page.locator("#talk");
  await talk.getByTestId("run").click();
  await expect(talk.locator('[data-program="client.luau"]').getByRole("log")).toHaveText("the server says: welcome");
  await expect(talk.locator('[data-program="words.luau"]')).toHaveCount(0);
  await talk.getByTestId("stop").click();
  await expect(talk.locator('[data-program="server.luau"]').getByTestId("program-state")).toHaveAttribute("data-state", "stopped");

  await page.locator("#file").getByTestId("run").click();
  await expect(page.locator("#file").getByRole("log")).toHaveText("123");
  expect(wasm, "one VM for all elements").toHaveLength(1);

  const frame = page.frameLocator("#frame");
  await frame.getByTestId("run").click();
  await expect(frame.getByRole("log")).toHaveText("hello from a frame");
});

test("what is said of an error is read whole in a short frame", async ({ page, site, open: _open, violations: _violations }) => {
  await openElement(page, site, hello('local name = "world"\nprnt(name)'));
  const element = page.locator("zone-playground");
  await element.getByTestId("run").click();
  const message = element.getByTestId("line-error");
  await expect(message).toContainText("Did you mean `print`?");
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await expect(async () => {
      const [box, frame] = [await message.boundingBox(), await element.locator(".code").boundingBox()];
      if (box === null || frame === null) throw new Error("the message is not shown");
      expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
    }).toPass();
  }
});

test("hidden lines run and are counted, folded ones open", async ({ page, site, open: _open, violations: _violations }) => {
  await openElement(
    page,
    site,
    hello(
      "--#region hidden\nlocal hidden = 20\n--#endregion\n--#region folded More\nlocal folded = 1\n--#endregion\nprint(hidden + folded)\nerror('here')",
      'loading="click"',
    ),
  );
  const element = page.locator("zone-playground");
  await expect(element).toContainText("print(hidden + folded)");
  await expect(element.locator(".static")).not.toContainText("local hidden");
  await expect(element.getByText("local folded")).toBeHidden();
  await element.locator("summary").click();
  await expect(element.getByText("local folded")).toBeVisible();
  await element.getByTestId("run").click();
  await expect(element.getByRole("log")).toContainText("21");
  await expect(element.getByRole("log")).toContainText("hello.luau:8: here");
  await expect(element.locator(".cm-content")).not.toContainText("local hidden");
  await expect(element.locator(".cm-errorLine")).toContainText("error('here')");
  await expect(element.locator(".cm-lineNumbers")).toContainText("8");
  await element.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type("print(hidden)");
  const source = await element.evaluate((node) => (node as unknown as { getFiles(): { source: string }[] }).getFiles()[0]?.source);
  expect(source).toMatch(/^--#region hidden\nlocal hidden = 20\n--#endregion\n/);
  expect(source).toContain("print(hidden)");
});

test("it is light until it is touched, and tells its page what happens", async ({ page, site, open: _open, violations: _violations }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await openElement(page, site, hello("print('one')", 'loading="click" room="lesson" height="200"'));
  const element = page.locator("zone-playground");
  await expect(element).toContainText("print('one')");
  expect(loaded.filter((path) => path.startsWith("/assets/"))).toEqual([]);
  await element.evaluate((node) => {
    const events: unknown[] = [];
    (globalThis as { events?: unknown }).events = events;
    for (const type of ["ready", "run", "stop", "output", "error", "change"])
      node.addEventListener(type, (event) => events.push([type, (event as CustomEvent).detail]));
  });
  const call = (method: string): Promise<unknown> =>
    element.evaluate((node, name) => (node as unknown as Record<string, () => Promise<unknown>>)[name]?.(), method);
  await call("run");
  await expect(element.getByRole("log")).toHaveText("one");
  await element.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  await call("stop");
  const events = await page.evaluate(() => (globalThis as unknown as { events: [string, Record<string, unknown>][] }).events);
  expect(events.map(([type]) => type).filter((type) => type !== "change")).toEqual(["ready", "run", "output", "stop"]);
  expect(events.find(([type]) => type === "change")?.[1]).toEqual({ name: "hello.luau", source: "print('one')\nx" });
  expect(events[2]?.[1]).toEqual({ program: "hello.luau", level: "print", text: "one" });
  const link = String(await call("share"));
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#share=v1\./);
  expect(await element.locator("#code").evaluate((node) => node.clientHeight)).toBe(200);
});

test.describe(() => {
  // What the bridge holds is counted.
  test.use({ hasOwnBridge: true });

  test("a site that the operator has not named is told what to do", async ({ page, site, bridge }) => {
    site.bridge = bridge.url.replace(/\/$/, "");
    await openElement(page, site, hello("print(1)"));
    const element = page.locator("zone-playground");
    await element.getByTestId("run").click();
    await expect(element.getByTestId("problem")).toContainText(`--embed-origin ${site.origin}`);
    expect((await bridge.health()).sockets).toBe(0);
    await page.evaluate(() => document.querySelector("zone-playground")?.setAttribute("lang", "ru"));
    await expect(element.getByTestId("problem")).toContainText("не разрешает страницам");
    // And no frame of the bridge's own pages either.
    await openElement(page, site, `<iframe src="${site.bridge}/embed/"></iframe><iframe src="${site.bridge}/room/abc/"></iframe>`);
    for (const frame of page.frames().slice(1)) await expect.poll(() => frame.url()).toMatch(/^chrome-error:/);
  });
});

test("a bridge that is away is said to be", async ({ page, site, open }) => {
  await openElement(page, site, hello("print(1)"));
  const element = page.locator("zone-playground");
  await expect(element.locator(".cm-content")).toContainText("print(1)");
  await open.program.end();
  await element.getByTestId("run").click();
  await expect(element.getByTestId("problem")).toContainText("is unreachable");
});

test("the page's styles and the element's stay apart", async ({ page, site, open: _open }) => {
  await page.goto(site.origin);
  const run = page.locator("#hello").getByTestId("run");
  await expect(run).toBeVisible();
  expect(await run.evaluate((node) => getComputedStyle(node).textTransform)).toBe("none");
  await expect(page.locator("h1")).toHaveCSS("font-family", /Georgia/);
});
