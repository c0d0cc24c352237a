import { zipProject } from "@playground/share";
import { download } from "../app/download.ts";
import { toShared, type StoredProject } from "./stored-project.ts";

/** Has the browser save a project as a zip. @throws ShareError when it is too large */
export function exportProject(stored: StoredProject): void {
  download(archiveName(stored.title), zipProject(toShared(stored)), "application/zip");
}

/** A file name that every system takes. */
export function archiveName(title: string): string {
  const name = title.replace(/[^\p{L}\p{N} ._-]/gu, " ").replace(/\s+/g, " ").replace(/^[. ]+|[. ]+$/g, "");
  return `${name === "" ? "zone-project" : name}.zip`;
}
