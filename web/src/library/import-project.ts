import { MAX_TITLE_CHARS, MAX_ZIP_BYTES, ShareError, type SkippedFile, unzipProject } from "@playground/share";
import { fromShared, type StoredProject } from "./stored-project.ts";

/** Reads a zip that the reader has chosen. Without a title of its own the project is called as the file is. @throws {ShareError} */
export async function importProject(file: File, room: string): Promise<{ readonly stored: StoredProject; readonly skipped: readonly SkippedFile[] }> {
  // Before it is read: the file may be a film.
  if (file.size > MAX_ZIP_BYTES) throw new ShareError("too-large", `the archive has ${file.size} bytes; at most ${MAX_ZIP_BYTES} are read`);
  const { project, skipped } = unzipProject(new Uint8Array(await file.arrayBuffer()));
  const title =
    project.title ??
    file.name
      .replace(/\.zip$/i, "")
      .replace(/\p{Cc}/gu, " ")
      .slice(0, MAX_TITLE_CHARS);
  return { stored: { ...fromShared(project, room), title }, skipped };
}
