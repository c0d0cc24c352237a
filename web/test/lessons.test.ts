import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readCourse } from "@playground/lessons";
import { describe, expect, it } from "vitest";
import { lessonLink, lessonOfHash } from "../src/lessons/lesson-address.ts";
import { lessonData, lessonOf } from "../src/lessons/lesson-data.ts";
import { progressFile, ProgressFileError, readProgressFile } from "../src/lessons/progress-file.ts";
import { progressReport, reportPage } from "../src/lessons/progress-report.ts";
import { LessonProgress } from "../src/lessons/lesson-progress.ts";
import { lessonProject } from "../src/lessons/lesson-project.ts";
import { firstHunk, lineDiff, withHunk } from "../src/lessons/line-diff.ts";
import { safeStorage } from "../src/storage/safe-storage.ts";

const FOLDER = fileURLToPath(new URL("../../lessons/programs-that-talk", import.meta.url));

function readFolder(): Map<string, Uint8Array> {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => [relative(FOLDER, join(parentPath, name)).split(sep).join("/"), new Uint8Array(readFileSync(join(parentPath, name)))]),
  );
}

/** Read once: it takes a while. */
const LESSONS = readCourse(readFolder()).lessonsById;

/** A store that keeps nothing, or all. */
function storage(isFull = false): ReturnType<typeof safeStorage> {
  const kept = new Map<string, string>();
  return safeStorage(
    () =>
      ({
        get length() {
          return kept.size;
        },
        key: (index: number) => [...kept.keys()][index] ?? null,
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => {
          if (isFull) throw new DOMException("full", "QuotaExceededError");
          kept.set(key, value);
        },
      }) as unknown as Storage,
  );
}

describe("a lesson's address", () => {
  it("names a lesson, and perhaps a step", () => {
    expect(lessonOfHash("#lesson=programs-that-talk/a-server-waits&step=number")).toEqual({ lesson: "programs-that-talk/a-server-waits", step: "number" });
    expect(lessonOfHash("#lesson=a/b")).toEqual({ lesson: "a/b", step: undefined });
    expect(lessonOfHash("#reference=zone")).toBeUndefined();
    expect(lessonOfHash("")).toBeUndefined();
  });
  it("is written as it is read", () => {
    const place = { lesson: "a/b", step: "c" };
    const link = lessonLink(place, { origin: "http://here" });
    expect(link).toBe("http://here/#lesson=a/b&step=c");
    expect(lessonOfHash(new URL(link).hash)).toEqual(place);
  });
});

describe("a lesson on its way to the page", () => {
  it("comes out of JSON as it was, mistakes' hints and pictures too", () => {
    const picture = Uint8Array.of(0, 128, 255, 10);
    for (const lesson of LESSONS.values()) {
      const data = lessonData({ ...lesson, pictures: new Map([["pictures/a.png", picture]]) }, (bytes) => Buffer.from(bytes).toString("base64"));
      const content = lessonOf(JSON.parse(JSON.stringify(data)));
      expect(content.text).toEqual(lesson.text);
      expect(content.files).toEqual(lesson.files);
      expect(content.solution).toEqual(lesson.solution);
      expect(content.check).toEqual(lesson.check);
      expect(content.pictures.get("pictures/a.png")).toEqual(picture);
      // Files with mistakes are of no use to a learner.
      expect(content).not.toHaveProperty("mistakes");
    }
  });
  it("becomes a project of its own, with its programs and the file to begin with", () => {
    const lesson = LESSONS.get("a-server-waits");
    const project = lessonProject("programs-that-talk/a-server-waits", lesson!, "lobby");
    expect(project.id).toBe("lesson-programs-that-talk/a-server-waits");
    expect(project.files.map(({ name, isProgram }) => [name, isProgram])).toEqual([
      ["server.luau", true],
      ["client.luau", true],
    ]);
    expect(project.settings).toEqual({ checkMode: "strict", lesson: "programs-that-talk/a-server-waits" });
    expect(project.active).toBe("server.luau");
  });
});

describe("progress", () => {
  it("is kept for each lesson, and what was passed first stays", () => {
    const kept = storage();
    const progress = new LessonProgress(kept);
    progress.pass("a/b", ["one"], 1);
    progress.goTo("a/b", "two");
    progress.pass("a/b", ["one", "two"], 2);
    expect(new LessonProgress(kept).of("a/b")).toEqual({ step: "two", passed: { one: 1, two: 2 } });
    expect(progress.of("a/c")).toEqual({ step: undefined, passed: {} });
  });
  it("serves while the page is open where nothing can be kept", () => {
    const progress = new LessonProgress(storage(true));
    progress.pass("a/b", ["one"], 1);
    expect(progress.of("a/b").passed).toEqual({ one: 1 });
  });
  it.each(["", "[", "null", "3", '{"step":4,"passed":[]}', '{"passed":{"one":"yes"}}'])("reads nothing out of %j", (text) => {
    const kept = storage();
    kept.write("zone-playground:lesson:a/b", text);
    expect(new LessonProgress(kept).of("a/b")).toEqual({ step: undefined, passed: {} });
  });
});

const read = (given: unknown): ReturnType<typeof readProgressFile> =>
  readProgressFile(new TextEncoder().encode(typeof given === "string" ? given : JSON.stringify(given)));
const file = (lessons: unknown, more: object = {}): object => ({ format: "zone-playground-progress", version: 1, lessons, ...more });

describe("a file of progress", () => {
  it("takes what was passed to another browser, where it is added and takes nothing away", () => {
    const here = new LessonProgress(storage());
    here.pass("a/b", ["one"], 1_000);
    here.goTo("a/b", "two");
    here.goTo("a/c", "intro");
    const written = progressFile(here.all(), "Аня, 7 «Б»", 5_000);
    expect(JSON.parse(written)).toEqual({
      format: "zone-playground-progress",
      version: 1,
      saved: "1970-01-01T00:00:05.000Z",
      name: "Аня, 7 «Б»",
      lessons: { "a/b": { step: "two", passed: { one: "1970-01-01T00:00:01.000Z" } }, "a/c": { step: "intro", passed: {} } },
    });
    const there = new LessonProgress(storage());
    there.pass("a/b", ["one"], 3_000);
    there.pass("a/b", ["three"], 3_000);
    expect(there.merge(read(written))).toBe(0);
    expect(there.of("a/b")).toEqual({ step: "two", passed: { one: 3_000, three: 3_000 } });
    here.pass("a/b", ["two", "four"], 4_000);
    there.goTo("a/b", "three");
    expect(there.merge(read(progressFile(here.all(), "", 0)))).toBe(2);
    expect(there.of("a/b")).toEqual({ step: "three", passed: { one: 3_000, two: 4_000, three: 3_000, four: 4_000 } });
  });

  it("is read where the browser keeps nothing, too", () => {
    const progress = new LessonProgress(storage(true));
    expect(progress.merge(read(file({ "a/b": { passed: { one: "2026-11-29T10:00:00Z" } } })))).toBe(1);
    expect(progress.all().get("a/b")?.passed).toEqual({ one: Date.UTC(2026, 10, 29, 10) });
  });

  it.each<[string, unknown, RegExp]>([
    ["another file", "hello", /not a file of progress/],
    ["bytes that are no text", "\ud800", /not a file of progress/],
    ["a list", [], /not a file of progress/],
    ["another format", { format: "x", version: 1, lessons: {} }, /not a file of progress/],
    ["no lessons", file([]), /not a file of progress/],
    ["another version", file({}, { version: 2 }), /version 2; this page reads version 1/],
    ["a version that is long", file({}, { version: "9".repeat(999) }), /version 9{60}…;/],
    ["no id", file({ "": { passed: {} } }), /damaged/],
    ["a lesson that is none", file({ "a/b": 1 }), /the lesson a\/b cannot be read/],
    ["no passed steps", file({ "a/b": { passed: [] } }), /the lesson a\/b cannot be read/],
    ["a step that is none", file({ "a/b": { step: {}, passed: {} } }), /the lesson a\/b cannot be read/],
    ["a step with another name", file({ "a/b": { passed: { "<b>": "2026-11-29T10:00:00Z" } } }), /the lesson a\/b cannot be read/],
    ["a time that is none", file({ "a/b": { passed: { one: 5 } } }), /no time that can be read in a\/b: 5/],
    [
      "too many steps",
      file({ "a/b": { passed: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`s${index}`, "2026-11-29T10:00:00Z"])) } }),
      /cannot be read/,
    ],
    ["too many lessons", file(Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`a/${index}`, { passed: {} }]))), /the limit is 300/],
    ["too much", "x".repeat(512 * 1024 + 1), /at most 512 KB/],
  ])("that has %s is refused with a word on what is wrong", (_name, text, message) => {
    expect(() => read(text)).toThrow(ProgressFileError);
    expect(() => read(text)).toThrow(message);
  });

  it("has names that mean something to JavaScript as names of lessons and no more", () => {
    const progress = new LessonProgress(storage());
    progress.merge(read('{"format":"zone-playground-progress","version":1,"lessons":{"__proto__":{"passed":{"one":"2026-11-29T10:00:00Z"}}}}'));
    expect(progress.all().size).toBe(1);
    expect(({} as Record<string, unknown>)["passed"]).toBeUndefined();
  });
});

const step = (id: string, kind: "check" | "read") => ({ id, kind });
const title = (text: string) => ({ en: text, ru: text });

describe("a report of progress", () => {
  const courses = [
    {
      id: "a",
      title: title("Course"),
      summary: title(""),
      lessons: [
        {
          id: "a/b",
          title: title("Bytes"),
          minutes: 1,
          steps: [step("one", "check"), step("two", "check"), step("end", "read")],
          stepTitles: { one: title("First <b>") },
        },
        { id: "a/c", title: title("Calls"), minutes: 1, steps: [step("one", "check")] },
      ],
    },
  ];

  it("tells what is passed, course by course and in the order of steps, and what is in no course", () => {
    const progress = new LessonProgress(storage());
    expect(progressReport(courses, progress.all())).toEqual([]);
    progress.goTo("a/b", "one");
    expect(progressReport(courses, progress.all())).toEqual([]);
    progress.pass("a/b", ["gone"], 3);
    progress.pass("a/b", ["two"], 2);
    progress.pass("a/b", ["one"], 1);
    progress.pass("https://elsewhere/lesson", ["x"], 4);
    const [course, others] = progressReport(courses, progress.all());
    expect(course).toMatchObject({ title: "Course", state: "Lessons done: 1 of 2" });
    expect(course?.lessons).toEqual([
      {
        id: "a/b",
        title: "Bytes",
        state: "done",
        isDone: true,
        steps: [
          { title: "First <b>", at: 1 },
          { title: "two", at: 2 },
          { title: "gone", at: 3 },
        ],
      },
    ]);
    expect(others).toMatchObject({ title: undefined, lessons: [{ title: "https://elsewhere/lesson", isDone: false }] });
  });

  it("is a page in which nothing acts that comes from elsewhere", () => {
    const progress = new LessonProgress(storage());
    progress.pass("a/b", ["one"], 1);
    progress.pass('<script>alert("x")</script>', ["x"], 1e300);
    const page = reportPage(progressReport(courses, progress.all()), '<img src=x onerror="x">', 0);
    expect(page).toContain("First &lt;b&gt;");
    expect(page).not.toMatch(/<script|<img|onerror="/);
    expect(page).toContain("no proof");
  });
});

const shown = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => ({ same: " ", removed: "-", added: "+" })[kind] + text)
    .join("|");
describe("one difference after the other", () => {
  it.each([
    ["a\nb\nc\nd\ne", "a\nB\nc\ne\nf"],
    ["", "a\nb"],
    ["a\n", "b\n"],
    ["x\na\ny\nb\nz", "a\nb"],
    ["same", "same"],
  ])("makes of %j what is wanted, and changes nothing else on the way", (before, after) => {
    let text = before;
    let count = 0;
    for (; count < 10; count++) {
      const lines = lineDiff(text, after);
      const hunk = firstHunk(lines);
      if (hunk === undefined) break;
      const next = withHunk(lines, hunk);
      // What stands behind the difference is as it was.
      const behind = lines.slice(hunk.to).flatMap((line) => (line.kind === "added" ? [] : [line.text]));
      expect(next.endsWith(behind.join("\n"))).toBe(true);
      text = next;
    }
    expect(text).toBe(after);
    expect(count).toBeLessThan(10);
  });
  it("is one stretch of lines", () => {
    const lines = lineDiff("a\nb\nc\nd", "a\nB\nc\nD");
    expect(firstHunk(lines)).toEqual({ from: 1, to: 3 });
    expect(withHunk(lines, { from: 1, to: 3 })).toBe("a\nB\nc\nd");
    expect(firstHunk(lineDiff("a", "a"))).toBeUndefined();
  });
});

describe("lineDiff", () => {
  it("tells lines that go and come", () => {
    expect(shown("a\nb\nc", "a\nc\nd")).toBe(" a|-b| c|+d");
    expect(shown("a\nb", "a\nb")).toBe(" a| b");
    expect(shown("a", "b")).toBe("-a|+b");
  });
  it("takes long texts, and shows the rest as changed", () => {
    const long = Array.from({ length: 1_500 }, (_, index) => `line ${index}`).join("\n");
    const lines = lineDiff(long, long);
    expect(lines.filter(({ kind }) => kind === "same")).toHaveLength(1_000);
    expect(lines).toHaveLength(2_000);
  });
});
