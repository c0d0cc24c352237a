// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "../worker/program-worker.ts?worker&url";

/**
 * Starts a program's worker. A browser takes workers of the page's own origin only; on a page of another site the
 * worker is a blob of that page which imports the bridge's script.
 */
export function newProgramWorker(name: string): Worker {
  const url = new URL(workerUrl, import.meta.url);
  if (url.origin === location.origin) return new Worker(url, { type: "module", name });
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" }));
  const worker = new Worker(blob, { type: "module", name });
  // Fetched by the time of its first word, or never.
  const revoke = (): void => URL.revokeObjectURL(blob);
  worker.addEventListener("message", revoke, { once: true });
  worker.addEventListener("error", revoke, { once: true });
  return worker;
}
