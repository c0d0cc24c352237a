// @ts-check
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync, realpathSync } from "node:fs";
import { availableParallelism, setPriority } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { BuildError } from "./build-error.mjs";

/** @param {string} program a path @returns {Promise<string>} */
export async function versionOf(program) {
  // Emscripten keeps its version in a file beside the program; asking the program costs half a second.
  const file = join(dirname(realpathSync(program)), "emscripten-version.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : await run(program, ["--version"]);
}

/** @param {string} name @returns {string | undefined} the path of a program */
export function findProgram(name) {
  const suffixes = process.platform === "win32" ? [".exe", ".bat", ".cmd"] : [""];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** Works through a list with as many at a time as there are cores. The first error ends it, after those under way.
 * @template T @param {T[]} items @param {(item: T) => Promise<void>} work */
export async function inParallel(items, work) {
  const queue = [...items];
  /** @type {unknown} */
  let failure;
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !failure; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, worker));
  if (failure) throw failure;
}

/** How far behind other programs a build in the background stands, of 19. */
const BACKGROUND_NICENESS = 10;

/** Runs a program and gives its output. @param {string} program @param {string[]} args @param {{ isBackground?: boolean }} [options] @returns {Promise<string>} */
export function run(program, args, { isBackground = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    if (isBackground && child.pid !== undefined) setPriority(child.pid, BACKGROUND_NICENESS);
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new BuildError(`${program} ${args.slice(0, 2).join(" ")} ended with ${signal ?? code}:\n${withoutCommand(errors)}`));
    });
  });
}

/** What a compiler says, without the page-long command that Emscripten repeats. @param {string} errors */
function withoutCommand(errors) {
  return errors
    .split("\n")
    .filter((line) => !line.startsWith("em++: error: '"))
    .join("\n")
    .trim();
}
