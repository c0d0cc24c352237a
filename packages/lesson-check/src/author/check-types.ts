import { checkProject } from "@playground/check";
import type { Lesson, LessonProblem, Sources } from "@playground/lessons";
import { withCheckDefinitions } from "@playground/lessons/examiner";
import type { Analysis } from "@playground/luau-analysis";
import { REFERENCE, renderDefinitions } from "@playground/zone/reference";

/** Looks whether the solution and the check hold in strict mode. The start, which is not finished, need not. */
export function checkTypes(analysis: Analysis, { solution, check }: Pick<Lesson, "solution" | "check">): LessonProblem[] {
  const definitions = renderDefinitions(REFERENCE);
  analysis.setDefinitions(definitions);
  const problems = findings(analysis, solution, "solution/");
  if (check === undefined) return problems;
  analysis.setDefinitions(withCheckDefinitions(definitions));
  return [...problems, ...findings(analysis, check, "")];
}

/** What does not hold in one of these files in strict mode, with the definitions that the analysis has. */
export function strictFindings(analysis: Analysis, files: Sources, file: string): LessonProblem[] {
  return errorsIn(analysis, { prefix: "", files, wanted: new Set([file]) });
}

function findings(analysis: Analysis, files: Sources, prefix: string): LessonProblem[] {
  return errorsIn(analysis, { prefix, files, wanted: new Set(files.keys()) });
}

function errorsIn(analysis: Analysis, project: Parameters<typeof checkProject>[1]): LessonProblem[] {
  return checkProject(analysis, project, "strict")
    .findings.filter(({ severity }) => severity === "error")
    .map(({ path, line, code, message }) => ({ file: path, line, message: `${code}: ${oneLine(message)}` }));
}

function oneLine(message: string): string {
  return message
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .trim();
}
