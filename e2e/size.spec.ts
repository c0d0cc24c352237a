import { gzipSync } from "node:zlib";
import { expect, test } from "./support/test.ts";

/** All that is needed for the first Run, kilobytes of 1,000 bytes, gzipped. */
const FIRST_RUN_LIMIT_KB = 600;
/** What an element of another page loads before it is touched. */
const EMBED_LIMIT_KB = 40;
/** Fetched for later, and not waited for: the formatter, and Luau's type checker. */
const FOR_LATER = /analysis|stylua|format-worker/i;

const kilobytes = (body: Buffer): number => gzipSync(body, { level: 9 }).length / 1000;

test("all that is loaded up to the first printed line stays below its limit", async ({ page, bridge, room }) => {
  const urls = new Set<string>();
  page.on("request", (request) => {
    if (request.url().startsWith(bridge.url)) urls.add(request.url());
  });
  await page.goto(bridge.roomUrl(room));
  await page.getByTestId("run-all").click();
  await expect(page.getByRole("log").getByText("Connected").first()).toBeAttached();
  const sizes = await Promise.all([...urls].filter((url) => !FOR_LATER.test(url)).map(async (url) => ({ url, size: kilobytes(Buffer.from(await (await fetch(url)).arrayBuffer())) })));
  const list = sizes.map(({ url, size }) => `${size.toFixed(1)} kB ${new URL(url).pathname}`).join("\n");
  expect(sizes.length).toBeGreaterThan(5);
  expect(sizes.reduce((sum, { size }) => sum + size, 0), list).toBeLessThanOrEqual(FIRST_RUN_LIMIT_KB);
});

test("the script of <zone-playground> is one small file", async ({ bridge }) => {
  const script = Buffer.from(await (await fetch(`${bridge.url}embed/zone-playground.js`)).arrayBuffer());
  expect(kilobytes(script)).toBeLessThanOrEqual(EMBED_LIMIT_KB);
  expect(script.toString()).not.toMatch(/\bimport\s*["{*]|\bfrom\s*["']/);
});
