import { MAX_LESSON_FILE_BYTES } from "@playground/lessons";
import type { ReaderFault } from "./reader-messages.ts";

/** Milliseconds for a lesson file to come: the largest one at 1 Mbit/s, and longer than anybody waits. */
const FETCH_LIMIT_MS = 60_000;

/** Milliseconds to find out why an address did not answer as it has to. */
const PROBE_LIMIT_MS = 5_000;

/** A lesson file could not be had. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly fault: ReaderFault;

  constructor(fault: ReaderFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/**
 * Fetches a lesson file as anybody may: without cookies, and without saying where it is opened. What the browser has kept of it is used where the
 * host says that it is the newest.
 *
 * @param fetchIt the browser's `fetch`
 * @throws {FetchError}
 */
export async function fetchLesson(fetchIt: typeof fetch, address: string, onReceived: (bytes: number, total: number | undefined) => void): Promise<string> {
  const ending = new AbortController();
  const limit = setTimeout(() => ending.abort(), FETCH_LIMIT_MS);
  try {
    const response = await fetchIt(address, { ...AS_ANYBODY, cache: "no-cache", signal: ending.signal });
    const { origin } = new URL(response.url);
    // Whoever opens a lesson is told whose it is: that must be true.
    if (origin !== new URL(address).origin) throw new FetchError({ kind: "moved", to: response.url });
    if (response.status === 404 || response.status === 410) throw new FetchError({ kind: "not-found" });
    if (!response.ok) throw new FetchError({ kind: "status", status: response.status });
    return textOf(await bytesOf(response, onReceived));
  } catch (error) {
    if (error instanceof FetchError) throw error;
    throw new FetchError(ending.signal.aborted ? { kind: "too-slow" } : await silenceOf(fetchIt, address));
  } finally {
    clearTimeout(limit);
    ending.abort();
  }
}

const AS_ANYBODY = { credentials: "omit", referrerPolicy: "no-referrer" } as const;

async function bytesOf(response: Response, onReceived: (bytes: number, total: number | undefined) => void): Promise<Uint8Array> {
  const total = totalOf(response);
  if (total !== undefined && total > MAX_LESSON_FILE_BYTES) throw new FetchError({ kind: "too-large" });
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > MAX_LESSON_FILE_BYTES) throw new FetchError({ kind: "too-large" });
    pieces.push(piece.value);
    onReceived(bytes, total);
  }
  const all = new Uint8Array(bytes);
  let offset = 0;
  for (const piece of pieces) {
    all.set(piece, offset);
    offset += piece.length;
  }
  return all;
}

/** What the host says of the length, where that is the length of what comes out. */
function totalOf({ headers }: Response): number | undefined {
  const length = Number(headers.get("content-length") ?? NaN);
  return headers.get("content-encoding") === null && Number.isSafeInteger(length) ? length : undefined;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FetchError({ kind: "not-a-lesson", detail: "it is not text in UTF-8" });
  }
}

/** A browser does not say why a file of another origin cannot be read. One that may not be read answers all the same. */
async function silenceOf(fetchIt: typeof fetch, address: string): Promise<ReaderFault> {
  const ending = new AbortController();
  const limit = setTimeout(() => ending.abort(), PROBE_LIMIT_MS);
  try {
    await fetchIt(address, { ...AS_ANYBODY, mode: "no-cors", signal: ending.signal });
    return { kind: "not-allowed" };
  } catch {
    return { kind: "unreachable" };
  } finally {
    clearTimeout(limit);
    ending.abort();
  }
}
