import type { Lesson, LessonProblem, StepResult } from "@playground/lessons";
import type { CheckReport } from "@playground/lessons/examiner";
import { filesOfLastHint } from "./check-code.ts";
import { resultText } from "./result-text.ts";

/** One way in which a lesson's check is run. */
export interface Trial {
  readonly name: string;
  readonly files: Lesson["files"];
  readonly seed: number;
  /** The last step that is checked; absent: all. */
  readonly through?: string;
  /** What is wrong with how it went; undefined where it went as it has to. */
  judge(report: CheckReport): LessonProblem | undefined;
}

/** Everything that has to be tried of a lesson: the start fails, the solution passes with every seed, each mistake gets its hint, and last hints are enough. */
export function trialsOf(lesson: Lesson, seeds: readonly number[]): Trial[] {
  if (lesson.check === undefined) return [];
  const [firstSeed = 0] = seeds;
  const start: Trial = {
    name: "files",
    files: lesson.files,
    seed: firstSeed,
    judge: (report) =>
      failsAt(report, lesson.failsAt) ? undefined : { file: "files", message: `has to fail at the step ${lesson.failsAt}: ${outcome(report)}` },
  };
  const solutions = seeds.map((seed): Trial => ({
    name: `solution, seed ${seed}`,
    files: lesson.solution,
    seed,
    judge: (report) => (report.isPassed ? undefined : { file: "solution", message: `has to pass, and did not with the seed ${seed}: ${outcome(report)}` }),
  }));
  const mistakes = lesson.mistakes.map(({ name, files, step }): Trial => ({
    name: `mistakes/${name}`,
    files,
    seed: firstSeed,
    judge: (report) => {
      const failed = failure(report);
      if (failed?.step === step && failed.state === "failed" && failed.mistake === name) return undefined;
      const told = failed?.mistake === undefined ? "no mistake was recognised" : `the mistake ${failed.mistake} was recognised`;
      return { file: `mistakes/${name}`, message: `has to fail at the step ${step} as this mistake; ${told}: ${outcome(report)}` };
    },
  }));
  return [start, ...solutions, ...mistakes, ...hintTrials(lesson, firstSeed)];
}

/** A learner at the end of their hints: where the last one shows whole files, its step passes with them. */
function hintTrials({ text, solution }: Lesson, seed: number): Trial[] {
  return text.en.steps.flatMap((step): Trial[] => {
    const shown = filesOfLastHint(step);
    if (step.kind !== "check" || shown.size === 0) return [];
    return [
      {
        name: `the last hint of ${step.id}`,
        files: new Map([...solution, ...shown]),
        seed,
        through: step.id,
        judge: (report) =>
          report.isPassed
            ? undefined
            : { file: "lesson.en.md", message: `the step ${step.id} has to pass with what its last hint shows, and does not: ${outcome(report)}` },
      },
    ];
  });
}

function failure({ results }: CheckReport): StepResult | undefined {
  return results.find(({ state }) => state !== "passed" && state !== "did-not-run");
}

function failsAt(report: CheckReport, step: string | undefined): boolean {
  const failed = failure(report);
  return failed?.step === step && (failed?.state === "failed" || failed?.state === "does-not-compile");
}

function outcome(report: CheckReport): string {
  const failed = failure(report);
  return (failed === undefined ? "every step passed" : resultText(failed)) + printed(report.log);
}

/** Lines that a check has printed and that are told, the newest: what it printed last is nearest to what went wrong. */
const TOLD_LINES = 5;

function printed(log: readonly string[]): string {
  if (log.length === 0) return "";
  const which = log.length > TOLD_LINES ? ` (the newest ${TOLD_LINES} of the ${log.length} lines that are kept)` : "";
  return `\n    the check printed${which}: ${log.slice(-TOLD_LINES).join(" | ")}`;
}
