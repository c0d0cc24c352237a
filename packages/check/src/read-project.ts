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
 * The projects of files and folders: a folder is one, and so are all files together, with what they require.
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
    projects.push(readFiles(files, from));
  }
  return projects;
}

function readFolder(folder: string, from: string): ProjectFiles {
  const paths: string[] = [];
  const walk = (inside: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.luau?$/.test(entry.name) && !/\.d\.luau?$/.test(entry.name)) paths.push(path);
      if (paths.length > MAX_FILES) throw new ReadError(`${relative(from, folder) || "."} holds more than ${MAX_FILES} Luau files; name a folder further in`);
    }
  };
  walk(folder);
  return project(folder, from, new Map(paths.map((path) => [path, readSource(path, from)])), paths);
}

/** Files, and those that they require, wherever these lie: what is around them may be a whole home folder. */
function readFiles(wanted: readonly string[], from: string): ProjectFiles {
  const sources = new Map<string, string>();
  const waiting = [...wanted];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sources.has(path)) continue;
    if (sources.size >= MAX_FILES) throw new ReadError(`these files require more than ${MAX_FILES} others`);
    const source = readSource(path, from);
    sources.set(path, source);
    waiting.push(...requiredBy(path, source));
  }
  return project(commonFolder([...sources.keys()]), from, sources, wanted);
}

/** The files that a source names in `require`, in comments too: one more that is read does no harm. */
function requiredBy(path: string, source: string): string[] {
  return [...source.matchAll(/\brequire\s*(?:\(\s*)?["'](\.\.?\/[^"'\n]*)["']/g)].flatMap(([, target]) => {
    const base = resolve(dirname(path), target!);
    const found = ["", ".luau", ".lua", "/init.luau"]
      .map((ending) => base + ending)
      .find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
    return found ?? [];
  });
}

function readSource(path: string, from: string): string {
  if (statSync(path).size > MAX_FILE_BYTES) throw new ReadError(`${relative(from, path)} is larger than ${MAX_FILE_BYTES} bytes`);
  return readFileSync(path, "utf8");
}

function project(root: string, from: string, sources: ReadonlyMap<string, string>, wanted: readonly string[]): ProjectFiles {
  const prefix = relative(from, root).split(sep).join("/");
  const files = new Map([...sources].map(([path, source]) => [nameIn(root, path), source]));
  return { prefix: prefix === "" ? "" : `${prefix}/`, files, wanted: new Set(wanted.map((path) => nameIn(root, path))) };
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0]!);
  while (!files.every((file) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}
