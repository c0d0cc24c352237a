import { expect, test } from "../support/test.ts";

const ECHO = 'zone.console.onInput(function(line) print("[" .. line .. "]") end)\nfunction zone.update() end\n';

test("lines that are pasted are sent one by one, and what was being typed stays", async ({ playground }) => {
  const { page } = playground;
  const server = await playground.runServer(ECHO);
  const field = server.panel.getByTestId("console-input");
  await expect(field).toBeVisible();
  const paste = async (text: string): Promise<void> => {
    await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await field.focus();
    await page.keyboard.press("ControlOrMeta+v");
  };
  await field.fill("begun");
  await paste("one\r\ntwo\r\n\r\nfour\r\n");
  await server.shows("[four]");
  expect(await server.lines("[", "print").allTextContents()).toEqual(["[one]", "[two]", "[]", "[four]"]);
  await expect(field).toHaveValue("begun");
  // One line is pasted into the field, as anywhere.
  await field.fill("");
  await paste("single");
  await expect(field).toHaveValue("single");
  await page.keyboard.press("Enter");
  await server.shows("[single]");

  await paste("line\n".repeat(1_001));
  await server.shows("the pasted text has 1,001 lines, and at most 1,000 can be sent at once", { level: "notice" });
  await paste(`short\n${"x".repeat(4_097)}`);
  await server.shows("line 2 of the pasted text has 4,097 characters, and a line of input at most 4,096", { level: "notice" });
  await paste("a\rb");
  await server.shows("[b]");
  expect(await server.lines("[", "print").allTextContents()).toEqual(["[one]", "[two]", "[]", "[four]", "[single]", "[a]", "[b]"]);
});
