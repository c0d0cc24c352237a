import { zipProject } from "@playground/share";
import { download } from "../ui/download.ts";
import { toShared, type StoredProject } from "./stored-project.ts";

/** Has the browser save a project as a zip, with the capture that it came with. @throws ShareError when it is too large */
export function exportProject(stored: StoredProject): void {
  download(archiveName(stored.title), zipProject(toShared(stored, { capture: stored.capture })), "application/zip");
}

/** A file name that every system takes. */
export function archiveName(title: string): string {
  const words = title.replace(/[^\p{L}\p{N} ._-]/gu, " ").replace(/\s+/g, " ");
  let [from, to] = [0, words.length];
  while (from < to && isEdge(words[from])) from++;
  while (from < to && isEdge(words[to - 1])) to--;
  const name = words.slice(from, to);
  return `${name === "" ? "zone-project" : name}.zip`;
}

/** What systems leave out at the ends of a name, or take for a hidden file. */
function isEdge(letter: string | undefined): boolean {
  return letter === "." || letter === " ";
}
