/**
 * - `not-a-lesson`: it is not JSON, or other JSON
 * - `other-format`: it is of a version of the format that this reader does not know
 */
export type LessonFileFault = "not-a-lesson" | "other-format";

/** Something that is no lesson file for this reader. What is wrong within a lesson is a `LessonError`. */
export class LessonFileError extends Error {
  override readonly name = "LessonFileError";
  readonly fault: LessonFileFault;

  constructor(fault: LessonFileFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
