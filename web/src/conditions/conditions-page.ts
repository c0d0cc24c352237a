import type { TimeControl } from "./time-control.ts";

/** What the parts that take time in hand need of the page that they are in. */
export interface ConditionsPage {
  readonly timeControl: TimeControl;
}
