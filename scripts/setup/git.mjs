// @ts-check
import { execFileSync } from "node:child_process";

/** Lines of git's own that carry the reason, most telling first: what stands around them is advice. */
const REASON = /^(?:fatal|error): (.*)$/m;

/** The most that git may print, bytes: the names of every file of a large working tree. */
const MAX_PRINTED_BYTES = 64 * 1024 * 1024;

/**
 * Runs git in a folder.
 *
 * @param {string} folder
 * @param {string[]} words
 * @returns {string} what it prints, without the line's end
 * @throws {Error} with git's reason in one line
 */
export function git(folder, ...words) {
  try {
    return execFileSync("git", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: MAX_PRINTED_BYTES }).trimEnd();
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    const reason = REASON.exec(said)?.[1] ?? said.trim().split("\n")[0];
    throw new Error(`git ${words[0]}: ${reason || (error instanceof Error ? error.message : String(error))}`, { cause: error });
  }
}
