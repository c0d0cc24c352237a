import { MODULE_PATH_LIMIT } from "../limits.ts";

/** A module that cannot be had; `message` is what the script reads. */
export class ModuleNotFoundError extends Error {
  override readonly name = "ModuleNotFoundError";
}

/** What may follow the name in `require`, in the order in which it is looked for. */
const ENDINGS = ["", ".luau", ".lua", "/init.luau"];

/** Characters of a path that is too long which are shown. */
const SHOWN_CHARS = 40;

/** How many wrong letters a name may have to be suggested. */
const SUGGESTION_DISTANCE = 2;

/**
 * Finds the file that `require(path)` in the file `from` means.
 *
 * @throws {ModuleNotFoundError} naming the path, what was looked for, and a name that is close
 */
export function resolveModule(files: ReadonlySet<string>, from: string, path: string): string {
  if (path.length > MODULE_PATH_LIMIT) {
    throw new ModuleNotFoundError(
      `require takes a path of at most ${MODULE_PATH_LIMIT} characters, this one has ${path.length}; it begins with "${path.slice(0, SHOWN_CHARS)}"`,
    );
  }
  if (!path.startsWith("./") && !path.startsWith("../")) {
    throw new ModuleNotFoundError(`require takes a path that begins with "./" or "../", got "${path}"`);
  }
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) throw new ModuleNotFoundError(`require("${path}") leads out of the project`);
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  const base = parts.join("/");
  const candidates = ENDINGS.map((ending) => base + ending);
  const found = candidates.find((candidate) => files.has(candidate));
  if (found !== undefined) return found;
  const near = [...files].find((file) => isNear(withoutEnding(file), withoutEnding(base)));
  throw new ModuleNotFoundError(`there is no module "${path}" (looked for ${candidates.slice(0, 2).join(", ")})${near ? `; is ${near} meant?` : ""}`);
}

function withoutEnding(file: string): string {
  return file.replace(/\.luau?$/, "");
}

function isNear(a: string, b: string): boolean {
  return Math.abs(a.length - b.length) <= SUGGESTION_DISTANCE && distance(a, b) <= SUGGESTION_DISTANCE;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
