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

function findings(analysis: Analysis, files: Sources, prefix: string): LessonProblem[] {
  const { findings: found } = checkProject(analysis, { prefix, files, wanted: new Set(files.keys()) }, "strict");
  return found
    .filter(({ severity }) => severity === "error")
    .map(({ path, line, code, message }) => ({ file: path, line, message: `${code}: ${oneLine(message)}` }));
}

function oneLine(message: string): string {
  return message
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .trim();
}
