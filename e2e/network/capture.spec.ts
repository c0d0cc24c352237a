import type { Page } from "@playwright/test";
import type { PlaygroundPage } from "../support/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** An event as it comes out of the page. */
interface SeenEvent {
  readonly type: string;
  readonly connection?: number;
  readonly offset?: number;
  readonly size?: number;
  readonly at: number;
  readonly text?: string;
  readonly entry?: number;
  readonly state?: string;
  readonly local?: { readonly address: string; readonly port: number };
  readonly remote?: { readonly address: string; readonly port: number };
  readonly bytes?: string;
  readonly site?: { readonly entry: number; readonly place?: { readonly file: string; readonly line: number } };
}

interface SeenRun {
  readonly file: string;
  readonly events: readonly SeenEvent[];
}

/** What the page has captured; that loads what keeps it. */
function capturedRuns(page: Page): Promise<readonly SeenRun[]> {
  return page.evaluate(async () => {
    interface Log {
      load(): Promise<{ readonly runs: readonly { readonly file: string; readonly events: readonly { readonly bytes?: unknown }[] }[] }>;
    }
    const app = document.querySelector("zp-app") as unknown as { readonly playground: { readonly captureLog: Log } };
    const { runs } = await app.playground.captureLog.load();
    const text = new TextDecoder();
    return runs.map(({ file, events }) => ({
      file,
      events: events.map((event) => ({ ...event, ...(event.bytes instanceof Uint8Array && { bytes: text.decode(event.bytes) }) })),
    })) as unknown as SeenRun[];
  });
}

/** The events of the last run of a file. */
async function eventsOf(page: Page, file: string): Promise<readonly SeenEvent[]> {
  return (await capturedRuns(page)).findLast((run) => run.file === file)?.events ?? [];
}

async function lineOf(playground: PlaygroundPage, file: string, text: string): Promise<number> {
  await playground.openFile(file);
  const lines = await playground.page.locator("zp-editor .cm-line").allInnerTexts();
  return lines.findIndex((line) => line.includes(text)) + 1;
}

test("what happened before anybody looked is there, each piece with the lines that sent and received it", async ({ playground }) => {
  const { page } = playground;
  await page.getByTestId("run-all").click();
  const client = playground.program("client.luau");
  await client.shows("You said: Hello from client.luau!");

  const sent = await eventsOf(page, "client.luau");
  const send = sent.find(({ type }) => type === "send");
  expect(send?.site?.place).toEqual({ file: "client.luau", line: await lineOf(playground, "client.luau", ":send(") });
  const opened = sent.find(({ type }) => type === "opened");
  const received = await eventsOf(page, "server.luau");
  const accepted = received.find(({ type, remote }) => type === "accepted" && remote?.port === opened?.local?.port);
  expect(accepted?.local).toEqual(opened?.remote);

  const arrive = received.find(({ type, connection, offset }) => type === "arrive" && connection === accepted?.connection && offset === send?.offset);
  expect(arrive?.bytes).toBe(send?.bytes);
  // One clock for both workers; they may read it a little apart.
  expect(arrive!.at - send!.at).toBeGreaterThan(-5);
  const receive = received.find(({ type, connection, offset }) => type === "receive" && connection === accepted?.connection && offset === send?.offset);
  expect(receive?.site?.place).toEqual({ file: "server.luau", line: await lineOf(playground, "server.luau", ":onReceive(") });

  // The other way, from the server's line to the client's.
  const answer = received.find(({ type, connection }) => type === "send" && connection === accepted?.connection);
  expect(answer?.site?.place?.file).toBe("server.luau");
  const got = sent.find(({ type, offset }) => type === "receive" && offset === 0);
  expect(got?.site?.place).toEqual({ file: "client.luau", line: await lineOf(playground, "client.luau", ":onReceive(") });
  // What is printed in a callback says so.
  expect(sent.filter(({ type, entry }) => type === "printed" && entry === got?.site?.entry).length).toBeGreaterThan(0);
});

test("a capture goes on while it is kept, from run to run, and an end by force is told", async ({ playground }) => {
  const { page } = playground;
  const program = await playground.runAs("server.luau", 'print("first")\nfunction zone.update() end');
  await program.shows("first");
  await expect.poll(async () => (await eventsOf(page, "server.luau")).map(({ type, state, text }) => state ?? text ?? type)).toEqual(["started", "first"]);
  const again = await playground.runAs("server.luau", 'print("second")\nfunction zone.update() end');
  await again.shows("second");
  await expect.poll(async () => (await eventsOf(page, "server.luau")).map(({ state, text }) => state ?? text)).toEqual(["started", "second"]);
  // As the reader may, who does not want to wait.
  await page.locator("zp-app").evaluate((app) => {
    const { playground: own } = app as unknown as { readonly playground: { readonly programs: { get(name: string): { endNow(): void } | undefined } } };
    own.programs.get("server.luau")?.endNow();
  });
  await again.is("stopped");
  await expect.poll(async () => (await capturedRuns(page)).map(({ events }) => events.at(-1)?.state)).toEqual(["stopped", "stopped"]);
});
