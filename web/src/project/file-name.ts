import { FILE_EXTENSION } from "@playground/share/file-name";

export { FILE_EXTENSION, fileNameFault, type FileNameFault, MAX_FILE_NAME_CHARS } from "@playground/share/file-name";

/** The name as it will be: without spaces around it, and with `.luau` at its end. */
export function completeFileName(typed: string): string {
  const name = typed.trim();
  return name === "" || name.endsWith(FILE_EXTENSION) ? name : name + FILE_EXTENSION;
}
