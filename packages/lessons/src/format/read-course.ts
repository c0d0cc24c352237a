import { LessonError, Problems } from "../lesson-error.ts";
import { MAX_LESSONS, MAX_SOURCE_BYTES, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS } from "../limits.ts";
import { below, type FolderFiles, textFile } from "./folder.ts";
import { idFault } from "../id.ts";
import { JsonReader } from "./json-reader.ts";
import { type Course, type CourseInfo, LESSON_FORMAT, type Lesson, type SharedFiles, type Sources } from "./lesson.ts";
import { readLesson } from "./read-lesson.ts";

/** Reads `course.json`, and nothing else. @throws {LessonError} */
export function readCourseInfo(files: FolderFiles): CourseInfo {
  const problems = new Problems();
  const info = courseInfo(files, problems);
  problems.throwAny();
  return info;
}

/** What lessons of a course share, in the folder `shared`. @throws {LessonError} */
export function readShared(files: FolderFiles): SharedFiles {
  const problems = new Problems();
  const sources = (prefix: string): Sources =>
    new Map([...below(files, prefix).keys()].map((name) => [name, textFile(files, prefix + name, MAX_SOURCE_BYTES, problems) ?? ""]));
  const shared = { files: sources("shared/files/"), check: sources("shared/check/") };
  problems.throwAny();
  return shared;
}

/** Reads a course with all of its lessons. @throws {LessonError} with the problems of all of them */
export function readCourse(files: FolderFiles): Course {
  const problems = new Problems();
  const info = courseInfo(files, problems);
  problems.throwAny();
  const shared = readShared(files);
  const lessonsById = new Map<string, Lesson>();
  for (const id of info.lessons) {
    try {
      lessonsById.set(id, readLesson(below(files, `${id}/`), { id, shared, lessons: info.lessons }));
    } catch (error) {
      if (!(error instanceof LessonError)) throw error;
      for (const { file, line, message } of error.problems) problems.add(`${id}/${file}`, line, message);
    }
  }
  const folders = new Set([...files.keys()].filter((path) => path.endsWith("/lesson.json")).map((path) => path.slice(0, path.indexOf("/"))));
  for (const folder of folders)
    if (!info.lessons.includes(folder)) problems.add("course.json", undefined, `the folder ${folder} is in no list; add it to "lessons"`);
  problems.throwAny();
  return { ...info, lessonsById };
}

function courseInfo(files: FolderFiles, problems: Problems): CourseInfo {
  const source = textFile(files, "course.json", MAX_SOURCE_BYTES, problems);
  if (source === undefined) return { id: "", title: { en: "", ru: "" }, summary: { en: "", ru: "" }, lessons: [] };
  const json = JsonReader.ofFile(source, "course.json", ["format", "id", "title", "summary", "lessons"], problems);
  json.format(LESSON_FORMAT);
  const id = json.string("id");
  const lessons = json.strings("lessons", { most: MAX_LESSONS });
  for (const name of [id, ...lessons]) {
    const fault = idFault(name);
    if (fault !== undefined) json.problem(`the id "${name.slice(0, MAX_TITLE_CHARS)}" ${fault}`);
  }
  return { id, title: json.localText("title", MAX_TITLE_CHARS), summary: json.localText("summary", MAX_SUMMARY_CHARS), lessons };
}
