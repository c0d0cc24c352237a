import type { LessonFileContent } from "@playground/lessons";
import { startWorker } from "../../workers/start-worker.ts";
import type { ReaderAnswer, ReaderFault, ReaderRequest } from "../worker/reader-messages.ts";
import type { AddressFault } from "./foreign-address.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "../worker/lesson-worker.ts?worker&url";

/** Milliseconds for reading a lesson that is here: text made to be slow takes two seconds on a slow computer, and no author's a tenth of that. */
const READ_LIMIT_MS = 15_000;

/** Why a lesson from elsewhere cannot be opened. */
export type ForeignFault =
  | ReaderFault
  | { readonly kind: "address"; readonly fault: AddressFault }
  /** It takes too long to read. */
  | { readonly kind: "endless" }
  /** The reader itself could not be had, or went wrong. */
  | { readonly kind: "broken"; readonly detail: string };

/** A lesson from elsewhere that cannot be opened. */
export class ForeignLessonError extends Error {
  override readonly name = "ForeignLessonError";
  readonly fault: ForeignFault;

  constructor(fault: ForeignFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** Bytes that have come, and all of them where that is known. */
export type OnReceived = (bytes: number, total: number | undefined) => void;

/** A file as it came, and what stands in it. */
export interface ReadFile {
  readonly text: string;
  readonly content: LessonFileContent;
}

/** Fetches a lesson file, or reads one that is here, in a worker of its own. @throws {ForeignLessonError}, and what `signal` was aborted with */
export function readForeign(
  request: Exclude<ReaderRequest, { readonly type: "watch" }>,
  { onReceived, signal }: { readonly onReceived?: OnReceived; readonly signal?: AbortSignal } = {},
): Promise<ReadFile> {
  const worker = startReader();
  let limit: ReturnType<typeof setTimeout> | undefined;
  const reading = new Promise<ReadFile>((resolve, reject) => {
    const fail = (fault: ForeignFault): void => reject(new ForeignLessonError(fault));
    signal?.addEventListener("abort", () => reject(signal.reason instanceof Error ? signal.reason : new DOMException("ended", "AbortError")));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      fail({ kind: "broken", detail: event.message || "the reader of lessons could not be loaded" });
    });
    worker.addEventListener("message", ({ data }: MessageEvent<ReaderAnswer>) => {
      switch (data.type) {
        case "received":
          onReceived?.(data.bytes, data.total);
          break;
        case "fetched":
          limit = setTimeout(() => fail({ kind: "endless" }), READ_LIMIT_MS);
          break;
        case "content":
          resolve(data);
          break;
        case "fault":
          fail(data.fault);
          break;
      }
    });
    ask(worker, request);
  });
  return reading.finally(() => {
    clearTimeout(limit);
    worker.terminate();
  });
}

/** Calls `onChanged` whenever the preview at an address tells of a change. Gives what ends it. */
export function watchPreview(address: string, onChanged: () => void): () => void {
  const worker = startReader();
  worker.addEventListener("error", (event) => event.preventDefault());
  worker.addEventListener("message", ({ data }: MessageEvent<ReaderAnswer>) => {
    if (data.type === "changed") onChanged();
  });
  ask(worker, { type: "watch", address });
  return () => worker.terminate();
}

function ask(worker: Worker, request: ReaderRequest): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage(request);
}

function startReader(): Worker {
  return startWorker(new URL(workerUrl, import.meta.url), "lesson-reader");
}
