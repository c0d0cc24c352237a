import wasmUrl from "@johnnymorganz/stylua/stylua_lib_bg.wasm?url";
import { startWorker } from "../../workers/start-worker.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/format-worker.ts?worker&url";
import type { FormatAnswer, FormatQuestion } from "./worker/format-messages.ts";
import type { TextChange } from "./source/layout-changes.ts";

/** Milliseconds for StyLua to be fetched and to format a file; a file of 10,000 lines takes about four seconds. */
const FORMAT_LIMIT_MS = 30_000;

/** StyLua does not come, or does not answer: the source has nothing to do with it. */
export class FormatterError extends Error {
  override readonly name = "FormatterError";
}

let worker: Worker | undefined;
let lastId = 0;

/** Formats a source with StyLua, in a worker that is made at the first call. Rejects when StyLua cannot be loaded or cannot read the source. */
export function format(source: string): Promise<readonly TextChange[]> {
  return new Promise((resolve, reject) => {
    const asked = (worker ??= startWorker(new URL(workerUrl, import.meta.url), "format"));
    const id = ++lastId;
    const settled = new AbortController();
    const fail = (message: string, isBroken: boolean): void => {
      settle();
      if (isBroken) {
        asked.terminate();
        if (worker === asked) worker = undefined;
      }
      reject(isBroken ? new FormatterError(message) : new Error(message));
    };
    const timer = setTimeout(() => fail(`no answer within ${FORMAT_LIMIT_MS / 1000} s`, true), FORMAT_LIMIT_MS);
    const settle = (): void => {
      clearTimeout(timer);
      settled.abort();
    };
    asked.addEventListener(
      "message",
      ({ data }: MessageEvent<FormatAnswer>) => {
        if (data.id !== id) return;
        if ("fault" in data) return fail(data.fault, false);
        settle();
        resolve(data.changes);
      },
      settled,
    );
    asked.addEventListener(
      "error",
      (event) => {
        event.preventDefault();
        fail(event.message || "StyLua could not be loaded", true);
      },
      settled,
    );
    const question: FormatQuestion = { id, source, wasmUrl: new URL(wasmUrl, location.href).href };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    asked.postMessage(question);
  });
}
