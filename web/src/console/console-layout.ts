import { Model } from "../ui/model.ts";
import { persistent } from "../storage/safe-storage.ts";
import { ConsoleLog } from "../log/console-log.ts";

const STORAGE_KEY = "zone-playground:merged-console";

/** How consoles are shown: one for each program, or one for all, which remembers whose each line is. */
export class ConsoleLayout extends Model {
  /** What all programs have written, in the order in which it came. */
  readonly log = new ConsoleLog();
  #isMerged = persistent.read(STORAGE_KEY) === "yes";

  get isMerged(): boolean {
    return this.#isMerged;
  }

  /** Changes between the two, and remembers it where the browser allows that. */
  toggle(): void {
    this.#isMerged = !this.#isMerged;
    persistent.write(STORAGE_KEY, this.#isMerged ? "yes" : "no");
    this.changed();
  }
}
