import type { CaptureEvent, CaptureTime } from "./event.ts";
import type { RunId } from "./ladder-item.ts";

/** What was captured of one run of a program. */
export interface CapturedRun {
  readonly run: RunId;
  readonly file: string;
  /** When it began. */
  readonly at: CaptureTime;
  /** In the order in which the recorder told of them. Beginnings of connections stay as long as anything of them is there. */
  readonly events: readonly CaptureEvent[];
}
