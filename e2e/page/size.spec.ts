import { gzipSync } from "node:zlib";
import { FIRST_RUN_LIMIT_KB, firstRunFiles, sumOf } from "../../bench/src/page/first-run-files.ts";
import { expect, test } from "../support/test.ts";

test.use({ hasOwnContext: true });

/** What an element of another page loads before it is touched, in kilobytes gzipped. */
const EMBED_LIMIT_KB = 40;

for (const locale of ["en-US", "ru-RU"]) {
  test.describe(`the page in ${locale}`, () => {
    test.use({ locale });

    test("loads no more than its limit up to the first printed line", async ({ page, bridge, room }) => {
      const files = await firstRunFiles(page, bridge.roomUrl(room));
      const list = files.map(({ path, kilobytes }) => `${kilobytes.toFixed(1)} kB ${path}`).join("\n");
      // The VM alone is a quarter of a megabyte: it is among them.
      expect(files[0]?.path, list).toMatch(/luau-.*\.wasm$/);
      expect(sumOf(files), list).toBeLessThanOrEqual(FIRST_RUN_LIMIT_KB);
    });
  });
}

test("the script of <zone-playground> is one small file", async ({ bridge }) => {
  const script = Buffer.from(await (await fetch(`${bridge.url}embed/zone-playground.js`)).arrayBuffer());
  expect(gzipSync(script, { level: 9 }).length / 1000).toBeLessThanOrEqual(EMBED_LIMIT_KB);
  expect(script.toString()).not.toMatch(/\bimport\s*["{*]|\bfrom\s*["']/);
});
