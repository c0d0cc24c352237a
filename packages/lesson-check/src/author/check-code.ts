import { type Block, blocksOf, type CodeBlock, codeOf, type Lesson, type LessonProblem, type StepText } from "@playground/lessons";
import type { Analysis } from "@playground/luau-analysis";
import { REFERENCE, renderDefinitions } from "@playground/zone/reference";
import { strictFindings } from "./check-types.ts";

/** Where the code of both languages is read: `readLesson` has found that it is the same. */
const TEXT_FILE = "lesson.en.md";

/** The file that code to be run stands in: names of a lesson's files have no spaces. */
const EXAMPLE_FILE = "the example.luau";

/** Looks whether all code that a reader can run, or put into a file, holds in strict mode. Code that is only read may be a part of something. */
export function checkCode(analysis: Analysis, { text, solution }: Pick<Lesson, "text" | "solution">): LessonProblem[] {
  analysis.setDefinitions(renderDefinitions(REFERENCE));
  return text.en.steps.flatMap((step) =>
    codeBlocksIn(blocksOf(step)).flatMap((block): LessonProblem[] => {
      const name = block.action === "run" ? EXAMPLE_FILE : block.file;
      if (block.action === undefined || name === undefined) return [];
      const use = block.action === "run" ? "the code to run" : `the code for ${name}`;
      return strictFindings(analysis, new Map([...solution, [name, block.text]]), name).map(({ line, message }) => ({
        file: TEXT_FILE,
        message: `${use} in the step ${step.id} does not hold, in its line ${line}: ${message}`,
      }));
    }),
  );
}

/** The files that the last hint of a step shows as a whole, by name; empty where it shows none. */
export function filesOfLastHint({ hints }: StepText): Map<string, string> {
  return new Map(codeBlocksIn(hints.at(-1) ?? []).flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const])));
}

function codeBlocksIn(blocks: readonly Block[]): CodeBlock[] {
  return codeOf(blocks).filter((found) => typeof found !== "string");
}
