import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { test as base } from "@playwright/test";
import { oldestBuild } from "../../oldest/oldest-build.ts";
import { BridgeProcess } from "../../support/bridge-process.ts";
import { type Spawn, withPrograms } from "../../support/child-programs.ts";
import type { Commands } from "../driver/commands.ts";
import { type Engine, startBrowser } from "../driver/start-browser.ts";
import { Tab } from "../driver/tab.ts";
import { Playground } from "./playground.ts";
import { Relay } from "./relay.ts";

interface Options {
  readonly engine: Engine;
  /** Serves a build that takes away what the oldest browsers lack. */
  readonly isOldest: boolean;
}

interface Shared {
  readonly relay: Relay;
  readonly commands: Commands;
  /** Options of every bridge: which page it serves. */
  readonly pageOptions: readonly string[];
  /** One bridge for all checks that need none of their own. */
  readonly bridge: BridgeProcess;
}

interface Fixtures {
  readonly tab: Tab;
  readonly playground: Playground;
  /** Address of a room that no other check uses. */
  readonly roomUrl: string;
  readonly spawn: Spawn;
}

/** A check: one browser and one bridge for all that a worker runs, a room and a fresh page for each. */
export const check = base.extend<Fixtures, Options & Shared>({
  engine: ["firefox", { option: true, scope: "worker" }],
  isOldest: [false, { option: true, scope: "worker" }],

  relay: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
    async ({}, use) => {
      const relay = await Relay.start();
      await use(relay);
      await relay.end();
    },
    { scope: "worker" },
  ],
  commands: [
    async ({ engine, relay }, use) => {
      const commands = await startBrowser(engine, `127.0.0.1:${relay.port}`);
      await use(commands);
      await commands.end();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  pageOptions: [
    async ({ isOldest }, use) => {
      if (!isOldest) return use([]);
      const build = await oldestBuild();
      await use(["--page", build.directory]);
      return build.remove();
    },
    { scope: "worker" },
  ],
  bridge: [
    async ({ pageOptions, relay }, use) => {
      const bridge = await BridgeProcess.start([...pageOptions, "--public-host", "classroom.test"]);
      relay.target = bridge.port;
      await use(bridge);
      await bridge.program.end();
    },
    { scope: "worker" },
  ],

  tab: async ({ commands }, use, testInfo) => {
    const tab = new Tab(commands);
    await tab.resize(1280, 800);
    await use(tab);
    if (testInfo.status !== testInfo.expectedStatus) {
      await writeFile(testInfo.outputPath("tab.png"), await tab.screenshot().catch(() => Buffer.alloc(0)));
      await testInfo.attach("console", {
        body: await tab
          .evaluate(() =>
            deepAll("[role=log]")
              .map((log) => log.textContent)
              .join("\n---\n"),
          )
          .catch(String),
        contentType: "text/plain",
      });
    }
    await tab.goto("about:blank").catch(() => {});
  },
  playground: async ({ tab }, use) => {
    const playground = new Playground(tab);
    await use(playground);
    const faults = await playground.faults().catch(() => []);
    if (faults.length > 0) throw new Error(`errors of the page's own scripts: ${faults.join("\n")}`);
  },
  roomUrl: async ({ bridge }, use) => {
    await use(bridge.roomUrl(`smoke-${randomBytes(6).toString("hex")}`));
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures this one needs
  spawn: async ({}, use) => void (await withPrograms(use)),
});

export { expect } from "@playwright/test";
