// @ts-check
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { errorMessage } from "../setup/error-message.mjs";
import { inProject } from "../setup/paths.mjs";
import { runTool } from "../setup/run-command.mjs";

/** Links of every version of the format there has been, each with the project that it opens as. */
const FIXTURES = "packages/share/test/fixtures";

/**
 * Opens the stored links of every version of the format with the sources as they are.
 *
 * @returns {Promise<{ opened: string, faults: string[] }>} what opens, such as `v1 (2 links)`, and what does not or is missing, a line each
 */
export async function checkShareLinks() {
  await runTool("tsc", ["-b", "packages/share"]);
  const { decodeShare, SHARE_VERSION } = await import(pathToFileURL(inProject("packages/share/dist/index.js")).href);
  const names = readdirSync(inProject(FIXTURES)).filter((name) => name.endsWith(".txt"));
  const versions = Array.from({ length: SHARE_VERSION }, (_, index) => `v${index + 1}`);
  const ofVersion = (/** @type {string} */ version) => names.filter((name) => name.startsWith(`${version}-`));
  return {
    opened: versions.map((version) => `${version} (${ofVersion(version).length} ${ofVersion(version).length === 1 ? "link" : "links"})`).join(", "),
    faults: versions.flatMap((version) =>
      ofVersion(version).length === 0
        ? [`${FIXTURES} has no link of format ${version}: add ${version}-….txt with a link, and ${version}-….json with the project that it opens as`]
        : ofVersion(version).flatMap((name) => faultOf(name, decodeShare)),
    ),
  };
}

/** @param {string} name @param {(text: string) => unknown} decodeShare @returns {string[]} one or none */
function faultOf(name, decodeShare) {
  const expected = join(FIXTURES, name.replace(/\.txt$/, ".json"));
  if (!existsSync(inProject(expected))) return [`${expected} is missing: add the project that ${name} opens as`];
  try {
    const project = decodeShare(readFileSync(inProject(FIXTURES, name), "utf8").trim());
    if (isDeepStrictEqual(project, JSON.parse(readFileSync(inProject(expected), "utf8")))) return [];
    return [`${join(FIXTURES, name)} opens as another project than ${expected} has: mend packages/share, as links that were given out must open as they did`];
  } catch (error) {
    return [`${join(FIXTURES, name)} opens no more (${errorMessage(error)}): mend packages/share, as links that were given out must open as they did`];
  }
}
