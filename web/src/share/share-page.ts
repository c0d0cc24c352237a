import type { CaptureLog } from "../capture/capture-log.ts";
import type { Library } from "../library/library.ts";

/** What sharing needs of the page that it is in. */
export interface SharePage {
  readonly library: Library;
  readonly captureLog: CaptureLog;
  /** The room's name. */
  readonly room: string;
}
