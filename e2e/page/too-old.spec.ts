import { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

test.use({ hasOwnContext: true });

test("a browser without WebAssembly exceptions is told that it is too old, and for what", async ({ page, bridge, room }) => {
  // As such a browser does with the VM's code.
  await page.addInitScript(() => {
    delete (WebAssembly as { Tag?: unknown }).Tag;
    // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the page has nothing around it
    const refuse = (): Promise<never> => Promise.reject(new WebAssembly.CompileError("unexpected section"));
    Object.assign(WebAssembly, { compile: refuse, compileStreaming: refuse });
  });
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  const program = playground.program("server.luau");
  await program.run();
  await program.shows("This browser is too old to run programs. It lacks WebAssembly exceptions. Use Safari 16.4, Firefox 115, Chrome 109 or newer.");
  await program.is("failed");
  await expect(page.getByTestId("analysis-state")).toHaveText("This browser is too old for the type checker");
});

test("a worker that cannot start gives its own reason, and no guess at memory", async ({ page, bridge, room }) => {
  await page.route(/program-worker-.*\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'throw new TypeError("Object is not disposable.")' }),
  );
  const playground = new PlaygroundPage(page);
  await playground.open(bridge.roomUrl(room));
  const program = playground.program("server.luau");
  await program.run();
  const line = await program.shows("Object is not disposable");
  expect(line).not.toContain("memory");
});

const SENTENCE = {
  "en-US": "This browser is too old for Zone Playground. Use Safari 16.4, Firefox 115, Chrome 109 or newer.",
  "ru-RU": "Этот браузер слишком старый для Zone Playground. Подойдут Safari 16.4, Firefox 115, Chrome 109 и новее.",
} as const;

for (const [locale, sentence] of Object.entries(SENTENCE)) {
  test.describe(`a page in ${locale} that cannot start`, () => {
    test.use({ locale });

    test("says so where the browser cannot parse its script", async ({ page, bridge, room }) => {
      await page.route(/\/assets\/main-.*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "a syntax of the future" }));
      await page.goto(bridge.roomUrl(room));
      await expect(page.getByRole("alert")).toHaveText(sentence);
    });

    test("says so where an interface is missing that it begins with", async ({ page, bridge, room }) => {
      await page.addInitScript(() => {
        delete (globalThis as { structuredClone?: unknown }).structuredClone;
      });
      await page.goto(bridge.roomUrl(room));
      await expect(page.getByText(sentence)).toBeVisible();
    });
  });
}
