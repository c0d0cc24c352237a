import type { Commands } from "../ui/commands.ts";
import type { Library } from "./library.ts";
import type { StoredProject } from "./stored-project.ts";

/** What the library's parts need of the page that they are in. */
export interface LibraryPage {
  readonly library: Library;
  readonly room: string;
  readonly commands: Commands;
  /** Shows another project in the place of the open one, which is saved. @throws when it cannot be saved: then it stays */
  openProject(stored: StoredProject): Promise<void>;
  /** The part that makes files of projects; undefined where it cannot be had, which the reader has been told then. */
  fetchDialogs(): Promise<{ exportProject(stored: StoredProject): void } | undefined>;
}
