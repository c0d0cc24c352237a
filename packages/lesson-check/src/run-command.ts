import { join } from "node:path";
import { LessonError, type LessonProblem, problemText } from "@playground/lessons";
import { AnalysisError, loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { plainText } from "@playground/safe-text";
import { buildLessons } from "./author/build-lessons.ts";
import { checkLesson, type LessonFindings } from "./author/check-lesson.ts";
import { makeLesson } from "./author/make-lesson.ts";
import { type FoundLesson, openTarget } from "./author/open-target.ts";
import { HELP, parseCommandLine } from "./command-line.ts";
import { preview } from "./preview/preview.ts";
import { CheckBridge } from "./room/check-bridge.ts";

/** Exit statuses: everything holds, something does not, nothing could be tried. */
const STATUS = { ok: 0, found: 1, usage: 2 } as const;

/** Where the command writes. */
export interface CommandOutput {
  out(text: string): void;
  errors(text: string): void;
  /** Resolves when whoever started the command wants it to end. Asked only by what would go on for ever. */
  whenStopped(): Promise<void>;
}

/** `npm run lessons`: `args` is what stands behind its name, paths are seen from `from`. Resolves to the exit status. */
export async function runCommand(args: readonly string[], from: string, output: CommandOutput): Promise<number> {
  const command = parseCommandLine(args);
  try {
    switch (command.kind) {
      case "help":
        output.out(HELP);
        return STATUS.ok;
      case "error":
        output.errors(`${command.message}\n`);
        return STATUS.usage;
      case "new":
        output.out(makeLesson(command.target, from));
        return STATUS.ok;
      case "build":
        output.out(buildLessons(command.target, command.out, from));
        return STATUS.ok;
      case "preview":
        await preview({ ...command, from, out: output.out, whenStopped: output.whenStopped });
        return STATUS.ok;
      case "check":
        return await check(command, from, output);
    }
  } catch (error) {
    if (!(error instanceof LessonError || error instanceof AnalysisError)) throw error;
    // What stands in there is a stranger's text.
    output.errors(`${plainText(error.message)}\n`);
    return error instanceof LessonError ? STATUS.found : STATUS.usage;
  }
}

async function check(
  { targets, seeds, json }: { readonly targets: readonly string[]; readonly seeds: number; readonly json: boolean },
  from: string,
  { out }: CommandOutput,
): Promise<number> {
  const found = targets.flatMap((target) => openTarget(target, from));
  const bridge = await CheckBridge.start();
  using analysis = await loadAnalysis(await readAnalysisWasm());
  const all: (LessonFindings & FoundLesson)[] = [];
  try {
    for (const lesson of found) {
      const findings = await checkLesson(lesson, bridge, analysis, seedsFor(seeds));
      all.push({ ...findings, ...lesson });
      if (!json) out(lessonReport(lesson, findings));
    }
  } finally {
    await bridge.close();
  }
  const problems = all.flatMap(({ folder, problems: own }) => own.map((problem) => ({ ...problem, file: join(folder, problem.file) })));
  if (json) out(`${JSON.stringify(problems, undefined, 2)}\n`);
  else out(`${count(all.length, "lesson")}, ${count(problems.length, "problem")}\n`);
  return problems.length === 0 ? STATUS.ok : STATUS.found;
}

/** Different ones, and the same each time. */
function seedsFor(howMany: number): number[] {
  return Array.from({ length: howMany }, (_, index) => index + 1);
}

function lessonReport({ folder, lesson }: FoundLesson, { tried, problems, seconds }: LessonFindings): string {
  const lines = problems.map((problem: LessonProblem) => `  ${problemText({ ...problem, file: join(folder, problem.file) })}`);
  const head = `${lesson.id}: ${problems.length === 0 ? "holds" : count(problems.length, "problem")} (${count(lesson.steps.length, "step")}, ${count(tried.length, "trial")}, ${seconds.toFixed(1)} s)`;
  return `${plainText([head, ...lines].join("\n"))}\n`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
