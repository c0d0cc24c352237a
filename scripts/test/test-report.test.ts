import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { inProject, root } from "../setup/paths.mjs";
import { browserRecords, secondTries, slowest, summary, unitRecords } from "../setup/test-report.mjs";

const run = promisify(execFile);

/** A folder inside the project, where the runners are found, with these files. */
function folderWith(files: Readonly<Record<string, string>>): string {
  mkdirSync(inProject("reports"), { recursive: true });
  const folder = mkdtempSync(inProject("reports", "sample-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Runs one of the project's runners, which may fail, without what this run's own runner has set. */
async function runs(folder: string, tool: string, ...parameters: readonly string[]): Promise<unknown> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|PLAYWRIGHT|PW|NODE_OPTIONS|TEST|CI)/.test(name)));
  await run(process.execPath, [inProject("node_modules", tool === "playwright" ? "@playwright/test/cli.js" : "vitest/vitest.mjs"), ...parameters], {
    cwd: folder,
    env: { ...environment, PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, "report.json") },
  }).catch((error: unknown) => error);
  return JSON.parse(readFileSync(join(folder, "report.json"), "utf8"));
}

test("Playwright's report says which test needed a second try, and how long both took", async () => {
  const folder = folderWith({
    "playwright.config.ts": 'export default { testMatch: "*.sample.ts", retries: 1, workers: 1, projects: [{ name: "Firefox" }] };',
    "one.sample.ts": `import { test, expect } from "@playwright/test";
test("at once", () => {});
test.describe("a group", () => {
  test("at the second try", async ({}, testInfo) => { await new Promise((resolve) => setTimeout(resolve, 300)); expect(testInfo.retry).toBe(1); });
  test("never", () => { expect(1).toBe(2); });
  test.skip("not now", () => {});
});
`,
  });
  const records = browserRecords(await runs(folder, "playwright", "test", "--config", "playwright.config.ts", "--reporter=json"), root.replace(/\/$/, ""));
  const file = expect.stringMatching(/^reports\/sample-\w+\/one\.sample\.ts$/);
  expect(records.map(({ title, file, runner, tries, passed }) => ({ title, file, runner, tries, passed }))).toEqual([
    { title: "at once", file, runner: "Firefox", tries: 1, passed: true },
    { title: "a group › at the second try", file, runner: "Firefox", tries: 2, passed: true },
    { title: "a group › never", file, runner: "Firefox", tries: 2, passed: false },
    { title: "a group › not now", file, runner: "Firefox", tries: 0, passed: false },
  ]);
  expect(records[1]?.seconds).toBeGreaterThan(0.5);
  expect(secondTries(records)).toMatch(/^flaky, passed at try 2: reports\/\S+one\.sample\.ts › a group › at the second try \[Firefox\]$/);
}, 60_000);

test("Vitest's report says how long each test took", async () => {
  const folder = folderWith({
    "vitest.config.ts": 'export default { test: { include: ["*.sample.ts"] } };',
    "one.sample.ts": `import { describe, expect, test } from "vitest";
describe("a group", () => {
  test("slow", async () => { await new Promise((resolve) => setTimeout(resolve, 300)); });
  test("wrong", () => { expect(1).toBe(2); });
  test.skip("not now", () => {});
});
`,
  });
  const records = unitRecords(await runs(folder, "vitest", "run", "--root", folder, "--reporter=json", "--outputFile=report.json"), root.replace(/\/$/, ""));
  expect(records.map(({ title, runner, tries, passed }) => [title, runner, tries, passed])).toEqual([
    ["a group › slow", "unit", 1, true],
    ["a group › wrong", "unit", 1, false],
    ["a group › not now", "unit", 0, false],
  ]);
  expect(records[0]?.file).toMatch(/^reports\/sample-\w+\/one\.sample\.ts$/);
  expect(records[0]?.seconds).toBeGreaterThan(0.2);
}, 60_000);

/** A test that passed. */
function record(seconds: number, tries = 1) {
  return { runner: "unit", file: "a.test.ts", title: `takes ${seconds}`, seconds, tries, passed: true };
}

test("a run ends with its slowest tests, those that needed a second try, and the numbers", () => {
  const records = [record(1), record(3, 2), ...Array.from({ length: 30 }, (_, index) => record(10 + index)), record(2)];
  const lines = summary(records, { passed: 33, failed: 0 }).split("\n");
  expect(lines[0]).toBe("the 20 slowest of 33 tests");
  expect(lines.slice(1, 21)).toEqual(Array.from({ length: 20 }, (_, index) => `   ${39 - index}.0 s  a.test.ts › takes ${39 - index}`));
  expect(lines.slice(21)).toEqual(["", "flaky, passed at try 2: a.test.ts › takes 3", "33 passed, 0 failed"]);
  expect(summary([record(1)], { passed: 1, failed: 2 })).toBe("the 1 slowest of 1 tests\n    1.0 s  a.test.ts › takes 1\n\n1 passed, 2 failed");
  expect(slowest([])).toBe("the 0 slowest of 0 tests");
});
