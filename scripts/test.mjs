// @ts-check
/**
 * `npm test`: sets everything up and runs every check. Ends with the slowest tests, those that needed a second try, and
 * `N passed, N failed`, all from the runners' own reports; a check that has no report of tests (format, types, lint) counts as one failure
 * when it fails. `npm run test:soak` is the same with every repetition in full, as `rounds.ts` has it.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { buildAnalysis, publishBuiltAnalysis } from "./setup/analysis.mjs";
import { buildAbuse, buildCheck, buildHeadless, buildPage, buildTypes, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { chromiumNeed, headlessShellNeed } from "./setup/browser.mjs";
import { firefoxNeed, webkitNeed } from "./setup/smoke-browsers.mjs";
import { fetchNodeVersions } from "./setup/node-versions.mjs";
import { inProject, root } from "./setup/paths.mjs";
import { runTool } from "./setup/run-command.mjs";
import { say, step, stepTable } from "./setup/progress.mjs";
import { ensureSystemPackages, needs } from "./setup/system-packages.mjs";
import { browserRecords, summary, unitRecords } from "./setup/test-report.mjs";
import { errorMessage } from "./setup/error-message.mjs";

const UNIT_REPORT = "reports/unit.json";
const END_TO_END_REPORT = "reports/end-to-end.json";
const SMOKE_REPORT = "reports/smoke.json";

const count = { passed: 0, failed: 0 };

/** @type {import("./setup/test-report.mjs").TestRecord[]} */
const records = [];

/** The project's top as reports have it. */
const top = root.replace(/\/$/, "");

if (process.argv.includes("--soak")) process.env["SOAK"] = "1";

/**
 * A check whose failure is counted and does not keep the next one from running.
 *
 * @param {string} name
 * @param {() => Promise<unknown>} run
 * @returns {Promise<boolean>} whether it passed
 */
async function check(name, run) {
  try {
    await run();
    return true;
  } catch (error) {
    say(`  ${name} failed: ${errorMessage(error)}`);
    return false;
  }
}

/** @param {string} path */
function readReport(path) {
  return existsSync(inProject(path)) ? JSON.parse(readFileSync(inProject(path), "utf8")) : undefined;
}

async function runUnitTests() {
  rmSync(inProject(UNIT_REPORT), { force: true });
  const passed = await check("unit tests", () =>
    step("unit and integration tests", () => runTool("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${UNIT_REPORT}`])),
  );
  const report = readReport(UNIT_REPORT);
  if (report) records.push(...unitRecords(report, top));
  count.passed += report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  // A file that cannot be loaded, or a runner that died, fails without a failed test.
  count.failed += failed > 0 || passed ? failed : 1;
}

/**
 * Runs tests of Playwright's and counts them by its report.
 *
 * @param {string} name
 * @param {string} config
 * @param {string} reportPath
 */
async function runBrowserTests(name, config, reportPath) {
  rmSync(inProject(reportPath), { force: true });
  const passed = await check(name, () =>
    step(name, () =>
      runTool("playwright", ["test", "--config", config, "--reporter=list,json"], {
        env: { PLAYWRIGHT_JSON_OUTPUT_NAME: inProject(reportPath) },
      }),
    ),
  );
  const report = readReport(reportPath);
  if (report) records.push(...browserRecords(report, top));
  const stats = report?.stats;
  count.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
  const failed = stats?.unexpected ?? 0;
  count.failed += failed > 0 || passed ? failed : 1;
}

/** All while the unit tests run, which wait for timers and sockets much of the time. */
async function checkSources() {
  if (!(await check("format", () => step("format", () => runTool("oxfmt", ["--check"]))))) count.failed += 1;
  if (!(await check("lint", () => step("lint", () => runTool("oxlint", []))))) count.failed += 1;
  if (!(await check("types", buildTypes))) count.failed += 1;
}

async function main() {
  checkNode();
  await installDependencies();
  await step("system packages", () =>
    ensureSystemPackages([chromiumNeed, headlessShellNeed, needs.netcat, needs.curl, needs.python, needs.redis, needs.nginx, needs.openssl, needs.tshark]),
  );
  await buildVm();
  await buildAnalysis();
  // Before the packages are compiled, as `npm start` has it on a fresh clone: the page must not need that.
  const hasPage = await check("page", buildPage);
  if (!hasPage) count.failed += 1;
  // What the tests of the bridge start as a process.
  await check("compiling what Node runs", async () => {
    await buildAbuse();
    await buildCheck();
    await buildHeadless();
  });
  await Promise.all([checkSources(), runUnitTests()]);
  if (!hasPage) return;
  publishBuiltAnalysis();
  // Without them the package is tested on this Node alone.
  if (!(await check("other versions of Node", () => step("other versions of Node", fetchNodeVersions)))) count.failed += 1;
  await runBrowserTests("end-to-end tests", "e2e/playwright.config.ts", END_TO_END_REPORT);
  // Counted as one failure where such a browser is missing: everything else has been tested by then.
  const hasBrowsers = await check("Firefox and WebKit", () => step("Firefox and WebKit", () => ensureSystemPackages([firefoxNeed, webkitNeed])));
  if (hasBrowsers) await runBrowserTests("smoke in Firefox, WebKit and the oldest browsers", "e2e/smoke/playwright.config.ts", SMOKE_REPORT);
  else count.failed += 1;
}

try {
  await main();
} catch (error) {
  say(`\nnpm test: ${errorMessage(error)}`);
  count.failed += 1;
}
say(`\n${stepTable()}\n`);
process.stdout.write(`${summary(records, count)}\n`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
