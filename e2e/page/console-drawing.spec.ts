import { expect, test } from "../support/test.ts";

/** Far more than a row has, and far less than a screen with a colour for each letter: some thousands. */
const MOST_ELEMENTS = 1_000;
/** Each letter in another colour than the one before. */
const COLOURFUL = 'print(string.rep("\\27[31mx\\27[32my", 3000) .. "\\27[0mend")\n';
/** Pairs of letters one cell wide, of the kinds that fonts draw wider or narrower; and pictures of two cells. */
const LETTERS = ["WW", "ii", "жж", "\u{2591}\u{2591}", "\u{2714}\u{2714}", "\x1b[1mWW\x1b[0m", "\x1b[3mWW\x1b[0m", "\u{6f22}", "\u{1f388}", "\u{645}\u{645}"];

test("a screen with a colour for each letter is drawn whole, over several pictures", async ({ playground }) => {
  await playground.paste("server.luau", `${COLOURFUL}function zone.update() end\n`);
  const server = playground.program("server.luau");
  const rows = server.panel.locator(".xterm-rows");
  // A picture is what comes between two calls before one; rows are made in such calls, and their letters are elements.
  const pictures = await rows.evaluateHandle((element) => {
    const added: number[] = [];
    let elements = 0;
    new MutationObserver((records) => {
      for (const record of records) elements += record.addedNodes.length;
    }).observe(element, { childList: true, subtree: true });
    const next = (): void => {
      // Told of at the end of all calls of this picture.
      setTimeout(() => {
        if (elements > 0) added.push(elements);
        elements = 0;
      });
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return added;
  });
  await server.run();
  await server.shows(/xyxyend$/);
  await expect.poll(() => rows.innerText()).toMatch(/[xy\n]{300,}end\s*$/);
  // The last rows may be there while those above are still to come.
  await expect.poll(async () => (await pictures.jsonValue()).reduce((sum, elements) => sum + elements, 0)).toBeGreaterThan(MOST_ELEMENTS);
  expect(Math.max(...(await pictures.jsonValue()))).toBeLessThan(MOST_ELEMENTS);
});

test("letters of every kind stand in their columns", async ({ playground }) => {
  const lines = LETTERS.map((letters) => `print("${letters}|")`.replaceAll("\x1b", "\\27")).join("\n");
  const server = await playground.runServer(`${lines}\nfunction zone.update() end\n`);
  await server.shows(/\|$/);
  const rows = server.panel.locator(".xterm-rows > div").filter({ hasText: "|" });
  await expect(rows).toHaveCount(LETTERS.length);
  const bars = await rows.evaluateAll((all) =>
    all.map((row) => {
      const last = [...row.querySelectorAll("span")].findLast((span) => span.textContent?.includes("|"));
      const range = document.createRange();
      const text = last?.firstChild as Text;
      range.setStart(text, text.data.indexOf("|"));
      range.setEnd(text, text.data.indexOf("|") + 1);
      return range.getBoundingClientRect().left - row.getBoundingClientRect().left;
    }),
  );
  const [first = 0] = bars;
  for (const [index, left] of bars.entries()) expect(Math.abs(left - first), `${LETTERS[index]}: ${left} instead of ${first}`).toBeLessThan(1);
});

test("letters that a console was given while it was not shown stand as close as others", async ({ playground }) => {
  const { page } = playground;
  await page.setViewportSize({ width: 390, height: 800 });
  await page.locator("#tab-code").click();
  await playground.paste("server.luau", 'print("first")\nerror("the words behind it")\n');
  await page.keyboard.press("ControlOrMeta+Enter");
  const server = playground.program("server.luau");
  await server.is("failed");
  await page.locator("#tab-output").click();
  const row = server.panel.locator(".xterm-rows > div").filter({ hasText: "first" });
  await expect(row).toBeVisible();
  const widths = await row.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return { text: range.getBoundingClientRect().width, size: Number.parseFloat(getComputedStyle(element).fontSize) };
  });
  // Five letters of a monospaced font, none of which is as wide as the font is high.
  expect(widths.text).toBeLessThan(5 * widths.size);
});
