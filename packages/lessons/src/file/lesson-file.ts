import type { FolderFiles } from "../format/folder.ts";
import type { Course } from "../format/lesson.ts";
import { LESSON_FORMAT, type Lesson } from "../format/lesson.ts";
import type { LessonProblem } from "../lesson-error.ts";
import type { LocalText } from "../local-text.ts";

/** What a lesson file says of itself, so that other JSON is told from it. */
export const LESSON_TYPE = "zone-playground-lesson";

/** The same of a course file, which names lessons and has none in it. */
export const COURSE_TYPE = "zone-playground-course";

/** The same of what a preview serves in place of a lesson that cannot be read. */
export const PROBLEMS_TYPE = "zone-playground-problems";

/** A course as its files tell of it: enough for a list, and to find the other lessons, which lie beside. */
export interface CourseOutline {
  readonly id: string;
  readonly title: LocalText;
  readonly summary: LocalText;
  readonly lessons: readonly LessonOutline[];
}

export interface LessonOutline {
  readonly id: string;
  readonly title: LocalText;
  readonly minutes: number;
  /** Ids of the steps that can be passed. */
  readonly steps: readonly string[];
}

/** The name of a lesson's file; that of another lesson of its course lies in the same folder. */
export function lessonFileName(lesson: string): string {
  return `${lesson}.lesson.json`;
}

/** The name of a course's file. */
export function courseFileName(course: string): string {
  return `${course}.course.json`;
}

/** What files tell of a course. */
export function courseOutline({ id, title, summary, lessonsById }: Course): CourseOutline {
  return {
    id,
    title,
    summary,
    lessons: [...lessonsById.values()].map((lesson) => ({
      id: lesson.id,
      title: lesson.title,
      minutes: lesson.minutes,
      steps: lesson.steps.filter(({ kind }) => kind !== "read").map((step) => step.id),
    })),
  };
}

/** What a lesson file is made of. */
export interface LessonFileParts {
  readonly lesson: Lesson;
  /** Its folder, as it was read. */
  readonly folder: FolderFiles;
  /** The course's files below `shared/`, by their path in the course. */
  readonly shared: FolderFiles;
  readonly course?: CourseOutline;
  /** Says that its address tells of changes: `npm run lessons -- preview`. */
  readonly isPreview?: boolean;
}

/**
 * Writes a lesson as one JSON text: its sources, not their trees, so that whoever opens it reads them with the reader of every lesson. Mistakes
 * are left out: they are for trying, and learners get them as hints. `base64` writes a picture.
 */
export function lessonFile({ lesson, folder, shared, course, isPreview = false }: LessonFileParts, base64: (bytes: Uint8Array) => string): string {
  const decoder = new TextDecoder();
  const files = [...folder].filter(([path]) => !path.startsWith("mistakes/") && !path.startsWith("pictures/"));
  const taken = [...shared].filter(([path]) => isTaken(path, lesson));
  return JSON.stringify({
    type: LESSON_TYPE,
    format: LESSON_FORMAT,
    id: lesson.id,
    ...(isPreview && { preview: true }),
    ...(course !== undefined && { course }),
    files: Object.fromEntries([...files, ...taken].map(([path, bytes]) => [path, decoder.decode(bytes)])),
    pictures: Object.fromEntries([...lesson.pictures].map(([path, bytes]) => [path, base64(bytes)])),
  });
}

/** Whether a file that lessons share is wanted in this one. */
function isTaken(path: string, { files, check }: Lesson): boolean {
  if (path.startsWith("shared/files/")) return files.has(path.slice("shared/files/".length));
  return path.startsWith("shared/check/") && check !== undefined;
}

/** Writes a course's file. */
export function courseFile(course: CourseOutline): string {
  return JSON.stringify({ type: COURSE_TYPE, format: LESSON_FORMAT, course });
}

/** Writes what a preview serves while its lesson cannot be read. */
export function problemsFile(problems: readonly LessonProblem[]): string {
  return JSON.stringify({ type: PROBLEMS_TYPE, format: LESSON_FORMAT, preview: true, problems });
}
