// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "../worker/program-worker.ts?worker&url";
import { startWorker } from "./start-worker.ts";

/** Starts a program's worker. */
export function newProgramWorker(name: string): Worker {
  return startWorker(new URL(workerUrl, import.meta.url), name);
}
