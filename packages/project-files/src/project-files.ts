import type { SharedSettings } from "@playground/share";

/** Files that can `require` each other, wherever they were read from. */
export interface ProjectFiles {
  /** What stands in front of the names of its files in what is printed, so that the reader can open them. */
  readonly prefix: string;
  /** Sources by name; names are paths with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** The files that were asked for; the others are what these require. */
  readonly wanted: ReadonlySet<string>;
  /** Those of the wanted files that are run by themselves, in the order in which they start: as they were named, or as the project has them; of a folder servers first. */
  readonly programs: readonly string[];
  /** What the project itself says. */
  readonly settings?: SharedSettings;
  /** Absolute paths of the folders and archives that it came from: what is to be looked at again when something in them changes. */
  readonly origins: readonly string[];
}

/** Something that cannot be read. The message is one line, names it, and says what to do. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}
