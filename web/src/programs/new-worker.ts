import { startWorker } from "../workers/start-worker.ts";
import type { PageMessage } from "./worker/messages.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/program-worker.ts?worker&url";

/** Workers that are started before the first Run: a server and its client. Each is a few megabytes until then. */
const SPARE_WORKERS = 2;

/** Workers that run nothing yet, the oldest first. */
const spare: Worker[] = [];

/** A program's worker: one that waits for a program, or a new one. */
export function newProgramWorker(name: string): Worker {
  return spare.shift() ?? startWorker(address(), name);
}

let fetched: Promise<unknown> | undefined;

/** Has the browser keep the worker's script, so that the first Run does not wait for it. A failure is not kept: the next call tries again. */
export async function fetchProgramWorker(): Promise<void> {
  fetched ??= fetch(address())
    .then((response) => response.arrayBuffer())
    .catch((error: unknown) => {
      fetched = undefined;
      throw error;
    });
  await fetched;
}

/**
 * Starts the workers of the first Run and has them instantiate the VM, so that Run waits for neither. They read no code and open no
 * connection before they are given a program. To be called once.
 */
export async function prepareProgramWorkers(module: Promise<WebAssembly.Module>): Promise<void> {
  const prepared = Array.from({ length: SPARE_WORKERS }, (_, index) => startWorker(address(), spareName(index)));
  spare.push(...prepared);
  for (const worker of prepared) {
    // Whoever runs a program then gets a new one, and its reason.
    worker.addEventListener("error", () => {
      const index = spare.indexOf(worker);
      if (index >= 0) spare.splice(index, 1);
    });
  }
  const message: PageMessage = { type: "prepare", module: await module };
  // One that has been given its program meanwhile has been given the module, too.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  for (const worker of prepared) if (spare.includes(worker)) worker.postMessage(message);
}

/** What tools call a worker that waits for a program, in the order in which they are taken: `program 1`. */
function spareName(index: number): string {
  return `program ${index + 1}`;
}

function address(): URL {
  return new URL(workerUrl, import.meta.url);
}
