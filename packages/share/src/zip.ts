import { Unzip, UnzipInflate, zipSync } from "fflate";
import { FILE_EXTENSION, fileNameFault } from "./file-name.ts";
import { projectFromBytes, projectBytes, shareVersionOf } from "./json.ts";
import { MAX_FILE_NAME_CHARS, MAX_FILES, MAX_PROJECT_BYTES } from "./limits.ts";
import { ShareError } from "./share-error.ts";
import type { SharedFile, SharedProject } from "./shared-project.ts";
import { hasDirectory, zipNames } from "./zip-names.ts";

/** The file of an archive that tells what the sources cannot: title, programs, order, settings. */
const MANIFEST = "zone-playground.json";

/** Largest archive that is read, bytes: a project that does not pack at all, with other files beside it. */
export const MAX_ZIP_BYTES = 4 * 1024 * 1024;

/** Entries of an archive that are looked at: a project's files, and those of a folder that was packed with it. */
const MAX_ENTRIES = 1_000;

/** Bytes that are unpacked in one go, before what came out is counted. */
const STEP_BYTES = 512;

/** Why a file of an archive was left out. */
export interface SkippedFile {
  readonly name: string;
  readonly reason: "not-luau" | "bad-name" | "taken" | "not-utf8" | "too-many";
}

/** A project from an archive. */
export interface ImportedProject {
  readonly project: SharedProject;
  readonly skipped: readonly SkippedFile[];
}

/** A project as a zip: its files as they are, and a manifest. @throws {ShareError} `invalid` or `too-large` */
export function zipProject(project: SharedProject): Uint8Array {
  const manifest = { ...project, files: project.files.map((file) => ({ ...file, source: "" })) };
  projectBytes(project);
  const encoder = new TextEncoder();
  return zipSync({
    ...Object.fromEntries(project.files.map(({ name, source }) => [name, encoder.encode(source)])),
    [MANIFEST]: encoder.encode(`{"version":${shareVersionOf(project)},"project":${new TextDecoder().decode(projectBytes(manifest))}}\n`),
  });
}

/**
 * Reads a zip. Files whose names end in `.luau` (or `.lua`, which becomes `.luau`) are taken, wherever in its folders they lie; all
 * others are named in `skipped`. Without a manifest, as in archives that other tools made, every file is a program that is not
 * required by another one.
 * @throws {ShareError} `not-a-zip`, `too-large`, or `invalid` when no file is left
 */
export function unzipProject(archive: Uint8Array): ImportedProject {
  if (archive.length > MAX_ZIP_BYTES) throw new ShareError("too-large", `the archive has ${archive.length} bytes; at most ${MAX_ZIP_BYTES} are read`);
  const entries = readEntries(archive);
  const manifest = readManifest(entries.get(MANIFEST));
  entries.delete(MANIFEST);
  const skipped: SkippedFile[] = [];
  const sources = new Map<string, string>();
  for (const [path, bytes] of entries) {
    // Folders have entries of their own, and macOS adds what it knows about each file.
    if (path.endsWith("/") || path.startsWith("__MACOSX/")) continue;
    const name = nameOf(path);
    const reason = whySkipped(name, sources);
    const source = reason === undefined ? readText(bytes) : undefined;
    if (source === undefined) skipped.push({ name: path, reason: reason ?? "not-utf8" });
    else sources.set(name, source);
  }
  const project = manifest === undefined ? guessProject(sources) : { ...manifest, files: mergeFiles(manifest.files, sources) };
  if (project.files.length === 0) throw new ShareError("invalid", `the archive holds no file that ends in ${FILE_EXTENSION}`, "files");
  const open = project.files.some(({ name }) => name === project.open) ? project.open : undefined;
  const { open: _, ...rest } = project;
  const complete = { ...rest, ...(open !== undefined && { open }) };
  projectBytes(complete);
  return { project: complete, skipped };
}

/** The archive's entries by their names, unpacked as far as the limit of a project allows. */
function readEntries(archive: Uint8Array): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  // Every zip begins with the header of an entry, or, when it is empty, with the end of the directory.
  if (archive[0] !== 0x50 || archive[1] !== 0x4b) throw new ShareError("not-a-zip", "the file does not begin as a zip does");
  if (!hasDirectory(archive)) throw new ShareError("not-a-zip", "the zip is cut short: its end is missing");
  let total = 0;
  const names = zipNames(archive, MAX_ENTRIES);
  const unzip = new Unzip((entry) => {
    if (entries.size >= MAX_ENTRIES) throw new ShareError("too-large", `the archive has more than ${MAX_ENTRIES} files`);
    const name = (names.get(entry.name) ?? entry.name).replaceAll("\\", "/");
    const isWanted = name === MANIFEST || isSource(name);
    entries.set(name, new Uint8Array());
    // What is not wanted is not even unpacked.
    if (!isWanted) return;
    const chunks: Uint8Array[] = [];
    entry.ondata = (error, chunk, isLast) => {
      if (error !== null) throw error;
      total += chunk.length;
      if (total > 2 * MAX_PROJECT_BYTES) throw new ShareError("too-large", `the files of the archive have more than ${2 * MAX_PROJECT_BYTES} bytes`);
      chunks.push(chunk);
      if (isLast) entries.set(name, concat(chunks));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let from = 0; from < archive.length; from += STEP_BYTES) {
      unzip.push(archive.subarray(from, from + STEP_BYTES), from + STEP_BYTES >= archive.length);
    }
  } catch (error) {
    if (error instanceof ShareError) throw error;
    throw new ShareError("not-a-zip", `the zip cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return entries;
}

function readManifest(bytes: Uint8Array | undefined): SharedProject | undefined {
  const text = bytes === undefined ? undefined : readText(bytes);
  const match = /^\s*\{\s*"version"\s*:\s*(\d{1,4})\s*,\s*"project"\s*:([^]*)\}\s*$/.exec(text ?? "");
  if (match === null) return undefined;
  try {
    return projectFromBytes(Number(match[1]), new TextEncoder().encode(match[2]));
  } catch {
    // A manifest that somebody has spoiled must not keep the sources from being read.
    return undefined;
  }
}

/** The manifest's files that are still there, in its order, then those that were added. */
function mergeFiles(listed: readonly SharedFile[], sources: ReadonlyMap<string, string>): SharedFile[] {
  const names = new Set(listed.map(({ name }) => name));
  const kept = listed.flatMap((file) => {
    const source = sources.get(file.name);
    return source === undefined ? [] : [{ ...file, source }];
  });
  const added = [...sources].filter(([name]) => !names.has(name)).map(([name, source]) => ({ name, source, isProgram: false }));
  return [...kept, ...added];
}

/** Without a manifest: what another file requires is a module. */
function guessProject(sources: ReadonlyMap<string, string>): SharedProject {
  const required = new Set<string>();
  for (const source of sources.values()) {
    for (const match of source.matchAll(/require\s*(?:\(\s*)?["'`](?:\.\/)?([^"'`\n]+)["'`]/g))
      required.add(`${match[1]?.replace(/\.luau?$/, "")}${FILE_EXTENSION}`);
  }
  return { files: [...sources].map(([name, source]) => ({ name, source, isProgram: !required.has(name) })) };
}

function isSource(path: string): boolean {
  return /\.luau?$/i.test(path) && !path.endsWith("/");
}

/** The name in a project: without folders, composed as keyboards write it (macOS takes letters apart), ending in `.luau`. */
function nameOf(path: string): string {
  const given = path.slice(path.lastIndexOf("/") + 1);
  // Composing takes time with the square of a row of marks; no name of four times the length composes to one that fits.
  const name = given.length > 4 * MAX_FILE_NAME_CHARS ? given : given.normalize("NFC");
  return isSource(name) ? name.replace(/\.luau?$/i, FILE_EXTENSION) : name;
}

function whySkipped(name: string, sources: ReadonlyMap<string, string>): SkippedFile["reason"] | undefined {
  if (!isSource(name)) return "not-luau";
  if (sources.size >= MAX_FILES) return "too-many";
  const fault = fileNameFault(name, (taken) => sources.has(taken));
  if (fault === undefined) return undefined;
  return fault === "taken" ? "taken" : "bad-name";
}

function readText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
