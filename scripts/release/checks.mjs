// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { errorMessage } from "../setup/error-message.mjs";
import { git } from "../setup/git.mjs";
import { inProject, root } from "../setup/paths.mjs";
import { lastReleased, unreleased } from "./changelog.mjs";
import { checkShareLinks } from "./share-links.mjs";
import { compareVersions, parseVersion } from "./version.mjs";

/** The branch that releases are made from. */
const BRANCH = "main";

/** Names of changed files that a refusal tells. */
const TOLD_FILES = 3;

/**
 * Everything that stands against a release and can be told at once.
 *
 * @param {string} version three numbers
 * @returns {Promise<{ refusals: string[], links: string }>} a line each, which says what to do; and which older share links open
 */
export async function check(version) {
  try {
    git(root, "rev-parse", "HEAD");
  } catch (error) {
    return { refusals: [`A release is made from a git repository with a commit (${errorMessage(error)}).`], links: "" };
  }
  const { opened, faults } = await checkShareLinks();
  return { refusals: [...treeRefusals(), ...versionRefusals(version), ...changelogRefusals(), ...packRefusals(), ...faults], links: opened };
}

/** @returns {string[]} */
function treeRefusals() {
  const refusals = [];
  const changed = git(root, "status", "--porcelain").split("\n").filter(Boolean);
  if (changed.length > 0) {
    const names = changed.slice(0, TOLD_FILES).map((line) => line.slice(3));
    const more = changed.length > TOLD_FILES ? ` and ${changed.length - TOLD_FILES} more` : "";
    refusals.push(`The working tree has changes (${names.join(", ")}${more}): commit them, or put them aside with git stash --include-untracked.`);
  }
  const branch = git(root, "branch", "--show-current");
  if (branch !== BRANCH)
    refusals.push(`This is ${branch === "" ? "no branch" : `the branch ${branch}`}: releases are made from ${BRANCH}, git switch ${BRANCH}.`);
  return refusals;
}

/** @param {string} version @returns {string[]} */
function versionRefusals(version) {
  const wanted = parseVersion(version);
  if (wanted === undefined) return [];
  const refusals = [];
  const last = lastReleased(changelog());
  const present = String(JSON.parse(readFileSync(inProject("package.json"), "utf8")).version);
  const isAbove = (/** @type {string | undefined} */ other) => compareVersions(wanted, parseVersion(other ?? "") ?? [0, 0, 0]) > 0;
  if (!isAbove(last)) refusals.push(`Version ${version} is not above ${last}, which was released last: give a higher one.`);
  else if (version !== present && !isAbove(present))
    refusals.push(`Version ${version} is below ${present}, which package.json has already: give that or a higher one.`);
  if (git(root, "tag", "--list", `v${version}`) !== "")
    refusals.push(`The tag v${version} is there already: give a higher version, or remove the tag with git tag --delete v${version}.`);
  return refusals;
}

/** @returns {string[]} */
function changelogRefusals() {
  if (unreleased(changelog()) !== undefined) return [];
  return ['CHANGELOG.md says nothing new: write it below a heading "## Unreleased" above all versions.'];
}

/** @returns {string[]} */
function packRefusals() {
  return existsSync(inProject("scripts/package.mjs")) ? [] : ["scripts/package.mjs is missing, which makes the package: take it from the branch that has it."];
}

function changelog() {
  return readFileSync(inProject("CHANGELOG.md"), "utf8");
}
