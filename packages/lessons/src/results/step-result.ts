import type { LocalText } from "../local-text.ts";
import { MAX_SHOWN_BYTES } from "../limits.ts";

/**
 * - `passed`, `failed`
 * - `did-not-run`: a step before it failed, or was not wanted
 * - `does-not-compile`: one of the learner's files is not Luau
 * - `check-at-fault`: the check itself went wrong; that is never the learner's mistake
 */
export type StepState = "passed" | "failed" | "did-not-run" | "does-not-compile" | "check-at-fault";

/** How one step went. Plain data: page, embed, class board and command line show the same. */
export interface StepResult {
  readonly step: string;
  readonly state: StepState;
  /** What went wrong, in words. Absent where it passed or did not run. */
  readonly message?: LocalText;
  /** The text of an error, as Luau prints it: the learner's program's, or the check's own. */
  readonly error?: string;
  /** Where in the learner's file, or in the check. */
  readonly place?: { readonly file: string; readonly line: number };
  readonly expected?: ShownBytes;
  readonly got?: ShownBytes;
  /** The mistake that the check has recognised; the step's text has a hint for it. */
  readonly mistake?: string;
  /** The connection that it was seen on, from the examiner's side: what the network view can show of it. */
  readonly connection?: { readonly local: string; readonly remote: string };
  /** When the step began and ended, ms of `performance.timeOrigin + performance.now()`: the range of the capture. 0 where it did not run. */
  readonly from: number;
  readonly to: number;
}

/** Bytes beside the text that they are. */
export interface ShownBytes {
  /** At most `MAX_SHOWN_BYTES`. */
  readonly bytes: Uint8Array;
  /** The same as text; what is not UTF-8 is U+FFFD. It is a stranger's: it goes through `@playground/safe-text` before it is shown. */
  readonly text: string;
  /** Bytes that are left out at the end. */
  readonly omitted: number;
}

export function shownBytes(bytes: Uint8Array): ShownBytes {
  const shown = bytes.slice(0, MAX_SHOWN_BYTES);
  return { bytes: shown, text: new TextDecoder().decode(shown), omitted: bytes.length - shown.length };
}
