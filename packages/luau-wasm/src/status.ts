import { STATUS_ERROR, STATUS_MEMORY } from "./abi.ts";
import { LuauMemoryError, LuauUsageError } from "./errors.ts";
import type { UsageErrorCode } from "./errors.ts";

/** Throws for an operation that did not come to STATUS_OK. */
export function checkStatus(status: number, code: UsageErrorCode, message: string): void {
  if (status === STATUS_MEMORY) throw new LuauMemoryError();
  if (status === STATUS_ERROR) throw new LuauUsageError(code, message);
}

/** Throws when there was no memory for a reference. */
export function checkReference(reference: number): number {
  if (reference === 0) throw new LuauMemoryError();
  return reference;
}
