import type { Browser, Page } from "@playwright/test";
import { type Figure, median, say } from "../figure.ts";
import { withBridge, withChromium } from "../browser.ts";
import { LONG_LINES, longSource } from "./long-source.ts";
import { type MainThreadTasks, tasksDuring } from "../main-thread.ts";
import { peerPages, withFiles } from "./peer-pages.ts";
import { linkTo, openShared, program } from "./shared-project.ts";

/** Each scenario is measured so many times, ours and the peer's in turns. */
const ROUNDS = 5;
/** No task of the page's main thread may be longer, in milliseconds: a frame or two are missed then, and no more. */
const LONGEST_TASK_MS = 50;

/** Keys that are pressed, and milliseconds between two: a quick typist. */
const KEYS = 60;
const PAUSE_MS = 60;
/** Lines that one program prints without a pause. */
const PRINTED_LINES = 100_000;
/** Programs that print at once, lines that each prints in a frame, and milliseconds for which that is watched. */
const PROGRAMS = 20;
const LINES_EACH_FRAME = 10;
const WATCHED_MS = 5_000;

/** Something that the reader or a program does, in the page and in a peer. */
interface Scenario {
  readonly what: string;
  readonly peerName: string;
  ours(page: Page, bridge: string): Promise<MainThreadTasks>;
  peer(page: Page, peers: string): Promise<MainThreadTasks>;
}

const typing: Scenario = {
  what: `typing into ${LONG_LINES} lines`,
  peerName: "bare CodeMirror",
  async ours(page, bridge) {
    await openShared(page, linkTo(bridge, [program("long.luau", longSource())]));
    await page.locator("zp-editor .cm-content").focus();
    // The VM is loaded, and the first check of the long file is done, when its one fault is underlined.
    await page.keyboard.press("ControlOrMeta+End");
    await page.locator("zp-editor .cm-lintRange-error").first().waitFor();
    return typeInto(page);
  },
  async peer(page, peers) {
    await page.goto(`${peers}bare-editor.html`);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+End");
    return typeInto(page);
  },
};

async function typeInto(page: Page): Promise<MainThreadTasks> {
  for (let i = 0; i < 5; i++) await page.keyboard.press("PageUp");
  return tasksDuring(page, async () => {
    for (let i = 0; i < KEYS; i++) {
      await page.keyboard.press(i % 12 === 11 ? "Enter" : "x");
      await page.waitForTimeout(PAUSE_MS);
    }
  });
}

const printing: Scenario = {
  what: `one program prints ${PRINTED_LINES} lines`,
  peerName: "bare xterm.js",
  async ours(page, bridge) {
    await openShared(page, linkTo(bridge, [program("print.luau", `for line = 1, ${PRINTED_LINES} do print(\`line {line} of the output\`) end\n`)]));
    return tasksDuring(page, async () => {
      await page.getByTestId("run-all").click();
      await page.getByRole("log").getByText(`line ${PRINTED_LINES} of the output`, { exact: true }).waitFor({ state: "attached" });
    });
  },
  async peer(page, peers) {
    await page.goto(`${peers}bare-terminals.html?terminals=1`);
    await page.locator(".xterm-screen").waitFor();
    return tasksDuring(page, () =>
      page.evaluate((lines) => (globalThis as unknown as { printAll(lines: number): Promise<void> }).printAll(lines), PRINTED_LINES),
    );
  },
};

const many: Scenario = {
  what: `${PROGRAMS} programs print ${LINES_EACH_FRAME} lines a frame each`,
  peerName: `${PROGRAMS} bare terminals`,
  async ours(page, bridge) {
    const source = `local turn = 0
function zone.update()
	turn += 1
	for line = 1, ${LINES_EACH_FRAME} do print(\`turn {turn}, line {line}\`) end
end
`;
    await openShared(
      page,
      linkTo(
        bridge,
        Array.from({ length: PROGRAMS }, (_, index) => program(`p${index + 1}.luau`, source)),
      ),
    );
    await page.getByTestId("run-all").click();
    await page
      .locator(`zp-console [data-testid=program-state][data-state=running]`)
      .nth(PROGRAMS - 1)
      .waitFor();
    return tasksDuring(page, () => page.waitForTimeout(WATCHED_MS));
  },
  async peer(page, peers) {
    await page.goto(`${peers}bare-terminals.html?terminals=${PROGRAMS}`);
    await page
      .locator(".xterm-screen")
      .nth(PROGRAMS - 1)
      .waitFor();
    return tasksDuring(page, () =>
      page.evaluate(
        ([lines, milliseconds]) =>
          (globalThis as unknown as { printAlong(lines: number, milliseconds: number): Promise<void> }).printAlong(lines, milliseconds),
        [LINES_EACH_FRAME, WATCHED_MS] as const,
      ),
    );
  },
};

/** The longest tasks of the page's main thread in headless Chromium, while the reader types and while programs print. */
export async function measurePageTasks(): Promise<Figure[]> {
  return withChromium((browser) =>
    withBridge(async (bridge) =>
      withFiles(await peerPages(longSource()), async (peers) => {
        const figures: Figure[] = [];
        for (const scenario of [typing, printing, many]) figures.push(...(await measure(browser, scenario, bridge, peers)));
        return figures;
      }),
    ),
  );
}

async function measure(browser: Browser, scenario: Scenario, bridge: string, peers: string): Promise<Figure[]> {
  const ours: MainThreadTasks[] = [];
  const peer: MainThreadTasks[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const page = (measured: (page: Page) => Promise<MainThreadTasks>): Promise<MainThreadTasks> => inOwnContext(browser, measured);
    ours.push(await page((each) => scenario.ours(each, bridge)));
    peer.push(await page((each) => scenario.peer(each, peers)));
    say(`  ${scenario.what}, round ${round}: longest task ${ours.at(-1)!.longest.toFixed(1)} ms, ${scenario.peerName} ${peer.at(-1)!.longest.toFixed(1)} ms`);
  }
  const { what, peerName } = scenario;
  const longest = median(ours.map((tasks) => tasks.longest));
  const both = (part: (tasks: MainThreadTasks) => number, of: (values: readonly number[]) => number): Pick<Figure, "unit" | "ours" | "peer" | "peerName"> => ({
    unit: "ms",
    ours: of(ours.map(part)),
    peer: of(peer.map(part)),
    peerName,
  });
  return [
    { what: `longest task: ${what}`, ...both((tasks) => tasks.longest, median), target: `< ${LONGEST_TASK_MS} ms`, holds: longest < LONGEST_TASK_MS },
    {
      what: `– of ${ROUNDS} rounds the worst`,
      ...both(
        (tasks) => tasks.longest,
        (values) => Math.max(...values),
      ),
    },
    { what: "– by processor's time", ...both((tasks) => tasks.longestProcessor, median) },
  ];
}

async function inOwnContext<T>(browser: Browser, measured: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    return await measured(await context.newPage());
  } finally {
    await context.close();
  }
}
