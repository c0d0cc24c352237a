import type { Problems } from "../lesson-error.ts";
import { MAX_LESSON_BYTES, MAX_LESSON_FILES } from "../limits.ts";

/** Files by their path inside of a folder, with `/`: as they lie on a disk, in a zip, or behind an address. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

/** The files below `prefix` (which ends with `/`), by what follows it. */
export function below(files: FolderFiles, prefix: string): Map<string, Uint8Array> {
  return new Map([...files].flatMap(([path, bytes]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), bytes] as const] : [])));
}

/** Looks at how much there is before any of it is read. Gives false where it is too much. */
export function isWithinLimits(files: FolderFiles, file: string, problems: Problems): boolean {
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  if (files.size > MAX_LESSON_FILES) problems.add(file, undefined, `the lesson has ${files.size} files and may have at most ${MAX_LESSON_FILES}`);
  if (bytes > MAX_LESSON_BYTES) problems.add(file, undefined, `the lesson has ${bytes} bytes and may have at most ${MAX_LESSON_BYTES}`);
  return files.size <= MAX_LESSON_FILES && bytes <= MAX_LESSON_BYTES;
}

/** A file as text, or undefined with a problem where it is missing, too large or not UTF-8. Line breaks are `\n`. */
export function textFile(files: FolderFiles, path: string, maxBytes: number, problems: Problems): string | undefined {
  const bytes = files.get(path);
  if (bytes === undefined) {
    problems.add(path, undefined, "the file is missing; see docs/lesson-format.md");
    return undefined;
  }
  if (bytes.length > maxBytes) {
    problems.add(path, undefined, `the file has ${bytes.length} bytes and may have at most ${maxBytes}`);
    return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    problems.add(path, undefined, "the file is not text in UTF-8; save it as that");
    return undefined;
  }
}
