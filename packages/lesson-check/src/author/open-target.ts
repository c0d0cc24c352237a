import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Lesson, LessonError, readCourse, readCourseInfo, readLesson, readShared } from "@playground/lessons";
import { readFolder } from "./read-folder.ts";

/** A lesson and where it lies, as it is told. */
export interface FoundLesson {
  readonly lesson: Lesson;
  readonly folder: string;
}

/** The lessons in a folder: of a course all, or one. @throws {LessonError} whose files are seen from `from` */
export function openTarget(target: string, from: string): readonly FoundLesson[] {
  const folder = resolve(from, target);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new LessonError([{ file: target, message: "there is no such folder" }]);
  return seenFrom(target, () => {
    if (existsSync(join(folder, "course.json"))) {
      const course = readCourse(readFolder(folder));
      return [...course.lessonsById].map(([id, lesson]) => ({ lesson, folder: join(target, id) }));
    }
    const above = dirname(folder);
    if (!existsSync(join(above, "course.json"))) return [{ lesson: readLesson(readFolder(folder), { id: basename(folder) }), folder: target }];
    const course = readFolder(above);
    const { lessons } = readCourseInfo(course);
    const lesson = readLesson(readFolder(folder), { id: basename(folder), shared: readShared(course), lessons });
    return [{ lesson, folder: target }];
  });
}

/** Lets problems name files as the reader can open them. */
export function seenFrom<T>(target: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LessonError)) throw error;
    throw new LessonError(error.problems.map((problem) => ({ ...problem, file: join(target, problem.file) })));
  }
}
