// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/program-worker.ts?worker&url";
import { startWorker } from "../workers/start-worker.ts";

/** Starts a program's worker. */
export function newProgramWorker(name: string): Worker {
  return startWorker(address(), name);
}

/** Has the browser keep the worker's script, so that the first Run does not wait for it. */
export async function fetchProgramWorker(): Promise<void> {
  await (await fetch(address())).arrayBuffer();
}

function address(): URL {
  return new URL(workerUrl, import.meta.url);
}
