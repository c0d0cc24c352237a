import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { CheckMode } from "@playground/luau-analysis";

/** Luau files that are read for one project: more is a folder named by mistake. */
const MAX_FILES = 1_000;

/** Bytes of one file: what no person writes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** What is checked together: files that can `require` each other. */
export interface ProjectFiles {
  /** What it is called in what is printed; stands in front of the names of its files. */
  readonly prefix: string;
  readonly files: ReadonlyMap<string, string>;
  /** The files whose diagnostics are asked for. */
  readonly wanted: ReadonlySet<string>;
  /** What the project itself says. */
  readonly mode?: CheckMode;
}

/** Something that cannot be read. The message names it and says what to do. */
export class ReadError extends Error {
  override readonly name = "ReadError";
}

/**
 * The projects of files and folders: a folder is one, and so are all files together, with what lies beside and below them.
 * Paths are seen from `from`, and so are the names in what is printed.
 * @throws {ReadError}
 */
export function readPaths(paths: readonly string[], from: string): ProjectFiles[] {
  const folders: string[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(from, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (found === undefined) throw new ReadError(`${path} is not there`);
    (found.isDirectory() ? folders : files).push(full);
  }
  const projects = folders.map((folder) => {
    const project = readFolder(folder, from);
    if (project.files.size === 0) throw new ReadError(`${relative(from, folder) || "."} holds no .luau file`);
    return project;
  });
  if (files.length > 0) {
    const root = commonFolder(files);
    const project = readFolder(root, from, files);
    projects.push({ ...project, wanted: new Set(files.map((file) => nameIn(root, file))) });
  }
  return projects;
}

function readFolder(folder: string, from: string, also: readonly string[] = []): ProjectFiles {
  const files = new Map<string, string>();
  const read = (path: string): void => {
    if (files.has(nameIn(folder, path))) return;
    if (files.size >= MAX_FILES) throw new ReadError(`${relative(from, folder) || "."} holds more than ${MAX_FILES} Luau files; name a folder further in`);
    if (statSync(path).size > MAX_FILE_BYTES) throw new ReadError(`${relative(from, path)} is larger than ${MAX_FILE_BYTES} bytes`);
    files.set(nameIn(folder, path), readFileSync(path, "utf8"));
  };
  for (const file of also) read(file);
  const walk = (inside: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.luau?$/.test(entry.name) && !/\.d\.luau?$/.test(entry.name)) read(path);
    }
  };
  walk(folder);
  const prefix = relative(from, folder).split(sep).join("/");
  return { prefix: prefix === "" ? "" : `${prefix}/`, files, wanted: new Set(files.keys()) };
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0]!);
  while (!files.every((file) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}
