// @ts-check
/** What the runners' reports say of each test: how long it took, and whether it passed at once. */

/**
 * @typedef {object} TestRecord
 * @property {string} runner   what ran it: `unit`, or the name of a browser
 * @property {string} file     relative to the project's top
 * @property {string} title    with the titles of the groups around it
 * @property {number} seconds  all its tries together
 * @property {number} tries    0 where it was skipped
 * @property {boolean} passed  whether the last try did
 */

/** Tests that are listed as the slowest. */
const SLOWEST = 20;

/**
 * @param {any} report what Vitest's reporter `json` wrote
 * @param {string} root the project's top, as the report has it
 * @returns {TestRecord[]}
 */
export function unitRecords(report, root) {
  return report.testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults.map((/** @type {any} */ test) => ({
      runner: "unit",
      file: within(root, file.name),
      title: [...test.ancestorTitles, test.title].filter(Boolean).join(" › "),
      seconds: (test.duration ?? 0) / 1000,
      tries: test.status === "passed" || test.status === "failed" ? 1 + (test.meta?.retryCount ?? 0) : 0,
      passed: test.status === "passed",
    })),
  );
}

/**
 * @param {any} report what Playwright's reporter `json` wrote
 * @param {string} root the project's top, as the report has it
 * @returns {TestRecord[]}
 */
export function browserRecords(report, root) {
  return report.suites.flatMap((/** @type {any} */ suite) =>
    suiteRecords(suite, [], (/** @type {string} */ file) => within(root, `${report.config.rootDir}/${file}`)),
  );
}

/** @param {any} suite @param {string[]} titles @param {(file: string) => string} place @returns {TestRecord[]} */
function suiteRecords(suite, titles, place) {
  const inner = (suite.suites ?? []).flatMap((/** @type {any} */ each) => suiteRecords(each, [...titles, each.title], place));
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => {
      const results = test.results.filter((/** @type {any} */ { status }) => status !== "skipped");
      return {
        runner: test.projectName || "Chromium",
        file: place(spec.file),
        title: [...titles, spec.title].join(" › "),
        seconds: results.reduce((/** @type {number} */ sum, /** @type {any} */ { duration }) => sum + duration, 0) / 1000,
        tries: results.length,
        passed: test.status === "expected" || test.status === "flaky",
      };
    }),
  );
  return [...own, ...inner];
}

/**
 * The slowest tests, one a line, the slowest first.
 *
 * @param {TestRecord[]} records
 * @param {number} [count]
 */
export function slowest(records, count = SLOWEST) {
  const lines = records
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, count)
    .map((record) => `${record.seconds.toFixed(1).padStart(7)} s  ${nameOf(record)}`);
  return [`the ${lines.length} slowest of ${records.length} tests`, ...lines].join("\n");
}

/**
 * Every test that passed, but not at the first try, one a line; empty where there is none.
 *
 * @param {TestRecord[]} records
 */
export function secondTries(records) {
  return records
    .filter(({ passed, tries }) => passed && tries > 1)
    .map((record) => `flaky, passed at try ${record.tries}: ${nameOf(record)}`)
    .join("\n");
}

/**
 * What stands at the end of a run: the slowest tests, those that needed a second try, and in the last line the numbers.
 *
 * @param {TestRecord[]} records
 * @param {{ passed: number, failed: number }} count
 */
export function summary(records, { passed, failed }) {
  return [slowest(records), "", secondTries(records), `${passed} passed, ${failed} failed`].filter((part, index) => part !== "" || index === 1).join("\n");
}

/** @param {TestRecord} record */
function nameOf({ runner, file, title }) {
  return `${file} › ${title}${runner === "unit" || runner === "Chromium" ? "" : ` [${runner}]`}`;
}

/** @param {string} root @param {string} path */
function within(root, path) {
  return path.startsWith(root) ? path.slice(root.length).replace(/^\//, "") : path;
}
