/** One fault of a lesson, for its author. */
export interface LessonProblem {
  /** Path inside of the folder that was read. */
  readonly file: string;
  /** From 1, where a line is at fault. */
  readonly line?: number;
  /** One English sentence that names what is at fault and says what to do. */
  readonly message: string;
}

/** Problems that are told of one lesson: after so many, mending some shows the rest. */
export const MAX_PROBLEMS = 50;

/** A course or a lesson that cannot be read as one. The only error that the format throws. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  /** At least one, at most `MAX_PROBLEMS`. */
  readonly problems: readonly LessonProblem[];

  constructor(problems: readonly LessonProblem[]) {
    super(problems.map((problem) => problemText(problem)).join("\n"));
    this.problems = problems;
  }
}

/** `lesson.ru.md:12: …`, as terminals and editors make links of it. */
export function problemText({ file, line, message }: LessonProblem): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
}

/** Gathers problems, so that an author sees all of them at once. */
export class Problems {
  readonly list: LessonProblem[] = [];

  add(file: string, line: number | undefined, message: string): void {
    if (this.list.length < MAX_PROBLEMS) this.list.push({ file, ...(line !== undefined && { line }), message });
  }

  /** @throws {LessonError} where there are any */
  throwAny(): void {
    if (this.list.length > 0) throw new LessonError(this.list);
  }
}
