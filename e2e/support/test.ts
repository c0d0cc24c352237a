import { randomBytes } from "node:crypto";
import { type BrowserContext, expect, test as base } from "@playwright/test";
import { BridgeProcess } from "./bridge-process.ts";
import { ChildProgram } from "./child-program.ts";
import { PlaygroundPage } from "./playground-page.ts";

/** Starts a program beside the browser; it is ended with the test. */
export type Spawn = (command: string, ...args: readonly (string | number)[]) => ChildProgram;

interface Fixtures {
  /** Options of the test's bridge, behind `--port 0`. */
  readonly bridgeOptions: readonly string[];
  readonly bridge: BridgeProcess;
  readonly spawn: Spawn;
  /** A room that no other test uses. */
  readonly room: string;
  /** The room's page in a tab of its own. */
  readonly playground: PlaygroundPage;
  /** Opens further pages, in this room unless another is named. Each is a machine of its own, as in another browser. */
  readonly openAnother: (room?: string) => Promise<PlaygroundPage>;
}

/** What every test begins with: a bridge, a room, a page in it, and programs that are not ours. */
export const test = base.extend<Fixtures>({
  bridgeOptions: [[], { option: true }],

  bridge: async ({ bridgeOptions }, use, testInfo) => {
    const bridge = await BridgeProcess.start(bridgeOptions);
    await use(bridge);
    await bridge.program.end();
    const { errors } = bridge.program;
    if (errors !== "") await testInfo.attach("bridge.log", { body: errors, contentType: "text/plain" });
    // The bridge writes a stack only of an error that it did not expect.
    expect.soft(errors, "the bridge wrote no stack").not.toMatch(/^\s+at .*\.js:\d+/m);
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  spawn: async ({}, use, testInfo) => {
    const programs: ChildProgram[] = [];
    await use((command, ...args) => {
      const program = new ChildProgram(command, args.map(String));
      programs.push(program);
      return program;
    });
    await Promise.all(programs.map((program) => program.end()));
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const program of programs) {
        await testInfo.attach(program.name.slice(0, 60), { body: `${program.output.slice(-4000)}\n${program.errors}`, contentType: "text/plain" });
      }
    }
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  room: async ({}, use) => {
    await use(`e2e-${randomBytes(6).toString("hex")}`);
  },

  playground: async ({ page, bridge, room }, use, testInfo) => {
    const playground = new PlaygroundPage(page);
    await playground.open(bridge.roomUrl(room));
    await use(playground);
    if (testInfo.status !== testInfo.expectedStatus && !page.isClosed()) await attachConsoles(playground, testInfo);
    expect.soft(playground.faults, "errors of the page's own scripts").toEqual([]);
  },

  openAnother: async ({ browser, bridge, room, contextOptions }, use) => {
    const contexts: BrowserContext[] = [];
    const opened: PlaygroundPage[] = [];
    await use(async (otherRoom = room) => {
      const context = await browser.newContext({ ...contextOptions, permissions: ["clipboard-read", "clipboard-write"] });
      contexts.push(context);
      const playground = new PlaygroundPage(await context.newPage());
      opened.push(playground);
      await playground.open(bridge.roomUrl(otherRoom));
      return playground;
    });
    for (const context of contexts) await context.close();
    expect.soft(opened.flatMap(({ faults }) => faults), "errors of the pages' own scripts").toEqual([]);
  },
});

/** For a failed test: what the consoles say. */
async function attachConsoles(playground: PlaygroundPage, testInfo: { attach(name: string, options: { body: string; contentType: string }): Promise<void> }): Promise<void> {
  const consoles = await playground.page
    .locator("zp-console")
    .evaluateAll((panels) => panels.map((panel) => `--- ${panel.getAttribute("data-program")}\n${panel.shadowRoot?.querySelector("zp-console-view")?.shadowRoot?.querySelector("[role=log]")?.textContent}`))
    .catch(() => ["the page does not answer"]);
  await testInfo.attach("consoles", { body: consoles.join("\n").slice(0, 20_000), contentType: "text/plain" });
}

export { expect };
