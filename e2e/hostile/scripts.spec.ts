import { LONG_PATIENCE_MS } from "../../scripts/patience.ts";
import { MILLION_PRINTS, UPDATE } from "../support/luau.ts";
import { pagesResidentBytes } from "../support/process-memory.ts";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

const MIB = 1024 * 1024;
/** Milliseconds after which a script that never comes back has been ended: its budget is 5 s, on a busy machine. */
const BUDGET_LIMIT_MS = LONG_PATIENCE_MS;

/** The page answers, the failed line is marked, and a program that is right runs. */
async function goesOn(playground: PlaygroundPage): Promise<void> {
  await playground.isAlive();
  const again = await playground.runServer('print("all is well")\n');
  await again.shows("all is well");
  await again.is("stopped");
  await expect(again.failure).toBeHidden();
  await expect(playground.page.getByTestId("line-error")).toHaveCount(0);
}

interface Hostile {
  readonly what: string;
  readonly source: string;
  /** The line at fault, where it is known beforehand. */
  readonly line: number;
  readonly says: RegExp;
}

const HOSTILE: readonly Hostile[] = [
  { what: "a loop that never ends", source: "local n = 0\nwhile true do n += 1 end\n", line: 2, says: /ran for longer than its budget of 5000 ms/ },
  { what: "an empty loop that never ends", source: "print(1)\nwhile true do end\n", line: 2, says: /ran for longer than its budget of 5000 ms/ },
  {
    what: "a loop that never ends and catches every error",
    source: "while true do pcall(function() while true do end end) end\n",
    line: 1,
    says: /ran for longer than its budget of 5000 ms/,
  },
  {
    what: "endless allocation",
    source: 'local all = {}\nwhile true do\n\ttable.insert(all, string.rep("x", 100000) .. #all)\nend\n',
    line: 3,
    says: /not enough memory/,
  },
  { what: "endless recursion", source: "local function deeper(n)\n\treturn 1 + deeper(n + 1)\nend\nprint(deeper(0))\n", line: 2, says: /stack overflow/ },
  {
    what: "a string of a billion characters",
    source: 'local size = 1e9\nlocal huge = string.rep("x", size)\nprint(#huge)\n',
    line: 2,
    says: /not enough memory/,
  },
  { what: "a table of a billion slots", source: "local huge = table.create(1e9, true)\n", line: 1, says: /not enough memory|table overflow|too large/ },
  { what: "a source that is no Luau", source: "local a = 1\nlocal local = 2\n", line: 2, says: /expected|unexpected/i },
];

for (const { what, source, line, says } of HOSTILE) {
  test(`${what} ends with a message that names the line, and the page lives`, async ({ playground }) => {
    const server = await playground.runServer(source);
    await playground.isAlive();
    await server.is("failed", BUDGET_LIMIT_MS);
    // A message without a position of its own has it in its stack.
    const message = await server.shows(says, { level: "error" });
    expect(message).toMatch(new RegExp(`server\\.luau:${line}\\b`));
    await expect(server.failure).toContainText(`server.luau:${line}`);
    await expect(playground.page.getByTestId("line-error")).toContainText(says);
    await expect(playground.page.locator(".cm-errorLine")).toHaveCount(1);
    await goesOn(playground);
  });
}

test("an endless loop in one program holds up no other", async ({ playground, spawn }) => {
  const server = await playground.runServer(`
local server = zone.socket.server.new()
server:listen(8080, function(connection)
	connection:onReceive(function(data)
		connection:send(data)
	end)
end)
print("listening")
${UPDATE}
`);
  await server.shows("listening");
  const client = await playground.runClient('print("looping")\nwhile true do end\n');
  await client.shows("looping");
  const nc = spawn("nc", await playground.address(), 8080);
  nc.write("still there?\n");
  await nc.shows("still there?");
  await client.is("failed", BUDGET_LIMIT_MS);
  await server.is("running");
});

test.describe(() => {
  // The memory of its pages is measured.
  test.use({ hasOwnContext: true });

  test("a million prints end with the last line shown, and a page that never stood still", async ({ playground, browser }) => {
    const before = await pagesResidentBytes(browser);
    const server = await playground.runServer(MILLION_PRINTS);
    await playground.isAlive();
    await server.shows("printed them all", { timeout: LONG_PATIENCE_MS });
    await server.shows("line 1000000");
    // What came last is shown without a gap.
    const lines = (await server.allLines()).slice(-101, -1);
    expect(lines).toEqual(Array.from({ length: 100 }, (_, index) => `line ${1_000_000 - 99 + index}`));
    await server.is("stopped");
    await playground.isAlive();
    expect((await pagesResidentBytes(browser)) - before).toBeLessThan(300 * MIB);
    await goesOn(playground);
  });
});

test("endless printing over many frames can be stopped", async ({ playground }) => {
  const server = await playground.runServer('function zone.update()\n\tfor _ = 1, 5000 do\n\t\tprint("and on")\n\tend\nend\n');
  await server.shows("and on");
  await playground.isAlive();
  await server.stop();
  await server.is("stopped");
  await goesOn(playground);
});

test("one line of 10 MB is cut, with a word about it", async ({ playground }) => {
  const server = await playground.runServer('print(string.rep("long ", 2e6))\nprint("after it")\n');
  await server.shows("after it");
  await server.shows(/cut|left out/);
  await goesOn(playground);
});

test("a script of 10 MB runs, and its last line can fail", async ({ playground }) => {
  const comment = `-- ${"a comment that fills the file ".repeat(3)}\n`;
  const count = Math.ceil((10 * MIB) / comment.length);
  const server = await playground.runServer(`print("begun")\n${comment.repeat(count)}error("at the end")\n`);
  await server.is("failed", BUDGET_LIMIT_MS);
  await server.shows("begun");
  await server.shows(`server.luau:${count + 2}: at the end`, { level: "error" });
  await goesOn(playground);
});

test("10 MB of statements end in running or in a compile error with its line, not in a dead page", async ({ playground }) => {
  const server = await playground.runServer(`local x = 0\n${"x = x + 1\n".repeat(MIB)}print(x)\n`);
  await expect.poll(async () => (await server.allLines()).join("\n"), { timeout: LONG_PATIENCE_MS }).toMatch(/^1048576$|server\.luau:\d+: /m);
  await goesOn(playground);
});
