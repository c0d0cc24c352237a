import type { Language, LocalText } from "../local-text.ts";
import type { LessonText, StepKind } from "../markdown/lesson-text.ts";

/** The version of the format that is read and written. */
export const LESSON_FORMAT = 1;

/** Sources by file name. */
export type Sources = ReadonlyMap<string, string>;

/** One lesson, read and found right. */
export interface Lesson {
  readonly id: string;
  /** Minutes that it takes. */
  readonly minutes: number;
  readonly title: LocalText;
  readonly text: Readonly<Record<Language, LessonText>>;
  /** The same in both languages. */
  readonly steps: readonly Step[];
  /** The files that are run, in the order of their tabs. */
  readonly programs: readonly string[];
  /** The file that is open at first. */
  readonly open: string;
  /** What the learner begins with: all files. */
  readonly files: Sources;
  /** The same files as they are in the end: all of them. */
  readonly solution: Sources;
  /** Files of the examiner's program; it begins with `CHECK_FILE`. Absent where no step is checked. */
  readonly check?: Sources;
  /** The step that `files` fails. */
  readonly failsAt?: string;
  readonly mistakes: readonly Mistake[];
  /** Bytes of PNG or WebP by path, such as `pictures/window.png`. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  /** Links into the playground's reference. What topics there are, this package does not know. */
  readonly references: readonly { readonly file: string; readonly line: number; readonly topic: string }[];
}

export interface Step {
  readonly id: string;
  readonly kind: StepKind;
}

/** A mistake that learners make, with the hint that it is to get. */
export interface Mistake {
  readonly name: string;
  /** All files: the solution, with the mistake in it. */
  readonly files: Sources;
  /** The step that fails, and whose text has the hint. */
  readonly step: string;
}

/** The file that the examiner's program begins with. */
export const CHECK_FILE = "check.luau";

/** A course without its lessons' contents. */
export interface CourseInfo {
  readonly id: string;
  readonly title: LocalText;
  readonly summary: LocalText;
  /** Ids, which are the names of their folders, in order. */
  readonly lessons: readonly string[];
}

export interface Course extends CourseInfo {
  readonly lessonsById: ReadonlyMap<string, Lesson>;
}

/** Files that several lessons of a course have in common. */
export interface SharedFiles {
  /** Modules for learners, which a lesson takes by naming them. */
  readonly files: Sources;
  /** Modules for checks: `require("./shared/name")`. */
  readonly check: Sources;
}
