import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { LessonError } from "@playground/lessons";

/** Files of a course: sixty lessons of two hundred are the format's own limit, and nobody has that. */
const MAX_FILES = 4_000;

/** Bytes of one file that are read: the format allows far less, and tells so. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Everything below a folder, by path with `/`; hidden files are left out. @throws {LessonError} */
export function readFolder(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const walk = (inside: string): void => {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile()) {
        if (files.size >= MAX_FILES)
          throw new LessonError([{ file: ".", message: `the folder holds more than ${MAX_FILES} files; name a lesson or a course` }]);
        const full = join(folder, path);
        if (statSync(full).size > MAX_FILE_BYTES) throw new LessonError([{ file: path, message: `the file has more than ${MAX_FILE_BYTES} bytes` }]);
        files.set(path, new Uint8Array(readFileSync(full)));
      }
    }
  };
  walk("");
  return files;
}
