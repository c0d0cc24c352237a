// @ts-check
/**
 * Which commit is built: the one place that asks git. The builds pass on what it says, the page's in a `<meta>` of its
 * HTML, the bridge's in `build.json` beside its programs. Versions are in `package.json`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git } from "./git.mjs";
import { inProject, root } from "./paths.mjs";

/** Digits of a commit's hash that are shown. Git itself shows more the more commits it holds, so that the same commit would have two names. */
const SHOWN_DIGITS = 7;

/** The element of the page's HTML that has the commit, as a build leaves it: `content` is empty where the commit is not known. */
const META = /<meta name="commit" content="[^"]*"/;

/**
 * The commit that a folder's files are, such as `4390acb`; `4390acb+` with changes or new files that are in no commit.
 *
 * @param {string} [folder] the top of a working tree
 * @returns {string | undefined} none where git is missing, refuses, or knows the folder only as a part of something else
 */
export function commitOf(folder = root) {
  try {
    const [prefix, hash = ""] = git(folder, "rev-parse", "--show-prefix", "HEAD").split("\n");
    if (prefix !== "") return undefined;
    return hash.slice(0, SHOWN_DIGITS) + (git(folder, "status", "--porcelain") === "" ? "" : "+");
  } catch {
    return undefined;
  }
}

/** Version and commit of the sources as they lie here, as `bridge/src/version.ts` has them of what is built: `0.3.0 (4390acb)`. */
export function versionText() {
  const { version } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const commit = commitOf();
  return commit === undefined ? version : `${version} (${commit})`;
}

/**
 * The page's HTML with the commit in its `<meta name="commit">`.
 *
 * @param {string} html
 * @param {string} [commit]
 * @throws {Error} where there is no such element
 */
export function withCommit(html, commit = "") {
  if (!META.test(html)) throw new Error('the page\'s HTML has no <meta name="commit" content="…">; web/index.html should have it');
  return html.replace(META, `<meta name="commit" content="${commit}"`);
}

/** Writes the present commit into a page that was built before: a commit that changes nothing of the page does not build it again. */
export function stampPage() {
  const path = inProject("web/dist/index.html");
  const html = readFileSync(path, "utf8");
  writeWhenOther(path, html, withCommit(html, commitOf()));
}

/** Writes the present commit beside the compiled bridge. */
export function stampBridge() {
  const path = inProject("bridge/dist/build.json");
  mkdirSync(join(path, ".."), { recursive: true });
  writeWhenOther(path, existsSync(path) ? readFileSync(path, "utf8") : "", buildText(commitOf()));
}

/**
 * The text of `build.json`: what `bridge/src/version.ts` reads beside itself.
 *
 * @param {string} [commit]
 */
export function buildText(commit) {
  return `${JSON.stringify({ commit })}\n`;
}

/** @param {string} path @param {string} before @param {string} after */
function writeWhenOther(path, before, after) {
  if (after !== before) writeFileSync(path, after);
}
