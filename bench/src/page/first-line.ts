import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type Figure, median, say } from "../figure.ts";
import { withBridge, withChromium } from "../browser.ts";
import { inProject } from "../in-project.ts";
import { type AwaitedElements, type Moments, visitMoments } from "./first-moments.ts";
import { largeModulePage } from "./large-module.ts";
import { peerPages, type ServedFile, withFiles } from "./peer-pages.ts";
import { linkTo, program } from "./shared-project.ts";
import { type NetworkConditions, throughNetwork } from "./slow-network.ts";
import { relayMessages, twoWorkersPage } from "./two-workers.ts";

const ROUNDS = 5;
const NETWORKS: readonly { readonly name: string; readonly conditions: NetworkConditions | undefined }[] = [
  { name: "loopback", conditions: undefined },
  { name: "10 Mbit/s, 40 ms", conditions: { megabits: 10, roundTripMs: 40 } },
];

/** What the starter's programs have said to each other: a line has gone over TCP, and its answer has come back. */
const TALK = [
  { file: "server.luau", text: ": Hello from client.luau!" },
  { file: "client.luau", text: "You said: Hello from client.luau!" },
];

const OURS: AwaitedElements = {
  click: ["zp-app", "zp-toolbar", "[data-testid=run-all]"],
  editor: ["zp-app", "zp-editor", ".cm-content"],
  texts: TALK.map(({ file, text }) => ({
    at: ["zp-app", "zp-output-pane", "zp-console-area", `zp-console[data-program="${file}"]`, "zp-console-view", ".xterm-rows"],
    text,
  })),
};
/** Milliseconds that a new window of Chromium has for itself: it reads and draws its own parts, on the cores that the page would have; a reader's window is open. */
const WINDOW_REST_MS = 1_500;

/** A text and nothing else. By this header the page has a process of its own, as ours. */
const EMPTY_PAGE: ServedFile = {
  type: "text/html; charset=utf-8",
  headers: { "cross-origin-opener-policy": "same-origin" },
  body: "<!doctype html><title>empty</title><p>Hello",
};
/** A lesson by its link: its text is there. */
const LESSON_PATH = "#lesson=programs-that-talk/a-server-waits";
const LESSON: AwaitedElements = { texts: [{ at: ["zp-app", "zp-lesson", "[data-testid=lesson-text]"], text: "A server waits" }] };
const BARE_EDITOR: AwaitedElements = { editor: [".cm-content"] };
const TWO_WORKERS: AwaitedElements = { click: ["#run"], texts: [{ at: ["#output"], text: "first line: you said: hello" }] };
const LARGE_MODULE: AwaitedElements = { click: ["#run"], texts: [{ at: ["#output"], text: "first line" }] };

/** What is measured in one round over one network. */
interface Round {
  /** The starter project, with nothing in the browser's cache, and the visit after that. */
  readonly first: Moments;
  readonly second: Moments;
  /** From a link that holds a project to its first printed line. */
  readonly link: number;
  /** A link to a lesson, with nothing in the browser's cache. */
  readonly lesson: Moments;
  readonly emptyPage: Moments;
  readonly twoWorkers: Moments;
  readonly bareEditor: Moments;
  readonly largeModule: Moments;
}

/**
 * Milliseconds from opening the page until the visitor sees and has something: with nothing in the browser's cache, when they come
 * back, and from a link that holds a project. Nothing runs by itself: the visitor opens the project and presses Run, each as soon as it
 * can be done. Peers are a page with a bare CodeMirror, and `largeModulePage`; beside them stands what this browser takes at least, an
 * empty page and `twoWorkersPage`.
 */
export async function measureFirstLine(): Promise<Figure[]> {
  const starter = readFileSync(inProject("web/src/project/starter/server.en.luau"), "utf8");
  const own = new Map([["/empty.html", EMPTY_PAGE], ...(await peerPages(starter)), ...twoWorkersPage()]);
  const peers = new Map([...gzipped(own), ...largeModulePage()]);
  return withChromium((browser) =>
    withBridge((bridge) =>
      withFiles(
        peers,
        async (peer) => {
          const figures: Figure[] = [];
          for (const { name, conditions } of NETWORKS) {
            const over = <T>(address: string, measure: (address: string) => Promise<T>): Promise<T> =>
              conditions === undefined ? measure(address) : throughNetwork(address, conditions, measure);
            const rounds: Round[] = [];
            for (let count = 1; count <= ROUNDS; count++) {
              const round = await over(bridge, async (ours) => over(peer, (theirs) => measureRound(browser, ours, theirs)));
              rounds.push(round);
              say(`  ${name}, round ${count}: ${line(round)}`);
            }
            figures.push(...figuresOf(rounds, name, conditions !== undefined));
          }
          return figures;
        },
        relayMessages,
      ),
    ),
  );
}

async function measureRound(browser: Browser, ours: string, theirs: string): Promise<Round> {
  const [first, second] = await inNewContext(browser, async (context) => [await visit(context, ours, OURS), await visit(context, ours, OURS)] as const);
  return {
    first,
    second,
    link: await inNewContext(browser, async (context) => timed(await newWindow(context), (page) => runShared(page, ours))),
    lesson: await inNewContext(browser, (context) => visit(context, ours + LESSON_PATH, LESSON)),
    emptyPage: await inNewContext(browser, (context) => visit(context, `${theirs}empty.html`, {})),
    twoWorkers: await inNewContext(browser, (context) => visit(context, `${theirs}two-workers.html`, TWO_WORKERS)),
    bareEditor: await inNewContext(browser, (context) => visit(context, `${theirs}bare-editor.html`, BARE_EDITOR)),
    largeModule: await inNewContext(browser, (context) => visit(context, theirs, LARGE_MODULE)),
  };
}

function shown({ firstPaint, editor, texts }: Moments): string {
  return [firstPaint, editor, texts].map((at) => at.toFixed(0)).join("/");
}

function line({ first, second, link, lesson, emptyPage, twoWorkers, bareEditor, largeModule }: Round): string {
  return `${shown(first)}, again ${shown(second)}, link ${link.toFixed(0)}, lesson ${lesson.texts.toFixed(0)}, empty ${shown(emptyPage)}, two workers ${shown(twoWorkers)}, editor ${shown(bareEditor)}, large module ${shown(largeModule)} ms`;
}

function figuresOf(rounds: readonly Round[], network: string, isSlow: boolean): Figure[] {
  const of = (take: (round: Round) => number): number => median(rounds.map(take));
  const editor = (take: (moments: Moments) => number): Pick<Figure, "unit" | "peer" | "peerName"> => ({
    unit: "ms",
    peer: of(({ bareEditor }) => take(bareEditor)),
    peerName: "bare CodeMirror",
  });
  const large = { unit: "ms", peer: of(({ largeModule }) => largeModule.texts), peerName: "module of 1.29 MB" };
  const link = of((round) => round.link);
  const limit = (figure: Figure, most: number): Figure => (isSlow ? figure : { ...figure, target: `≤ ${most} ms`, holds: figure.ours <= most });
  const lesson = of((round) => round.lesson.texts);
  return [
    limit({ what: `first paint, ${network}`, ours: of(({ first }) => first.firstPaint), ...editor(({ firstPaint }) => firstPaint) }, 150),
    {
      what: `first paint, ${network}`,
      unit: "ms",
      ours: of(({ first }) => first.firstPaint),
      peer: of(({ emptyPage }) => emptyPage.firstPaint),
      peerName: "an empty page",
    },
    { what: `– Run can be pressed, ${network}`, unit: "ms", ours: of(({ first }) => first.click) },
    { what: `editor ready, ${network}`, ours: of(({ first }) => first.editor), ...editor((moments) => moments.editor) },
    limit({ what: `both programs of the starter talk, ${network}`, ours: of(({ first }) => first.texts), ...large }, 600),
    {
      what: `both programs of the starter talk, ${network}`,
      unit: "ms",
      ours: of(({ first }) => first.texts),
      peer: of(({ twoWorkers }) => twoWorkers.texts),
      peerName: "two bare workers",
    },
    { what: `– first paint of the second visit, ${network}`, unit: "ms", ours: of(({ second }) => second.firstPaint) },
    { what: `– editor ready in the second visit, ${network}`, unit: "ms", ours: of(({ second }) => second.editor) },
    { what: `– both programs talk in the second visit, ${network}`, unit: "ms", ours: of(({ second }) => second.texts) },
    { what: `from a link to a lesson’s first text, ${network}`, unit: "ms", ours: lesson, ...(isSlow && { target: "≤ 1000 ms", holds: lesson <= 1_000 }) },
    {
      what: `from a link to the first line, ${network}`,
      ours: link,
      ...large,
      // Where the network costs nothing, a page without an editor is there at once, and says nothing about the wait.
      ...(isSlow && { target: "ratio ≤ 1", holds: link <= large.peer }),
    },
  ];
}

async function visit(context: BrowserContext, address: string, awaited: AwaitedElements): Promise<Moments> {
  const page = await newWindow(context);
  try {
    return await visitMoments(page, address, awaited);
  } finally {
    await page.close();
  }
}

async function newWindow(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.waitForTimeout(WINDOW_REST_MS);
  return page;
}

async function runShared(page: Page, address: string): Promise<void> {
  await page.goto(linkTo(address, [program("hello.luau", 'print("first line")\n')]), { waitUntil: "commit" });
  await page.getByTestId("arrival-open").click();
  await page.getByTestId("run-all").click();
  await page.getByRole("log").getByText("first line", { exact: true }).waitFor({ state: "attached" });
}

async function timed(page: Page, visiting: (page: Page) => Promise<void>): Promise<number> {
  const from = performance.now();
  await visiting(page);
  return performance.now() - from;
}

/** Calls `measure` with a browser in which nobody has been anywhere. */
async function inNewContext<T>(browser: Browser, measure: (context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
  try {
    return await measure(context);
  } finally {
    await context.close();
  }
}

function gzipped(files: ReadonlyMap<string, ServedFile>): Map<string, ServedFile> {
  return new Map([...files].map(([path, file]) => [path, { ...file, encoding: "gzip", body: gzipSync(file.body) }]));
}
