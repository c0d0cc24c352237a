import { existsSync, readdirSync } from "node:fs";
import { type Analysis, loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { problemText } from "@playground/lessons";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProject } from "../../../scripts/setup/paths.mjs";
import { checkLesson } from "../src/author/check-lesson.ts";
import { openTarget } from "../src/author/open-target.ts";
import { CheckBridge } from "../src/room/check-bridge.ts";

const FOLDER = inProject("lessons");
const courses = readdirSync(FOLDER).filter((name) => existsSync(`${FOLDER}/${name}/course.json`));
const lessons = courses.flatMap((course) => openTarget(course, FOLDER));

let bridge: CheckBridge;
let analysis: Analysis;
beforeAll(async () => {
  bridge = await CheckBridge.start();
  analysis = await loadAnalysis(await readAnalysisWasm());
});
afterAll(async () => {
  analysis?.dispose();
  await bridge?.close();
});

test("there are lessons", () => {
  expect(lessons.length).toBeGreaterThan(1);
});

test.each(lessons.map((found) => [found.folder, found] as const))("%s holds", async (_, found) => {
  const { problems, tried } = await checkLesson(found, bridge, analysis, [1]);
  expect(problems.map((problem) => problemText(problem))).toEqual([]);
  expect(tried.length).toBeGreaterThan(3);
});
