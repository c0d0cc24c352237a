import type { CDPSession, Page } from "@playwright/test";

/** A task of the browser, as it stands in its trace. Times in milliseconds. */
export interface Task {
  /** From its begin to its end, with what the machine gave to others meanwhile. */
  readonly wall: number;
  /** Time of the processor. */
  readonly cpu: number;
}

/** One event of Chromium's trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly frames?: readonly { readonly url: string; readonly processId?: number }[] } };
}

/** Records every task of the page's main thread while something is done, by the browser's own trace. */
export async function mainThreadTasks(page: Page, work: () => Promise<void>): Promise<Task[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] } });
  await work();
  await stopTracing(session);
  await session.detach();
  // Chromium names the main thread of each process that shows pages; with one page open, it is the one that did most.
  const threads = new Map<string, Task[]>();
  for (const { ph, name, args, pid, tid } of events) if (ph === "M" && name === "thread_name" && args.name === "CrRendererMain") threads.set(`${pid}:${tid}`, []);
  for (const { name, ph, pid, tid, dur = 0, tdur } of events) {
    if (ph === "X" && /(^|::)RunTask$/.test(name)) threads.get(`${pid}:${tid}`)?.push({ wall: dur / 1000, cpu: (tdur ?? dur) / 1000 });
  }
  const busiest = [...threads.values()].toSorted((a, b) => sum(b) - sum(a))[0];
  if (busiest === undefined || busiest.length === 0) throw new Error("the trace holds no task of the page's main thread");
  return busiest;
}

async function stopTracing(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
}

function sum(tasks: readonly Task[]): number {
  return tasks.reduce((total, { wall }) => total + wall, 0);
}
