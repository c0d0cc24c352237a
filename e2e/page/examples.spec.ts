import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** Every example; a test of its own says what it does. */
const IDS = ["echo", "chat", "guess", "http-client", "http-server", "key-value", "file-transfer", "port-knocking"];

/** Opens an example as a reader does: from the menu. */
async function openExample({ page }: PlaygroundPage, id: string): Promise<void> {
  const dialog = page.locator("zp-examples-dialog").getByRole("dialog");
  await page.keyboard.press("Alt+e");
  await dialog.locator(`[data-example="${id}"]`).click();
  await expect(dialog).toBeHidden();
}

/** Types a line under a program's console. */
async function type(playground: PlaygroundPage, program: string, line: string): Promise<void> {
  const field = playground.page.locator(`zp-console[data-program="${program}"]`).getByTestId("console-input");
  await field.fill(line);
  await field.press("Enter");
}

async function runAll({ page }: PlaygroundPage): Promise<void> {
  await page.getByTestId("run-all").click();
}

test("the examples are in the menu, each with a sentence, and leave the reader's work alone", async ({ playground }) => {
  const { page } = playground;
  await playground.paste("server.luau", "print('mine')");
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("menuitem", { name: "Examples…" }).click();
  const examples = page.locator("zp-examples-dialog [data-example]");
  await expect(examples).toHaveCount(IDS.length);
  expect(await examples.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-example")))).toEqual(expect.arrayContaining(IDS));
  for (const sentence of await examples.locator("small").allInnerTexts()) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  await examples.first().click();
  await expect(page.locator("zp-editor .cm-content")).toContainText("Sends every byte back");

  await page.keyboard.press("Alt+o");
  await page.locator("zp-projects-dialog").getByTestId("open-project").filter({ hasText: "server.luau, client.luau" }).last().click();
  await expect(page.locator("zp-editor .cm-content")).toContainText("print('mine')");
});

test("in Russian the examples are Russian", async ({ playground }) => {
  await playground.page.getByTestId("language").click();
  await openExample(playground, "echo");
  await expect(playground.page.locator("zp-editor .cm-content")).toContainText("Возвращает каждый байт");
  await runAll(playground);
  await playground.program("client.luau").shows("Все байты вернулись");
});

test("echo: every byte comes back", async ({ playground }) => {
  await openExample(playground, "echo");
  await runAll(playground);
  const client = playground.program("client.luau");
  await client.shows("Every byte came back");
  expect((await client.allLines()).filter((line) => line.includes("the same"))).toHaveLength(4);
  await playground.program("server.luau").shows("has left");
});

test("chat room: what is typed under the console reaches the others, nc among them", async ({ playground, spawn }) => {
  await openExample(playground, "chat");
  await runAll(playground);
  const client = playground.program("client.luau");
  await client.shows("What is your name?");
  await type(playground, "client.luau", "Ада");
  await client.shows("* Ада is here now");
  const nc = spawn("nc", await playground.address(), 7100);
  await nc.shows("What is your name?");
  nc.write("Ада\n");
  await nc.shows("is taken");
  nc.write("Bob\r\n");
  await client.shows("* Bob is here now");
  await type(playground, "client.luau", "hello 🎉");
  await nc.shows("Ада: hello 🎉");
  nc.write("/who\n");
  await nc.shows("* Bob");
  await nc.end();
  await client.shows("* Bob has left");
  // What was typed is told from what was printed.
  await expect(client.log.locator('[data-level="input"]').filter({ hasText: "hello 🎉" })).toBeAttached();
  await playground.page.getByTestId("stop-all").click();
  await expect(playground.page.getByTestId("console-input")).toHaveCount(0);
});

test("guessing game: halving finds the number, and the arrows bring back what was typed", async ({ playground }) => {
  await openExample(playground, "guess");
  await runAll(playground);
  const client = playground.program("client.luau");
  await client.shows("Your guess?");
  let low = 1;
  let high = 100;
  for (let tries = 1; ; tries++) {
    expect(tries).toBeLessThan(9);
    const guess = Math.floor((low + high) / 2);
    const before = await client.lines(/More!|Less!|Yes!/).count();
    await type(playground, "client.luau", String(guess));
    await expect.poll(() => client.lines(/More!|Less!|Yes!/).count()).toBe(before + 1);
    const answer = await client
      .lines(/More!|Less!|Yes!/)
      .nth(before)
      .textContent();
    if (answer?.includes("Yes!")) break;
    if (answer?.includes("More!")) low = guess + 1;
    else high = guess - 1;
    if (tries === 1) {
      const field = playground.page.getByTestId("console-input");
      await field.press("ArrowUp");
      await expect(field).toHaveValue(String(guess));
    }
  }
  await client.shows("The game is over");
  await expect(playground.page.getByTestId("console-input")).toHaveCount(0);
});

test("HTTP client: fetches three pages", async ({ playground }) => {
  await openExample(playground, "http-client");
  await runAll(playground);
  const client = playground.program("client.luau");
  await client.shows("Hello from Luau!");
  await client.shows(/\d\d:\d\d:\d\d UTC/);
  await client.shows("HTTP/1.1 404 Not Found");
});

test("HTTP server: answers curl", async ({ playground, spawn }) => {
  await openExample(playground, "http-server");
  await runAll(playground);
  await playground.program("server.luau").shows("Serving on port 7200");
  const origin = `http://${await playground.address()}:7200`;
  expect(await spawn("curl", "-si", "--max-time", "8", `${origin}/`).ends()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*<h1>Hello from Luau!<\/h1>/);
  expect(await spawn("curl", "-si", "--max-time", "8", `${origin}/none`).ends()).toMatch(/^HTTP\/1\.1 404 /);
  expect(await spawn("curl", "-si", "--max-time", "8", "-d", "x", `${origin}/`).ends()).toMatch(/^HTTP\/1\.1 405 /);
});

test("key-value server: keeps, gives and deletes values, for nc too", async ({ playground, spawn }) => {
  await openExample(playground, "key-value");
  await runAll(playground);
  const client = playground.program("client.luau");
  await client.shows("VALUE Москва");
  await client.shows("KEYS city color");
  await client.shows("NONE");
  await type(playground, "client.luau", "set answer 42");
  await expect(client.lines("OK").nth(3)).toBeAttached();
  const nc = spawn("nc", await playground.address(), 7600);
  nc.write("GET answer\nNONSENSE\nQUIT\n");
  await nc.shows("VALUE 42\nERROR SET, GET, DEL, KEYS, QUIT\nBYE\n");
});

test("file transfer: a megabyte arrives whole", async ({ playground }) => {
  await openExample(playground, "file-transfer");
  await runAll(playground);
  await playground.program("sender.luau").shows("Arrived whole, checksum ", { timeout: LONG_PATIENCE_MS });
  await playground.program("receiver.luau").shows("numbers.bin: 1048576 bytes, checksum ");
});

test("port knocking: the door opens for the right knocks alone", async ({ playground }) => {
  await openExample(playground, "port-knocking");
  await runAll(playground);
  const visitor = playground.program("visitor.luau");
  await visitor.shows("The door is closed: ");
  await visitor.shows("The treasure is yours.");
  await playground.program("door.luau").shows("The door is closed again", { timeout: LONG_PATIENCE_MS });
});
