import type { Page, Worker } from "@playwright/test";

/** Names of workers that wait for a program, as `new-worker.ts` gives them; the one of a program that found none waiting has another. */
const SPARE = /^program \d+$/;

/** The worker of the page's first program. The page has others that wait for a program, and takes the one with the least number first. */
export async function firstProgramWorker(page: Page): Promise<Worker> {
  const workers = page.workers().filter((worker) => worker.url().includes("program-worker"));
  const named = await Promise.all(workers.map(async (worker) => ({ worker, name: await worker.evaluate(() => self.name) })));
  named.sort((a, b) => Number(SPARE.test(a.name)) - Number(SPARE.test(b.name)) || a.name.localeCompare(b.name));
  const [first] = named;
  if (first === undefined) throw new Error("the page has no worker for programs");
  return first.worker;
}
