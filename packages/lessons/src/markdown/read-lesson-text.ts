import type { Heading, RootContent } from "mdast";
import type { ContainerDirective, LeafDirective } from "mdast-util-directive";
import type { Problems } from "../lesson-error.ts";
import { MAX_HINTS, MAX_STEPS, MAX_TITLE_CHARS } from "../limits.ts";
import { idFault } from "../id.ts";
import { readBlocks } from "./blocks.ts";
import { plainText, readInlines } from "./inlines.ts";
import type { LessonText, Prediction, Quiz, StepKind, StepText } from "./lesson-text.ts";
import { readPrediction, readQuiz } from "./questions.ts";
import { readMarkdown } from "./read-markdown.ts";
import { TextReader } from "./text-reader.ts";
import type { Block, Inline } from "./tree.ts";

/** A text, and what in it leads elsewhere: whoever has the other files looks whether that is there. */
export interface ReadText {
  readonly text: LessonText;
  readonly lessonLinks: TextReader["lessonLinks"];
  readonly referenceLinks: TextReader["referenceLinks"];
  readonly pictures: TextReader["pictures"];
  /** The line of each step's heading. */
  readonly stepLines: ReadonlyMap<string, number>;
}

/** Reads `lesson.<language>.md`. What is wrong is told in `problems`; undefined where nothing can be made of it. */
export function readLessonText(source: string, file: string, problems: Problems): ReadText | undefined {
  const root = readMarkdown(source, file, problems);
  if (root === undefined) return undefined;
  const reader = new TextReader(file, problems);
  const [first, ...rest] = root.children;
  if (first?.type !== "heading" || first.depth !== 1) {
    reader.problem(first ?? root, "the text begins with its title: # Title");
    return undefined;
  }
  const title = plainText(readInlines(reader, first.children)).trim();
  if (title === "" || title.length > MAX_TITLE_CHARS) reader.problem(first, `a title has 1 to ${MAX_TITLE_CHARS} characters`);
  const starts = rest.flatMap((node, index) => (node.type === "heading" && node.depth === 2 ? [index] : []));
  if (starts.length === 0) reader.problem(first, "the text has no step: ## Title, and ::step{#id} below it");
  if (starts.length > MAX_STEPS) reader.problem(first, `the text has ${starts.length} steps and may have at most ${MAX_STEPS}; make two lessons of it`);
  if (looksUnclosed(reader, rest)) return undefined;
  const introduction = readBlocks(reader, rest.slice(0, starts[0] ?? rest.length));
  const stepLines = new Map<string, number>();
  const steps = starts.slice(0, MAX_STEPS).flatMap((start, index) => {
    const step = readStep(reader, rest[start] as Heading, rest.slice(start + 1, starts[index + 1] ?? rest.length));
    if (step === undefined) return [];
    if (stepLines.has(step.id)) reader.problem(rest[start], `two steps have the id ${step.id}`);
    stepLines.set(step.id, rest[start]?.position?.start.line ?? 1);
    return [step];
  });
  return { text: { title, introduction, steps }, lessonLinks: reader.lessonLinks, referenceLinks: reader.referenceLinks, pictures: reader.pictures, stepLines };
}

/** Tells of directives that a step's heading stands in: what follows all belongs to them, and would be told as something else. */
function looksUnclosed(reader: TextReader, nodes: readonly (RootContent | ContainerDirective["children"][number])[]): boolean {
  let found = false;
  for (const node of nodes) {
    if (node.type !== "containerDirective") continue;
    if (looksUnclosed(reader, node.children)) found = true;
    const heading = node.children.find((child) => child.type === "heading" && child.depth <= 2);
    if (heading === undefined) continue;
    reader.problem(node, `:::${node.name} has no end before the step in line ${heading.position?.start.line ?? 1}; close it with ::: on a line of its own`);
    found = true;
  }
  return found;
}

/** What a step is made of, as far as it has been read. */
interface StepParts {
  readonly body: Block[];
  readonly hints: (readonly Block[])[];
  readonly mistakeHints: Map<string, readonly Block[]>;
  quiz?: Quiz;
  predict?: Prediction;
}

function readStep(reader: TextReader, heading: Heading, nodes: readonly RootContent[]): StepText | undefined {
  const title: Inline[] = readInlines(reader, heading.children);
  const [directive, ...content] = nodes;
  if (directive?.type !== "leafDirective" || directive.name !== "step") {
    reader.problem(heading, "a step has its id on the next line: ::step{#id}");
    return undefined;
  }
  const id = directive.attributes?.["id"] ?? "";
  const fault = idFault(id);
  if (fault !== undefined) reader.problem(directive, `the step's id ${fault}: ::step{#say-hello}`);
  const parts: StepParts = { body: [], hints: [], mistakeHints: new Map() };
  for (const node of content) {
    if (node.type === "containerDirective") readPart(reader, node, parts);
    else parts.body.push(...readBlocks(reader, [node]));
  }
  if (parts.hints.length > MAX_HINTS) reader.problem(directive, `the step has ${parts.hints.length} hints and may have at most ${MAX_HINTS}`);
  return { id, kind: kindOf(reader, directive, parts), title, ...parts };
}

function readPart(reader: TextReader, node: ContainerDirective, parts: StepParts): void {
  switch (node.name) {
    case "hint": {
      const mistake = node.attributes?.["mistake"];
      const blocks = readBlocks(reader, node.children);
      if (blocks.length === 0) reader.problem(node, "the hint is empty");
      if (mistake === undefined || mistake === null) parts.hints.push(blocks);
      else if (parts.mistakeHints.has(mistake)) reader.problem(node, `the step has two hints for the mistake ${mistake}`);
      else parts.mistakeHints.set(mistake, blocks);
      return;
    }
    case "quiz":
    case "predict": {
      if (parts.quiz !== undefined || parts.predict !== undefined) {
        reader.problem(node, "a step has one question; begin another step for the next");
        return;
      }
      const quiz = node.name === "quiz" ? readQuiz(reader, node) : undefined;
      const predict = node.name === "predict" ? readPrediction(reader, node) : undefined;
      if (quiz !== undefined) parts.quiz = quiz;
      if (predict !== undefined) parts.predict = predict;
      return;
    }
    default:
      parts.body.push(...readBlocks(reader, [node]));
  }
}

function kindOf(reader: TextReader, directive: LeafDirective, { quiz, predict, hints, mistakeHints }: StepParts): StepKind {
  const said = directive.attributes?.["kind"];
  const found = quiz !== undefined ? "quiz" : predict !== undefined ? "predict" : said === "read" ? "read" : "check";
  if (said !== undefined && said !== found)
    reader.problem(directive, `kind="${said}" does not fit: leave it out, or write kind="read" for a step with nothing to pass`);
  if (found !== "check" && mistakeHints.size > 0) reader.problem(directive, "hints for mistakes belong to a step that is checked");
  if (found === "read" && hints.length > 0) reader.problem(directive, "a step with nothing to pass needs no hints");
  return found;
}
