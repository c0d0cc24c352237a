import { readShared } from "../format/read-course.ts";
import { readLesson } from "../format/read-lesson.ts";
import { JsonReader } from "../format/json-reader.ts";
import { LESSON_FORMAT, type Lesson } from "../format/lesson.ts";
import { idFault } from "../id.ts";
import { LessonError, MAX_PROBLEMS, Problems } from "../lesson-error.ts";
import { MAX_LESSON_FILES, MAX_LESSONS, MAX_PICTURE_BYTES, MAX_STEPS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, MINUTES_RANGE } from "../limits.ts";
import { LessonFileError } from "./lesson-file-error.ts";
import { COURSE_TYPE, type CourseOutline, LESSON_TYPE, type LessonOutline, PROBLEMS_TYPE } from "./lesson-file.ts";

/** What stands in a file. */
export type LessonFileContent =
  | {
      readonly kind: "lesson";
      readonly lesson: Lesson;
      readonly course: CourseOutline | undefined;
      /** It says that its address tells of changes. */
      readonly isPreview: boolean;
    }
  | { readonly kind: "course"; readonly course: CourseOutline };

/** Where problems are told of what is outside of the lesson's own files. */
const WHOLE = "the lesson file";

/** The names of files in a lesson file: up to three folders, no dots before a name, and short enough to be told. */
const PATH = /^(?:[\w-]{1,64}\/){0,3}[\w-][\w.-]{0,80}$/;

/** Characters of what a stranger has written that an error quotes. */
const QUOTED_CHARS = 60;

/**
 * Reads a lesson file or a course file, which may come from anybody: nothing in it is believed. Its sources are read as those of a folder are.
 *
 * @throws {LessonFileError} where it is none of both, or of another version
 * @throws {LessonError} with everything that is wrong within
 */
export function readLessonFile(text: string): LessonFileContent {
  const { type, format, value } = opened(text);
  if (format !== LESSON_FORMAT) throw new LessonFileError("other-format", `the format is ${quoted(format)}, and this playground reads ${LESSON_FORMAT}`);
  const problems = new Problems();
  if (type === PROBLEMS_TYPE) throw told(value, problems);
  if (type === COURSE_TYPE) {
    const course = readOutline(new JsonReader(value, WHOLE, ["type", "format", "course"], problems).value("course"), problems);
    problems.throwAny();
    return { kind: "course", course };
  }
  const json = new JsonReader(value, WHOLE, ["type", "format", "id", "preview", "course", "files", "pictures"], problems);
  const id = json.string("id");
  const texts = json.texts("files", MAX_LESSON_FILES);
  const pictures = json.texts("pictures", MAX_LESSON_FILES);
  const course = json.has("course") ? readOutline(json.value("course"), problems) : undefined;
  const folder = folderOf(texts, pictures, problems);
  problems.throwAny();
  const shared = readShared(folder);
  const own = new Map([...folder].filter(([path]) => !path.startsWith("shared/")));
  const lesson = readLesson(own, { id, shared, hasMistakes: false, ...(course !== undefined && { lessons: course.lessons.map((other) => other.id) }) });
  return { kind: "lesson", lesson, course, isPreview: json.value("preview") === true };
}

function opened(text: string): { readonly type: string; readonly format: unknown; readonly value: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LessonFileError("not-a-lesson", `it is not JSON: ${(error instanceof Error ? error.message : String(error)).slice(0, QUOTED_CHARS)}`);
  }
  const fields = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const type: unknown = fields.get("type");
  if (type !== LESSON_TYPE && type !== COURSE_TYPE && type !== PROBLEMS_TYPE)
    throw new LessonFileError("not-a-lesson", `its "type" is ${quoted(type)}, and not "${LESSON_TYPE}"`);
  return { type, format: fields.get("format"), value };
}

function quoted(value: unknown): string {
  return (JSON.stringify(value) ?? "missing").slice(0, QUOTED_CHARS);
}

/** The files of a lesson as bytes, as its reader wants them. */
function folderOf(texts: ReadonlyMap<string, string>, pictures: ReadonlyMap<string, string>, problems: Problems): Map<string, Uint8Array> {
  const encoder = new TextEncoder();
  const folder = new Map<string, Uint8Array>();
  for (const [path, text] of texts) {
    if (isPath(path, problems)) folder.set(path, encoder.encode(text));
  }
  for (const [path, base64] of pictures) {
    if (!isPath(path, problems)) continue;
    const bytes = bytesOf(base64);
    if (bytes === undefined) problems.add(path, undefined, `the picture is not base64, or has more than ${MAX_PICTURE_BYTES} bytes`);
    else folder.set(path, bytes);
  }
  return folder;
}

function isPath(path: string, problems: Problems): boolean {
  const isRight = PATH.test(path);
  if (!isRight) problems.add(WHOLE, undefined, `${quoted(path)} cannot be the name of a file`);
  return isRight;
}

function bytesOf(base64: string): Uint8Array | undefined {
  if (base64.length > Math.ceil(MAX_PICTURE_BYTES / 3) * 4) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function readOutline(value: unknown, problems: Problems): CourseOutline {
  const json = new JsonReader(value ?? null, `${WHOLE}, course`, ["id", "title", "summary", "lessons"], problems);
  const id = readId(json, "id");
  const lessons = json.list("lessons", MAX_LESSONS).map((lesson, index): LessonOutline => {
    const entry = new JsonReader(lesson ?? null, `${WHOLE}, lesson ${index + 1} of the course`, ["id", "title", "minutes", "steps"], problems);
    return {
      id: readId(entry, "id"),
      title: entry.localText("title", MAX_TITLE_CHARS),
      minutes: entry.wholeNumber("minutes", MINUTES_RANGE),
      steps: entry.strings("steps", { most: MAX_STEPS, isOptional: true }),
    };
  });
  return { id, title: json.localText("title", MAX_TITLE_CHARS), summary: json.localText("summary", MAX_SUMMARY_CHARS), lessons };
}

function readId(json: JsonReader, name: string): string {
  const id = json.string(name);
  const fault = idFault(id);
  if (fault !== undefined) json.problem(`the id ${quoted(id)} ${fault}`);
  return id;
}

/** Problems that a preview has found. */
function told(value: unknown, problems: Problems): LessonError {
  for (const problem of new JsonReader(value, WHOLE, ["type", "format", "preview", "problems"], problems).list("problems", MAX_PROBLEMS)) {
    const fields = new Map(typeof problem === "object" && problem !== null ? Object.entries(problem) : []);
    const [file, line, message] = ["file", "line", "message"].map((name): unknown => fields.get(name));
    if (typeof file === "string" && typeof message === "string") problems.add(file, typeof line === "number" ? line : undefined, message);
  }
  return new LessonError(problems.list.length > 0 ? problems.list : [{ file: WHOLE, message: "it cannot be read" }]);
}
