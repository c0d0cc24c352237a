/** Longest name of a file, characters: fits a tab and a console line. */
export const MAX_FILE_NAME_CHARS = 64;
export const FILE_EXTENSION = ".luau";

/** Why a name cannot be had. */
export type FileNameFault = "empty" | "too-long" | "bad-characters" | "taken";

/** The name as it will be: without spaces around it, and with `.luau` at its end. */
export function completeFileName(typed: string): string {
  const name = typed.trim();
  return name === "" || name.endsWith(FILE_EXTENSION) ? name : name + FILE_EXTENSION;
}

/** Checks a complete name; undefined when it may be used. */
export function fileNameFault(name: string, isTaken: (name: string) => boolean): FileNameFault | undefined {
  if (name === "" || name === FILE_EXTENSION) return "empty";
  if (name.length > MAX_FILE_NAME_CHARS) return "too-long";
  // Letters of any script, so that Russian names work; nothing that `require("./name")` or `name:12` could trip over.
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name)) return "bad-characters";
  return isTaken(name) ? "taken" : undefined;
}
