import { readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { ReadError } from "./project-files.ts";

/**
 * The bytes of a file, of at most `limit`; `path` is absolute, and messages name it as it is seen from `from`.
 *
 * @throws {ReadError}
 */
export function readBytes(path: string, from: string, limit: number): Uint8Array {
  const shown = relative(from, path);
  try {
    if (statSync(path).size > limit) throw new ReadError(`${shown} is larger than ${limit} bytes`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError(`${shown} cannot be read: ${systemReason(error)}`, { cause: error });
  }
}

/** The operating system's reason in a word or two, which Node gives with the path a second time. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return /^[A-Z0-9]+: ([^,]*),/.exec(error.message)?.[1] ?? code ?? error.message;
}
