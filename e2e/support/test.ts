import { randomBytes } from "node:crypto";
import { type BrowserContext, expect, test as base } from "@playwright/test";
import { BridgeProcess } from "./bridge-process.ts";
import { type Spawn, withPrograms } from "./child-programs.ts";
import { type LockedRoom, withLockedRoom } from "./locked-room.ts";
import { PlaygroundPage } from "./playground-page.ts";
import { SharedBridges } from "./shared-bridges.ts";
import { SharedContexts } from "./shared-contexts.ts";

interface Fixtures {
  /** Options of the test's bridge, behind `--port 0`. */
  readonly bridgeOptions: readonly string[];
  /**
   * Whether the test has a bridge for itself. One that stops it, looks at its memory, or counts what all of its rooms hold needs that;
   * all others share one, and leave it as it was.
   */
  readonly hasOwnBridge: boolean;
  /** Whether the test has a browser context for itself: one that kills or measures processes of the browser, or needs an empty cache. */
  readonly hasOwnContext: boolean;
  readonly bridge: BridgeProcess;
  /** Starts a program that is ended with the test. */
  readonly spawn: Spawn;
  /** A room that no other test uses. */
  readonly room: string;
  /** Opens a browser context, as another browser would be; it is left with the test. */
  readonly openContext: () => Promise<BrowserContext>;
  /** The room's page in a tab of its own. */
  readonly playground: PlaygroundPage;
  /** Opens further pages, in this room unless another is named. Each is a machine of its own, as in another browser. */
  readonly openAnother: (room?: string) => Promise<PlaygroundPage>;
}

interface Shared {
  readonly bridges: SharedBridges;
  /** A room with a password. Tests of it give its `bridgeOptions` to their bridge. */
  readonly lockedRoom: LockedRoom;
  readonly contexts: SharedContexts;
}

/** What every test begins with: a bridge, a room, a page in it, and programs that are not ours. */
export const test = base.extend<Fixtures, Shared>({
  bridgeOptions: [[], { option: true }],
  hasOwnBridge: [false, { option: true }],
  hasOwnContext: [false, { option: true }],

  bridges: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const bridges = new SharedBridges();
      await use(bridges);
      await bridges.end();
    },
    { scope: "worker" },
  ],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  lockedRoom: [async ({}, use) => withLockedRoom(use), { scope: "worker" }],

  contexts: [
    async ({ browser }, use) => {
      const contexts = new SharedContexts(browser);
      await use(contexts);
      await contexts.end();
    },
    { scope: "worker" },
  ],

  openContext: async (
    { browser, contexts, hasOwnContext, contextOptions, permissions, colorScheme, locale, timezoneId, viewport, deviceScaleFactor, hasTouch, isMobile },
    use,
  ) => {
    const leave: (() => Promise<void>)[] = [];
    let opened = 0;
    const options = { ...contextOptions, ...(permissions !== undefined && { permissions }) };
    await use(async () => {
      if (hasOwnContext) {
        const context = await browser.newContext(options);
        leave.push(() => context.close());
        return context;
      }
      // What is not in the options comes from the configuration and from `test.use`.
      const name = JSON.stringify([opened++, contextOptions, colorScheme, locale, timezoneId, viewport, deviceScaleFactor, hasTouch, isMobile]);
      const shared = await contexts.take(name, options);
      leave.push(() => contexts.giveBack(shared));
      return shared.context;
    });
    for (const each of leave) await each();
  },

  context: async ({ openContext }, use) => {
    await use(await openContext());
  },

  bridge: async ({ bridgeOptions, hasOwnBridge, bridges }, use, testInfo) => {
    const bridge = hasOwnBridge ? await BridgeProcess.start(bridgeOptions) : await bridges.with(bridgeOptions);
    const before = bridge.program.errors.length;
    await use(bridge);
    if (hasOwnBridge) await bridge.program.end();
    const errors = bridge.program.errors.slice(before);
    if (errors !== "") await testInfo.attach("bridge.log", { body: errors, contentType: "text/plain" });
    // The bridge writes a stack only of an error that it did not expect.
    expect.soft(errors, "the bridge wrote no stack").not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  spawn: async ({}, use, testInfo) => {
    const programs = await withPrograms(use);
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

  openAnother: async ({ openContext, bridge, room }, use) => {
    const opened: PlaygroundPage[] = [];
    await use(async (otherRoom = room) => {
      const playground = new PlaygroundPage(await (await openContext()).newPage());
      opened.push(playground);
      await playground.open(bridge.roomUrl(otherRoom));
      return playground;
    });
    for (const { page } of opened) await page.close();
    expect
      .soft(
        opened.flatMap(({ faults }) => faults),
        "errors of the pages' own scripts",
      )
      .toEqual([]);
  },
});

/** For a failed test: what the consoles say. */
async function attachConsoles(
  playground: PlaygroundPage,
  testInfo: { attach(name: string, options: { body: string; contentType: string }): Promise<void> },
): Promise<void> {
  const consoles = await playground.page
    .locator("zp-console")
    .evaluateAll((panels) =>
      panels.map(
        (panel) =>
          `--- ${panel.getAttribute("data-program")}\n${panel.shadowRoot?.querySelector("zp-console-view")?.shadowRoot?.querySelector("[role=log]")?.textContent}`,
      ),
    )
    .catch(() => ["the page does not answer"]);
  await testInfo.attach("consoles", { body: consoles.join("\n").slice(0, 20_000), contentType: "text/plain" });
}

export { expect };
