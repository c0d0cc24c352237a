import { relative, sep } from "node:path";
import { MAX_ZIP_BYTES, ShareError, unzipProject } from "@playground/share";
import { type ProjectFiles, ReadError } from "./project-files.ts";
import { readBytes } from "./read-file.ts";
import { sharedFiles } from "./shared-files.ts";

/** The project in a zip; `path` is absolute. @throws {ReadError} */
export function readZip(path: string, from: string): ProjectFiles {
  const shown = relative(from, path).split(sep).join("/");
  const bytes = readBytes(path, from, MAX_ZIP_BYTES);
  try {
    return { ...sharedFiles(unzipProject(bytes).project), prefix: `${shown}/`, origins: [path] };
  } catch (error) {
    if (error instanceof ShareError) throw new ReadError(`${shown}: ${error.message}`, { cause: error });
    throw error;
  }
}
