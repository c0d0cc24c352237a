import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import {
  courseFile,
  courseFileName,
  courseOutline,
  type CourseOutline,
  type FolderFiles,
  type Lesson,
  LessonError,
  lessonFile,
  lessonFileName,
  readCourse,
  readLesson,
} from "@playground/lessons";
import { readFolder } from "./read-folder.ts";
import { seenFrom } from "./open-target.ts";

/** One file that a lesson or a course becomes. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The files that a folder becomes to be opened from an address: of a course one for each lesson and one for itself, of a lesson one.
 *
 * @throws {LessonError} whose files are seen from `from`
 */
export function lessonFiles(target: string, from: string, isPreview = false): readonly WrittenFile[] {
  const folder = resolve(from, target);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new LessonError([{ file: target, message: "there is no such folder" }]);
  const isCourse = existsSync(join(folder, "course.json"));
  if (!isCourse && !existsSync(join(dirname(folder), "course.json"))) {
    return seenFrom(target, () => {
      const files = readFolder(folder);
      return [written(readLesson(files, { id: basename(folder) }), files, { shared: new Map(), isPreview })];
    });
  }
  return seenFrom(isCourse ? target : dirname(target), () => {
    const files = readFolder(isCourse ? folder : dirname(folder));
    const course = readCourse(files);
    const outline = courseOutline(course);
    const shared = new Map([...files].filter(([path]) => path.startsWith("shared/")));
    const lessons = [...course.lessonsById.values()].filter(({ id }) => isCourse || id === basename(folder));
    if (lessons.length === 0) throw new LessonError([{ file: "course.json", message: `the folder ${basename(folder)} is in no list; add it to "lessons"` }]);
    const parts = { shared, course: outline, isPreview };
    const own = lessons.map((lesson) => written(lesson, below(files, `${lesson.id}/`), parts));
    return isCourse ? [{ name: courseFileName(course.id), text: courseFile(outline) }, ...own] : own;
  });
}

interface Surroundings {
  readonly shared: FolderFiles;
  readonly course?: CourseOutline;
  readonly isPreview: boolean;
}

function written(lesson: Lesson, folder: FolderFiles, surroundings: Surroundings): WrittenFile {
  return { name: lessonFileName(lesson.id), text: lessonFile({ lesson, folder, ...surroundings }, (bytes) => Buffer.from(bytes).toString("base64")) };
}

function below(files: FolderFiles, prefix: string): Map<string, Uint8Array> {
  return new Map([...files].flatMap(([path, bytes]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), bytes] as const] : [])));
}
