import { MAX_FILE_NAME_CHARS } from "./limits.ts";

export { MAX_FILE_NAME_CHARS };

/** The ending that every file of a project has. */
export const FILE_EXTENSION = ".luau";

/** Why a name cannot be had. */
export type FileNameFault = "empty" | "too-long" | "bad-characters" | "taken";

/** Checks a complete name; undefined when it may be used. */
export function fileNameFault(name: string, isTaken: (name: string) => boolean): FileNameFault | undefined {
  if (name === "" || name === FILE_EXTENSION) return "empty";
  if (name.length > MAX_FILE_NAME_CHARS) return "too-long";
  // Letters of any script, so that Russian names work; nothing that `require("./name")` or `name:12` could trip over.
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name)) return "bad-characters";
  return isTaken(name) ? "taken" : undefined;
}
