import { msg } from "@lit/localize";
import { counted } from "../locale/counted.ts";

/** How long a lesson takes. */
export function minutesText(minutes: number): string {
  return counted(minutes, msg("# minute|# minutes", { id: "lesson-minutes" }));
}
