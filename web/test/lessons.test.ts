import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { readCourse } from "@playground/lessons";
import { describe, expect, it } from "vitest";
import { lessonLink, lessonOfHash } from "../src/lessons/lesson-address.ts";
import { lessonData, lessonOf } from "../src/lessons/lesson-data.ts";
import { LessonProgress } from "../src/lessons/lesson-progress.ts";
import { lessonProject } from "../src/lessons/lesson-project.ts";
import { lineDiff } from "../src/lessons/line-diff.ts";
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

const shown = (before: string, after: string): string =>
  lineDiff(before, after)
    .map(({ kind, text }) => ({ same: " ", removed: "-", added: "+" })[kind] + text)
    .join("|");
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
