import type { CDPSession, Page } from "@playwright/test";

/** What the page's main thread did, in milliseconds. */
export interface MainThreadTasks {
  /** The longest task, by the clock. */
  readonly longest: number;
  /** The most processor's time that a task took: what a busy machine does to the clock is not in it. */
  readonly longestProcessor: number;
  /** All tasks together, by the clock. */
  readonly busy: number;
}

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds by the clock. */
  readonly dur?: number;
  /** Microseconds of the thread's processor time. */
  readonly tdur?: number;
  readonly args?: { readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string } };
}

const BEGIN = "bench: begin";
const END = "bench: end";
/** Tasks of every thread, and the page's own marks, which tell its main thread. */
const CATEGORIES = "toplevel,blink.user_timing";

/** By which whoever drives the page asks it for something: what such a task takes is not the page's doing. */
const DRIVER = "blink.mojom.DevToolsSession";

/** Traces the page while `action` runs, and looks at all tasks of its main thread but the driver's own, also at those too short for the Long Tasks API. */
export async function tasksDuring(page: Page, action: () => Promise<void>): Promise<MainThreadTasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page has no browser of its own to be traced with");
  const session = await browser.newBrowserCDPSession();
  try {
    await session.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { includedCategories: CATEGORIES.split(","), recordMode: "recordUntilFull" },
    });
    await page.evaluate((mark) => void performance.mark(mark), BEGIN);
    await action();
    await page.evaluate((mark) => void performance.mark(mark), END);
    return tasksBetween(await traced(session));
  } finally {
    await session.detach();
  }
}

async function traced(session: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await complete;
  return events;
}

function tasksBetween(events: readonly TraceEvent[]): MainThreadTasks {
  const begin = events.find(({ name }) => name === BEGIN);
  const end = events.findLast(({ name }) => name === END);
  if (begin === undefined || end === undefined) throw new Error("the trace is cut: it does not hold both marks");
  const ofPage = events.filter(({ ph, pid, tid, ts }) => ph === "X" && pid === begin.pid && tid === begin.tid && ts > begin.ts && ts < end.ts);
  const questions = ofPage.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === DRIVER).map(({ ts }) => ts);
  const tasks = ofPage.filter(({ name, ts, dur = 0 }) => name === "ThreadControllerImpl::RunTask" && !questions.some((at) => at >= ts && at < ts + dur));
  if (tasks.length === 0) throw new Error("the trace holds no task of the page's main thread");
  return {
    longest: most(tasks.map(({ dur = 0 }) => dur)),
    longestProcessor: most(tasks.map(({ tdur = 0 }) => tdur)),
    busy: tasks.reduce((sum, { dur = 0 }) => sum + dur, 0) / 1000,
  };
}

/** The largest of some microseconds, in milliseconds. */
function most(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0) / 1000;
}
