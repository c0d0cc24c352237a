import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import {
  courseFile,
  type CourseOutline,
  courseOutline,
  type FolderFiles,
  LessonError,
  lessonFile,
  LessonFileError,
  problemsFile,
  readCourse,
  readLesson,
  readLessonFile,
} from "../src/index.ts";
import { MAX_LESSON_FILES, MAX_PICTURE_BYTES, MAX_PICTURE_SIDE, MAX_TITLE_CHARS } from "../src/limits.ts";
import { folder, png, withBody } from "./support/lesson-folder.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const COURSE: CourseOutline = {
  id: "course",
  title: { en: "Course", ru: "Курс" },
  summary: { en: "All of it.", ru: "Всё." },
  lessons: [{ id: "lesson", title: { en: "Title", ru: "Название" }, minutes: 5, steps: ["one"] }],
};

/** A lesson as its file has it. */
function written(files: FolderFiles = folder(), course: CourseOutline | undefined = COURSE): string {
  const lesson = readLesson(files, { id: "lesson" });
  return lessonFile({ lesson, folder: files, shared: new Map(), ...(course !== undefined && { course }) }, base64);
}

type Json = Record<string, unknown>;

/** The same with a change. */
function changed(change: (value: Json) => void, text = written()): string {
  const value = JSON.parse(text) as Json;
  change(value);
  return JSON.stringify(value);
}

/** What a file is refused for: one line a problem, or why it is none. */
function refusal(text: string): string {
  try {
    readLessonFile(text);
  } catch (error) {
    if (error instanceof LessonError) return error.message;
    if (error instanceof LessonFileError) return `${error.fault}: ${error.message}`;
    throw error;
  }
  return "";
}

describe("a lesson file", () => {
  it("is read as the lesson that it was made of, mistakes as hints alone", () => {
    const files = folder({ ...withBody("![words](pictures/x.png)"), "pictures/x.png": png(3, 2) });
    const lesson = readLesson(files, { id: "lesson" });
    const read = readLessonFile(written(files));
    expect(read).toEqual({ kind: "lesson", lesson: { ...lesson, mistakes: [] }, course: COURSE, isPreview: false });
    expect(lesson.mistakes).toHaveLength(1);
    expect(written(files)).not.toContain("mistakes/");
  });

  it("holds what the lesson takes of its course, and no more", () => {
    const course = new Map<string, Uint8Array>([
      ["course.json", bytes(JSON.stringify({ format: 1, id: "course", title: COURSE.title, summary: COURSE.summary, lessons: ["lesson"] }))],
      ["shared/files/lines.luau", bytes("return 1")],
      ["shared/files/other.luau", bytes("return 2")],
      ["shared/check/numbers.luau", bytes("return 3")],
    ]);
    const files = folder({ "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["main.luau"], "shared": ["lines.luau"], "failsAt": "one" }` });
    for (const [path, content] of files) course.set(`lesson/${path}`, content);
    const read = readCourse(course);
    const lesson = read.lessonsById.get("lesson")!;
    const text = lessonFile({ lesson, folder: files, shared: course, course: courseOutline(read) }, base64);
    expect(text).not.toContain("other.luau");
    expect(readLessonFile(text)).toEqual({ kind: "lesson", lesson: { ...lesson, mistakes: [] }, course: COURSE, isPreview: false });
    expect(readLessonFile(courseFile(courseOutline(read)))).toEqual({ kind: "course", course: COURSE });
  });

  it("may stand alone, and say that it is a preview", () => {
    const files = folder();
    const lesson = readLesson(files, { id: "lesson" });
    const read = readLessonFile(lessonFile({ lesson, folder: files, shared: new Map(), isPreview: true }, base64));
    expect(read).toMatchObject({ course: undefined, isPreview: true });
  });

  it("tells what a preview has found in its place", () => {
    const problems = [
      { file: "lesson.en.md", line: 3, message: "no title" },
      { file: "check.luau", message: "is missing" },
    ];
    expect(refusal(problemsFile(problems))).toBe("lesson.en.md:3: no title\ncheck.luau: is missing");
    expect(refusal(changed((value) => (value["problems"] = [{ file: { toString: 1, valueOf: 1 } }, null, 7]), problemsFile([])))).toContain("cannot be read");
  });

  it.each([
    ["no JSON", "<!doctype html><title>404</title>", "not-a-lesson: it is not JSON"],
    ["nothing", "", "not-a-lesson"],
    ["other JSON", `{"format":1}`, `not-a-lesson: its "type" is missing`],
    ["a list", "[]", "not-a-lesson"],
    ["brackets without end", "[".repeat(1_000_000), "not-a-lesson"],
    ["a later format", changed((value) => (value["format"] = 2)), "other-format: the format is 2, and this playground reads 1"],
    ["a format in words", changed((value) => (value["format"] = "1")), "other-format"],
    ["no format", changed((value) => delete value["format"]), "other-format: the format is missing"],
    ["an unknown field", changed((value) => (value["html"] = "<b>")), `"html" is unknown`],
    ["an id with a path", changed((value) => (value["id"] = "../programs-that-talk/bytes")), "has other characters"],
    ["an id of the language", changed((value) => (value["id"] = "__proto__")), "has other characters"],
    ["a file outside", changed(({ files }) => ((files as Json)["../../x.luau"] = "")), `"../../x.luau" cannot be the name of a file`],
    ["a file from the root", changed(({ files }) => ((files as Json)["/etc/passwd"] = "")), "cannot be the name of a file"],
    ["a file with a drive", changed(({ files }) => ((files as Json)["C:\\x.luau"] = "")), "cannot be the name of a file"],
    ["a file that nobody reads", changed(({ files }) => ((files as Json)["evil.html"] = "<script>")), "nothing reads this file"],
    ["a file in a folder of files/", changed(({ files }) => ((files as Json)["files/a/b.luau"] = "")), "in no folder"],
    ["a file's name without end", changed(({ files }) => ((files as Json)[`files/${"x".repeat(70)}.luau`] = "")), "may have at most 64"],
    ["a file that is a list", changed(({ files }) => ((files as Json)["check.luau"] = [])), `"files" is an object of at most ${MAX_LESSON_FILES} texts`],
    ["a picture that is no base64", changed((value) => (value["pictures"] = { "pictures/x.png": "%%%" })), "the picture is not base64"],
    [
      "a picture without end",
      changed((value) => (value["pictures"] = { "pictures/x.png": "A".repeat(MAX_PICTURE_BYTES * 2) })),
      "the picture is not base64, or has",
    ],
    ["a picture in place of a text", changed((value) => (value["pictures"] = { "check.luau": "AA==" })), ""],
    [
      "a course with a lesson elsewhere",
      changed((value) => (value["course"] = { ...COURSE, lessons: [{ ...COURSE.lessons[0], id: "https://evil.example/x" }] })),
      "has other characters",
    ],
    [
      "a course without end",
      changed((value) => (value["course"] = { ...COURSE, lessons: Array.from({ length: 61 }, () => COURSE.lessons[0]) })),
      `"lessons" is a list of at most 60`,
    ],
    ["a course that is null", changed((value) => (value["course"] = null)), "the file holds no object"],
    [
      "a title that turns around",
      changed((value) => (value["course"] = { ...COURSE, title: { en: "\u202egpj.exe", ru: "x" } })),
      `"title" has characters that cannot be seen`,
    ],
    [
      "a title with marks without end",
      changed((value) => (value["course"] = { ...COURSE, title: { en: `Z${"\u0335".repeat(50)}`, ru: "x" } })),
      `"title" has characters`,
    ],
    ["a title in one language", changed((value) => (value["course"] = { ...COURSE, title: { en: "x" } })), `in "ru"`],
    [
      "a title without end",
      changed((value) => (value["course"] = { ...COURSE, title: { en: "x".repeat(MAX_TITLE_CHARS + 1), ru: "x" } })),
      `1 to ${MAX_TITLE_CHARS} characters`,
    ],
  ])("of a stranger with %s is refused, or harmless", (_, text, problem) => {
    expect(refusal(text)).toContain(problem);
  });

  it("of a stranger cannot have a picture that fills the memory", () => {
    const files = folder({ ...withBody("![words](pictures/x.png)"), "pictures/x.png": png(3, 2) });
    const bomb = changed((value) => (value["pictures"] = { "pictures/x.png": base64(png(MAX_PICTURE_SIDE * 10, 4)) }), written(files));
    expect(refusal(bomb)).toContain(`and may have ${MAX_PICTURE_SIDE} along a side`);
  });

  it.each([
    ["a sentence", "a\u202egnp.exe"],
    ["an entity", "a &#x202E;gnp.exe"],
    ["code in a sentence", "`a\u2066b`"],
    ["a block of code", "```luau\nlocal x = 1 --\u202e\n```"],
    ["a heading", "### a\u202e"],
    ["a link's text", "[\u202ea](https://example.com)"],
    ["marks on one letter", `a${"\u0301".repeat(40)}`],
    ["a control character", "a\u0007b"],
  ])("turns nothing around: %s is refused, with its line", (_, body) => {
    const text = changed(({ files }) => Object.assign(files as Json, withBody(body)));
    expect(refusal(text)).toMatch(/lesson\.en\.md:\d+: the text has characters that cannot be seen/);
  });

  it("keeps letters of all languages, and joined pictures", () => {
    const body = "Ёжик, żółć, नमस्ते, 한국어, שלום, 👩‍👩‍👧";
    expect(refusal(changed(({ files }) => Object.assign(files as Json, withBody(body))))).toBe("");
  });
});

/** All paths to values of a value. */
function paths(value: unknown): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([name, inner]) => paths(inner).map((path) => [name, ...path]))];
}

describe("whatever stands in a lesson file", () => {
  /** Any value of JSON, of those that take programs by surprise too. */
  const anything = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue() },
    fc.constantFrom<unknown>(null, "", "__proto__", [], {}, -1, 1e308, true, { length: 3 }, { toString: 1, valueOf: 1 }, ["x", "x"], "\u0000", "\ud800"),
  );

  const whole = JSON.parse(written()) as Json;
  const known = paths(whole);

  function put(path: readonly string[], replacement: unknown): unknown {
    if (path.length === 0) return replacement;
    const value = structuredClone(whole);
    let inner = value;
    for (const name of path.slice(0, -1)) inner = inner[name] as Json;
    Object.defineProperty(inner, path.at(-1)!, { value: replacement, enumerable: true, configurable: true, writable: true });
    return value;
  }

  it("is read or refused, by errors that are told", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), anything, (path, value) => {
        refusal(JSON.stringify(put(path, value)) ?? "");
      }),
      { numRuns: rounds({ short: 1_500, full: 50_000 }) },
    );
  });

  it("is read or refused with any text in it", { timeout: 60_000 }, () => {
    const marks = fc.constantFrom(
      "# T\n\n## S\n::step{#one}\n",
      ":::quiz\n",
      ":::\n",
      "- [x] a\n",
      "<b>",
      "[a](javascript:b)",
      "![a](pictures/x.png)\n\n",
      "`",
      "```luau run\n",
      "> ",
      "|a|\n|-|\n",
      "\u202e",
      "&#x202e;",
      "*",
      "_",
      "{#",
      "\n",
      "word ",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, fc.string({ maxLength: 8 })), { maxLength: 60 }), (parts) => {
        const text = JSON.stringify({ ...whole, files: { ...(whole["files"] as Json), "lesson.en.md": parts.join(""), "lesson.ru.md": parts.join("") } });
        refusal(text);
      }),
      { numRuns: rounds({ short: 400, full: 20_000 }) },
    );
  });
});
