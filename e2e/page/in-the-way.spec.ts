import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { helloElement, openLesson, test as lessonTest } from "../support/lesson-test.ts";
import { expect, test } from "../support/test.ts";

/** An HTTP proxy that knows nothing of upgrades, as some schools have. */
async function proxyWithoutUpgrades(bridge: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const forward = httpRequest(
      new URL(incoming.url ?? "/", bridge),
      { method: incoming.method, headers: { ...incoming.headers, connection: "close" } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    forward.on("error", () => outgoing.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>"));
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("a proxy that lets no WebSocket through is named as what is in the way, and so is its end", async ({ page, bridge, room }) => {
  const proxy = await proxyWithoutUpgrades(bridge.url);
  await page.goto(`${proxy.url}/room/${room}/`);
  const notice = page.getByTestId("bridge-notice");
  await expect(notice).toContainText("WebSockets do not get through to the bridge.", { timeout: LONG_PATIENCE_MS });
  await expect(notice).toContainText("proxy, a filter or an antivirus program");
  await expect(notice).not.toContainText("npm start");
  // Once the bridge is away it is another matter.
  await bridge.program.end();
  await page.getByTestId("retry").click();
  await expect(notice).toContainText("start it again as before", { timeout: LONG_PATIENCE_MS });
  await proxy.close();
});

test("Ctrl+S saves, and says that nothing has to be saved", async ({ playground }) => {
  await playground.paste("server.luau", "print('kept')");
  await playground.page.keyboard.press("ControlOrMeta+s");
  await expect(playground.page.getByTestId("editor-notice")).toContainText("The page saves changes by itself");
});

test("a formatter that does not come is told of in the reader's language", async ({ playground }) => {
  const { page } = playground;
  await page.route(/format-worker/, (route) => route.abort());
  await playground.paste("server.luau", "print( 1 )");
  await page.getByTestId("menu").click();
  await page.getByRole("menuitem", { name: "Format the file" }).click();
  await expect(page.getByTestId("editor-notice")).toContainText("StyLua, the formatter, could not be loaded", { timeout: LONG_PATIENCE_MS });
});

lessonTest("in a sandboxed frame the code is there, and Run says what its author can do", async ({ page, site, open: _open }) => {
  await openLesson(page, site, "<p>lesson</p>");
  const link = await page.evaluate(async (bridge) => {
    const element = document.createElement("zone-playground") as HTMLElement & { setFiles(files: object[]): void; share(): Promise<string> };
    element.setFiles([{ name: "main.luau", source: "print('in a frame')", isProgram: true }]);
    document.body.append(element);
    const shared = new URL(await element.share());
    return `${bridge}/embed/${shared.hash}`;
  }, site.bridge);
  site.pages.set(
    "/page.html",
    `<!doctype html><html lang="en"><title>page</title><iframe sandbox="allow-scripts" src="${link}" width="600" height="400"></iframe>`,
  );
  await page.goto(`${site.origin}/page.html`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator("zone-playground")).toContainText("print('in a frame')");
  await frame.getByTestId("run").click();
  await expect(frame.getByTestId("problem")).toContainText("sandboxed frame");
  await expect(frame.getByTestId("problem")).toContainText('sandbox="allow-scripts allow-same-origin"');
});

lessonTest("a page that was opened from a file says so", async ({ page, site, open: _open }) => {
  const folder = await mkdtemp(join(tmpdir(), "e2e-file-"));
  const file = join(folder, "lesson.html");
  await writeFile(
    file,
    `<!doctype html><html lang="en"><title>page</title><script type="module" src="${site.bridge}/embed/zone-playground.js"></script>${helloElement("print('from a file')")}`,
  );
  await page.goto(pathToFileURL(file).href);
  await expect(page.locator("zone-playground")).toContainText("print('from a file')");
  await page.locator("zone-playground").getByTestId("run").click();
  await expect(page.locator("zone-playground").getByTestId("problem")).toContainText("opened from a file");
  await rm(folder, { recursive: true });
});

lessonTest.describe(() => {
  // It is ended, and what other tests have loaded from it is not to be there.
  lessonTest.use({ hasOwnBridge: true, hasOwnContext: true });

  lessonTest("an element whose bridge is down still shows its code, and Run says it", async ({ page, site, open }) => {
    site.pages.set(
      "/page.html",
      `<!doctype html><meta charset="utf-8"><html lang="en"><title>page</title><script type="module" src="${site.bridge}/embed/zone-playground.js"></script>
      <zone-playground loading="click"><pre data-name="hello.luau">print("1 &lt; 2")</pre></zone-playground>`,
    );
    await page.goto(`${site.origin}/page.html`);
    const element = page.locator("zone-playground");
    await expect(element.getByTestId("run")).toBeVisible();
    await expect(element.locator(".static")).toContainText('print("1 < 2")');
    // The bridge goes while the tutorial is read.
    await open.program.end();
    await element.getByTestId("run").click();
    await expect(element.getByTestId("problem")).toBeVisible({ timeout: LONG_PATIENCE_MS });
    await expect(element.getByTestId("problem")).not.toContainText("npm start");
    await expect(element.locator(".static")).toContainText('print("1 < 2")');
    // And whoever comes now reads it as plain text.
    await page.reload();
    await expect(page.locator("zone-playground > pre")).toBeVisible();
    await expect(page.locator("zone-playground > pre")).toHaveText('print("1 < 2")');
  });
});

lessonTest.describe(() => {
  // What the bridge holds is counted.
  lessonTest.use({ hasOwnBridge: true });

  lessonTest("an element that is moved keeps its one editor and its program; one that leaves lets go of all", async ({ page, site, open }) => {
    await openLesson(
      page,
      site,
      `<div id="a">${helloElement("local server = zone.socket.server.new()\nserver:listen(8080, function() end)\nprint('listening')\nfunction zone.update() zone.socket.update() end")}</div><div id="b"></div>`,
    );
    const element = page.locator("zone-playground");
    await element.getByTestId("run").click();
    await expect(element.getByRole("log")).toContainText("listening");
    await page.evaluate(() => document.querySelector("#b")?.append(document.querySelector("zone-playground") as Element));
    await expect(page.locator("#b zone-playground .cm-editor")).toHaveCount(1);
    await expect(element.getByTestId("program-state")).toHaveAttribute("data-state", "running");
    expect((await open.health()).listeners).toBe(1);
    await page.evaluate(() =>
      (document.querySelector("zone-playground") as unknown as { setFiles(files: object[]): void }).setFiles([
        { name: "other.luau", source: "print('other')", isProgram: true },
      ]),
    );
    await expect(element.locator(".cm-content")).toContainText("print('other')");
    // Out of the page for longer than a move, which comes back in the same go.
    await page.evaluate(() => {
      const moved = document.querySelector("zone-playground") as HTMLElement;
      moved.remove();
      Object.assign(globalThis, { moved });
    });
    await open.isQuiet();
    expect(await page.evaluate(() => (globalThis as unknown as { moved: HTMLElement }).moved.shadowRoot?.querySelectorAll(".cm-editor").length)).toBe(0);
    await page.evaluate(() => document.querySelector("#a")?.append((globalThis as unknown as { moved: HTMLElement }).moved));
    await expect(page.locator("#a zone-playground .cm-editor")).toHaveCount(1);
    await expect(element.locator(".cm-content")).toContainText("print('other')");
  });
});
