import type { Block, Inline } from "./tree.ts";

/** A lesson's text in one language. */
export interface LessonText {
  readonly title: string;
  /** What stands before the first step. */
  readonly introduction: readonly Block[];
  readonly steps: readonly StepText[];
}

/**
 * - `check`: `check.luau` judges it
 * - `quiz`, `predict`: the reader answers a question
 * - `read`: there is nothing to pass
 */
export type StepKind = "check" | "quiz" | "predict" | "read";

export interface StepText {
  readonly id: string;
  readonly kind: StepKind;
  readonly title: readonly Inline[];
  readonly body: readonly Block[];
  /** To be shown one after the other. */
  readonly hints: readonly (readonly Block[])[];
  /** What to show in place of them when the check has recognised a mistake, by its name. */
  readonly mistakeHints: ReadonlyMap<string, readonly Block[]>;
  readonly quiz?: Quiz;
  readonly predict?: Prediction;
}

/** A question with answers to choose from. */
export interface Quiz {
  readonly question: readonly Block[];
  readonly answers: readonly { readonly children: readonly Inline[]; readonly isRight: boolean }[];
  /** More than one answer is right, and all of them are to be chosen. */
  readonly isMultiple: boolean;
  readonly explanation: readonly Block[];
}

/** A question whose answer is what arrives, or what is printed. */
export interface Prediction {
  readonly question: readonly Block[];
  /** Each of these is right. */
  readonly answers: readonly string[];
  readonly explanation: readonly Block[];
}

/** Whether the chosen answers, by their places from 0, are the right ones. */
export function isRightChoice(quiz: Quiz, chosen: ReadonlySet<number>): boolean {
  return quiz.answers.every(({ isRight }, index) => isRight === chosen.has(index));
}

/** Whether what was typed is a right answer. Spaces at the ends of lines and around the whole are nobody's mistake. */
export function isRightPrediction({ answers }: Prediction, typed: string): boolean {
  return answers.some((answer) => withoutSpaces(answer) === withoutSpaces(typed));
}

function withoutSpaces(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
}
