import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { commonFolder } from "./common-folder.ts";
import { type ProjectFiles, ReadError } from "./project-files.ts";
import { readBytes, systemReason } from "./read-file.ts";

/** Luau files that are read for one project: more is a folder named by mistake. */
const MAX_FILES = 1_000;

/** Bytes of one file: what no person writes. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * The projects of files, folders and zips: a folder is one, so is a zip, and so are all files together, with what they require.
 * Paths are seen from `from`, and so are the names in what is printed.
 * Rejects with a {@link ReadError}.
 */
export async function readPaths(paths: readonly string[], from: string): Promise<ProjectFiles[]> {
  const projects: ProjectFiles[] = [];
  const files: string[] = [];
  for (const path of paths) {
    const full = resolve(from, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (found === undefined) throw new ReadError(`${path} is not there`);
    if (found.isDirectory()) projects.push(readFolder(full, from));
    else if (/\.zip$/i.test(full)) projects.push((await import("./read-zip.ts")).readZip(full, from));
    else files.push(full);
  }
  if (files.length > 0) projects.push(readFiles(files, from));
  return projects;
}

function readFolder(folder: string, from: string): ProjectFiles {
  const shown = relative(from, folder) || ".";
  const paths: string[] = [];
  const folders: string[] = [];
  const walk = (inside: string): void => {
    folders.push(inside);
    for (const entry of entriesOf(inside, from)) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(inside, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.luau?$/.test(entry.name) && !/\.d\.luau?$/.test(entry.name)) paths.push(path);
      if (paths.length > MAX_FILES) throw new ReadError(`${shown} holds more than ${MAX_FILES} Luau files; name a folder further in`);
    }
  };
  walk(folder);
  if (paths.length === 0) throw new ReadError(`${shown} holds no .luau file`);
  const sources = new Map(paths.map((path) => [path, readSource(path, from)]));
  const required = new Set([...sources].flatMap(([path, source]) => requiredBy(path, source).filter((other) => other !== path)));
  const programs = paths.filter((path) => !required.has(path));
  const isServer = new Set(programs.filter((path) => makesServer(sources.get(path) ?? "")));
  // They start in this order, and a client wants to find its server.
  const inOrder = [...programs.filter((path) => isServer.has(path)), ...programs.filter((path) => !isServer.has(path))];
  return project(folder, from, sources, { wanted: paths, programs: inOrder, origins: folders });
}

/** Whether a source names `zone.socket.server`; in a comment too, as nothing but an order hangs on it. */
function makesServer(source: string): boolean {
  return /\bsocket\s*\.\s*server\b/.test(source);
}

function entriesOf(folder: string, from: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new ReadError(`${relative(from, folder) || "."} cannot be read: ${systemReason(error)}`, { cause: error });
  }
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
  const paths = [...sources.keys()];
  const root = commonFolder(paths);
  if (root === undefined) throw new ReadError("these files lie on different drives, and no project is on two");
  return project(root, from, sources, { wanted, programs: [...new Set(wanted)], origins: [...new Set(paths.map((path) => dirname(path)))] });
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
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readBytes(path, from, MAX_FILE_BYTES));
}

function project(
  root: string,
  from: string,
  sources: ReadonlyMap<string, string>,
  { wanted, programs, origins }: { readonly wanted: readonly string[]; readonly programs: readonly string[]; readonly origins: readonly string[] },
): ProjectFiles {
  const prefix = relative(from, root).split(sep).join("/");
  const files = new Map([...sources].map(([path, source]) => [nameIn(root, path), source]));
  return {
    prefix: prefix === "" ? "" : `${prefix}/`,
    files,
    wanted: new Set(wanted.map((path) => nameIn(root, path))),
    programs: programs.map((path) => nameIn(root, path)),
    origins,
  };
}

function nameIn(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}
