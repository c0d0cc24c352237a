/**
 * Starts a worker from a script of ours. A browser takes workers of the page's own origin only; on a page of another
 * site the worker is a blob of that page which imports the bridge's script.
 */
export function startWorker(url: URL, name: string): Worker {
  if (url.origin === location.origin) return new Worker(url, { type: "module", name });
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" }));
  const worker = new Worker(blob, { type: "module", name });
  // Fetched by the time of its first word, or never.
  const revoke = (): void => URL.revokeObjectURL(blob);
  worker.addEventListener("message", revoke, { once: true });
  worker.addEventListener("error", revoke, { once: true });
  return worker;
}
