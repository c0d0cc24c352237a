import { isRoomNameInAnyCase, MAX_ROOM_NAME_LENGTH } from "@playground/network";
import { fileNameFault } from "./file-name.ts";
import { MAX_FILE_NAME_CHARS, MAX_FILES, MAX_SETTING_CHARS, MAX_SETTINGS, MAX_TITLE_CHARS } from "./limits.ts";
import { ShareError } from "./share-error.ts";
import type { SharedFile, SharedProject, SharedSettings } from "./shared-project.ts";

/** Longest piece of a wrong value that a message repeats, characters. */
const MAX_QUOTE_CHARS = 60;

/** A project as version 1 has it. Keys stand in this order, and those without a meaning are left out: equal projects have equal texts. */
export function writeVersion1(project: SharedProject): Record<string, unknown> {
  const { title, files, open, settings, room } = project;
  const keys = Object.keys(settings ?? {}).sort();
  return {
    ...(title !== undefined && { title }),
    files: files.map(({ name, source, isProgram }) => ({ name, source, ...(isProgram && { program: true }) })),
    ...(open !== undefined && open !== files[0]?.name && { open }),
    ...(keys.length > 0 && { settings: Object.fromEntries(keys.map((key) => [key, settings?.[key]])) }),
    ...(room !== undefined && { room }),
  };
}

/** Checks a parsed value against version 1. @throws {ShareError} `invalid` */
export function readVersion1(value: unknown): SharedProject {
  const project = readObject(value, "", ["title", "files", "open", "settings", "room"]);
  const files = readFiles(project["files"]);
  const { title, open, settings, room } = project;
  return {
    ...(title !== undefined && { title: readTitle(title) }),
    files,
    ...(open !== undefined && { open: readOpen(open, files) }),
    ...(settings !== undefined && { settings: readSettings(settings) }),
    ...(room !== undefined && { room: readRoom(room) }),
  };
}

function readFiles(value: unknown): SharedFile[] {
  if (!Array.isArray(value)) throw invalid("files", value, "a list of files");
  if (value.length === 0) throw new ShareError("invalid", "files is empty; a project has at least one file", "files");
  if (value.length > MAX_FILES) throw new ShareError("invalid", `files holds ${value.length} files; a project has at most ${MAX_FILES}`, "files");
  const names = new Set<string>();
  return value.map((each, index) => {
    const path = `files[${index}]`;
    const { name, source, program } = readObject(each, path, ["name", "source", "program"]);
    if (typeof name !== "string") throw invalid(`${path}.name`, name, "the name of a file");
    switch (fileNameFault(name, (taken) => names.has(taken))) {
      case "empty":
        throw new ShareError("invalid", `${path}.name is ${JSON.stringify(name)}; a file needs a name`, `${path}.name`);
      case "too-long":
        throw new ShareError("invalid", `${path}.name has ${name.length} characters; a name has at most ${MAX_FILE_NAME_CHARS}`, `${path}.name`);
      case "bad-characters":
        throw invalid(`${path}.name`, name, "letters, digits, dots, hyphens and underscores, with a letter or a digit first");
      case "taken":
        throw new ShareError("invalid", `${path}.name is ${quote(name)}, as that of another file is`, `${path}.name`);
      case undefined:
    }
    names.add(name);
    if (typeof source !== "string") throw invalid(`${path}.source`, source, "a text");
    if (program !== undefined && typeof program !== "boolean") throw invalid(`${path}.program`, program, "true or false");
    return { name, source, isProgram: program === true };
  });
}

function readTitle(value: unknown): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > MAX_TITLE_CHARS || /\p{Cc}/u.test(value)) {
    throw invalid("title", value, `one line of 1 to ${MAX_TITLE_CHARS} characters`);
  }
  return value;
}

function readOpen(value: unknown, files: readonly SharedFile[]): string {
  if (typeof value === "string" && files.some(({ name }) => name === value)) return value;
  throw invalid("open", value, "the name of one of the files");
}

function readRoom(value: unknown): string {
  if (typeof value === "string" && isRoomNameInAnyCase(value)) return value;
  throw invalid("room", value, `1 to ${MAX_ROOM_NAME_LENGTH} letters, digits, - and _`);
}

function readSettings(value: unknown): SharedSettings {
  const settings = readObject(value, "settings");
  const entries = Object.entries(settings);
  if (entries.length > MAX_SETTINGS) throw new ShareError("invalid", `settings has ${entries.length} entries; there are at most ${MAX_SETTINGS}`, "settings");
  for (const [key, setting] of entries) {
    const path = `settings.${key.slice(0, MAX_QUOTE_CHARS)}`;
    if (!/^[a-zA-Z][a-zA-Z0-9-]*$/.test(key) || key.length > MAX_SETTING_CHARS) {
      throw new ShareError("invalid", `settings has the key ${quote(key)}; a key is made of letters, digits and hyphens`, path);
    }
    const isText = typeof setting === "string" && setting.length <= MAX_SETTING_CHARS;
    if (!isText && typeof setting !== "boolean" && typeof setting !== "number") {
      throw invalid(path, setting, `true, false, a number, or a text of at most ${MAX_SETTING_CHARS} characters`);
    }
  }
  return settings as SharedSettings;
}

function readObject(value: unknown, path: string, keys?: readonly string[]): Record<string, unknown> {
  const name = path === "" ? "the project" : path;
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name, value, "an object");
  for (const key of Object.keys(value)) {
    if (keys?.includes(key) === false) {
      throw new ShareError("invalid", `${name} has the key ${quote(key)}, which version 1 does not have`, path === "" ? key : `${path}.${key}`);
    }
  }
  return value as Record<string, unknown>;
}

function invalid(path: string, value: unknown, wanted: string): ShareError {
  return new ShareError("invalid", `${path} is ${quote(value)}; it should be ${wanted}`, path);
}

function quote(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length <= MAX_QUOTE_CHARS ? text : `${text.slice(0, MAX_QUOTE_CHARS)}…`;
}
