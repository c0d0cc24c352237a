import type { LearnerEvents, LearnerProgram, ProgramEnd } from "../machines/lesson-machines.ts";
import type { Exam, StepPart } from "./exam.ts";
import { cutText, WORDS } from "./failure.ts";
import { PRINTED_LINE_CHARS, PRINTED_LINES } from "./limits.ts";

/** One run of a program of the learner, as a check sees it. */
export class LearnerRun implements LearnerEvents, StepPart {
  readonly name: string;
  readonly #exam: Exam;
  readonly #program: LearnerProgram;
  /** The newest lines, and how many came before them. */
  #lines: string[] = [];
  #dropped = 0;
  /** The line, counted from the first, that `nextLine` and `expectPrinted` look at next. */
  #cursor = 0;
  readonly notices = new Set<string>();
  ended: ProgramEnd | undefined;

  constructor(exam: Exam, name: string) {
    this.#exam = exam;
    this.name = name;
    this.#program = exam.machines.startProgram({ entry: name, redirects: exam.redirects }, this);
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The next line that no call has had yet, without taking it. */
  peek(): string | undefined {
    this.#cursor = Math.max(this.#cursor, this.#dropped);
    return this.#lines[this.#cursor - this.#dropped];
  }

  skip(): void {
    this.#cursor += 1;
  }

  /** Moves behind the next line that contains the text, or is the text. Gives false, and moves nothing, where there is none. */
  moveBehind(text: string, isExact: boolean): boolean {
    const from = Math.max(0, this.#cursor - this.#dropped);
    const found = this.#lines.findIndex((line, index) => index >= from && (isExact ? line === text : line.includes(text)));
    if (found >= 0) this.#cursor = this.#dropped + found + 1;
    return found >= 0;
  }

  input(line: string): void {
    this.#program.input(line);
  }

  async end(): Promise<void> {
    this.#exam.parts.delete(this);
    await this.#program.stop();
  }

  onPrinted(line: string): void {
    this.#lines.push(line.slice(0, PRINTED_LINE_CHARS));
    // Not at each line: it would cost the square of what is printed.
    if (this.#lines.length >= 2 * PRINTED_LINES) {
      this.#dropped += this.#lines.length - PRINTED_LINES;
      this.#lines = this.#lines.slice(-PRINTED_LINES);
    }
    this.#exam.happened();
  }

  onNotice(code: string): void {
    this.notices.add(code);
    this.#exam.happened();
  }

  onEnded(end: ProgramEnd): void {
    this.ended = end;
    if (end.kind === "failed" && this.#exam.parts.has(this)) {
      const place = end.file !== undefined && end.line !== undefined ? { place: { file: end.file, line: end.line } } : {};
      this.#exam.failLater({ message: WORDS.programError(this.name), error: cutText(end.error), ...place });
    }
    this.#exam.happened();
  }
}
