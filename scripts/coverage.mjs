// @ts-check
/**
 * `npm run coverage`: how much of the sources the unit and integration tests run, folder by folder in the terminal and line
 * by line in `reports/coverage`. A report to read, no figure to hold: what only browsers run is not in it. Words go to Vitest.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { relative, sep } from "node:path";
import { buildAnalysis } from "./setup/analysis.mjs";
import { buildAbuse, buildCheck, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject, root } from "./setup/paths.mjs";
import { runTool } from "./setup/run-command.mjs";
import { say } from "./setup/progress.mjs";
import { errorMessage } from "./setup/error-message.mjs";

const SUMMARY = inProject("reports/coverage/coverage-summary.json");

/** What a file is counted with: a package, a folder of the bridge or of the page. */
const FOLDER = /^(?:packages\/[^/]+|(?:bridge|web)\/src(?:\/[^/]+(?=\/))?)/;

/** @typedef {{ covered: number, total: number }} Count */

/**
 * The counts of a report, folder by folder.
 *
 * @param {Record<string, { lines: Count, branches: Count }>} report of each file, and of them all as `total`
 * @param {boolean} isPart only some tests were run, so that only what they run says anything
 */
function table(report, isPart) {
  /** @type {Map<string, { lines: Count, branches: Count }>} */
  const folders = new Map();
  for (const [file, counts] of Object.entries(report)) {
    const folder = file === "total" ? "all" : (FOLDER.exec(relative(root, file).split(sep).join("/"))?.[0] ?? file);
    const sum = folders.get(folder) ?? { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } };
    for (const what of /** @type {const} */ (["lines", "branches"])) {
      sum[what].covered += counts[what].covered;
      sum[what].total += counts[what].total;
    }
    folders.set(folder, sum);
  }
  const rows = [...folders]
    .filter(([folder, { lines }]) => !isPart || (folder !== "all" && lines.covered > 0))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([folder, { lines, branches }]) => [folder, percent(lines), percent(branches)]);
  const width = Math.max(...[...folders.keys()].map((folder) => folder.length));
  return [["folder", "lines", "branches"], ...rows]
    .map(([folder = "", lines = "", branches = ""]) => `${folder.padEnd(width)}  ${lines.padStart(8)}  ${branches.padStart(8)}`)
    .join("\n");
}

/** @param {Count} count */
const percent = ({ covered, total }) => (total === 0 ? "–" : `${((100 * covered) / total).toFixed(1)} %`);

try {
  checkNode();
  await installDependencies();
  await buildVm();
  await buildAnalysis();
  // What the tests of the bridge start as a process; that is not counted.
  await buildAbuse();
  await buildCheck();
  const words = process.argv.slice(2);
  rmSync(SUMMARY, { force: true });
  try {
    await runTool("vitest", ["run", "--coverage", ...words]);
  } finally {
    // What failed is told above, and counted all the same.
    if (existsSync(SUMMARY)) process.stdout.write(`${table(JSON.parse(readFileSync(SUMMARY, "utf8")), words.length > 0)}\n`);
  }
} catch (error) {
  say(`\nnpm run coverage: ${errorMessage(error)}`);
  process.exitCode = 1;
}
