import type { Lesson, LessonProblem } from "@playground/lessons";
import type { CheckReport } from "@playground/lessons/examiner";
import type { Analysis } from "@playground/luau-analysis";
import { REFERENCE, topicsOf } from "@playground/zone/reference";
import type { CheckBridge } from "../room/check-bridge.ts";
import { checkCode } from "./check-code.ts";
import { checkTypes } from "./check-types.ts";
import { type Trial, trialsOf } from "./judge-lesson.ts";
import type { FoundLesson } from "./open-target.ts";

/** What was found of one lesson. */
export interface LessonFindings {
  /** Names of what was tried, such as `mistakes/no-update`. */
  readonly tried: readonly string[];
  readonly problems: readonly LessonProblem[];
  readonly seconds: number;
}

/** Runs everything that an author's lesson has to hold, against a real bridge. Files in problems are seen from the lesson's folder. */
export async function checkLesson({ lesson }: FoundLesson, bridge: CheckBridge, analysis: Analysis, seeds: readonly number[]): Promise<LessonFindings> {
  const begun = performance.now();
  const problems: LessonProblem[] = [...checkTypes(analysis, lesson), ...checkCode(analysis, lesson), ...unknownTopics(lesson)];
  const trials = trialsOf(lesson, seeds);
  const waiting = [...trials];
  const late: { readonly trial: Trial; readonly report: CheckReport }[] = [];
  const run = async (trial: Trial): Promise<CheckReport> => bridge.check(lesson, trial.files, trial.seed, trial.through);
  const work = async (): Promise<void> => {
    for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
      const report = await run(trial);
      const problem = trial.judge(report);
      if (problem === undefined) continue;
      if (bridge.width > 1 && hasRunOut(report)) late.push({ trial, report });
      else problems.push(problem);
    }
  };
  await Promise.all(Array.from({ length: bridge.width }, () => work()));
  // All of them share one thread: on a busy computer one that carries megabytes beside others may not get enough of it, and has another
  // try by itself. Where most are late it is the check's own fault.
  const isOften = 2 * late.length > trials.length;
  for (const { trial, report } of late) {
    const problem = trial.judge(isOften ? report : await run(trial));
    if (problem !== undefined) problems.push(problem);
  }
  return { tried: trials.map(({ name }) => name), problems, seconds: (performance.now() - begun) / 1000 };
}

/** Whether the check was given up because of its time. */
function hasRunOut({ results }: CheckReport): boolean {
  return results.some(({ state, error }) => state === "check-at-fault" && error?.includes("took longer than") === true);
}

function unknownTopics({ references }: Lesson): LessonProblem[] {
  const known = new Set(topicsOf(REFERENCE, "en").flatMap(({ id, names }) => [id, ...names]));
  return references.filter(({ topic }) => !known.has(topic)).map(({ file, line, topic }) => ({ file, line, message: `the reference has no topic ${topic}` }));
}
