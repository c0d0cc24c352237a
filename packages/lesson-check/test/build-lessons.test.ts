import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readLessonFile } from "@playground/lessons";
import { beforeAll, expect, it } from "vitest";
import { makeLesson } from "../src/author/make-lesson.ts";
import { openTarget } from "../src/author/open-target.ts";
import { runCommand } from "../src/run-command.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "zone-build-"));
  return () => rmSync(parent, { recursive: true, force: true });
});

async function run(from: string, ...args: string[]): Promise<{ status: number; text: string }> {
  let text = "";
  const status = await runCommand(args, from, { out: (more) => (text += more), errors: (more) => (text += more), whenStopped: () => Promise.resolve() });
  return { status, text };
}

it("makes a file of each lesson of a course, and one of the course, that are read as the lessons are", async () => {
  const out = join(parent, "course");
  const { status, text } = await run(ROOT, "build", "lessons/programs-that-talk", out);
  expect({ status, text }).toEqual({ status: 0, text: expect.stringContaining("Access-Control-Allow-Origin: *") as unknown });
  const lessons = openTarget("lessons/programs-that-talk", ROOT).map(({ lesson }) => lesson);
  expect(readdirSync(out).sort()).toEqual(["programs-that-talk.course.json", ...lessons.map(({ id }) => `${id}.lesson.json`)].sort());
  for (const lesson of lessons) {
    const source = readFileSync(join(out, `${lesson.id}.lesson.json`), "utf8");
    const read = readLessonFile(source);
    expect(read).toMatchObject({ kind: "lesson", lesson: { ...lesson, mistakes: [] }, course: { id: "programs-that-talk" } });
    // What a phone loads in a second at 10 Mbit/s.
    expect(source.length).toBeLessThan(100_000);
  }
});

it("makes one file of one lesson, in a course or alone", async () => {
  const out = join(parent, "one");
  expect(await run(ROOT, "build", "lessons/programs-that-talk/bytes", out)).toMatchObject({ status: 0 });
  expect(readdirSync(out)).toEqual(["bytes.lesson.json"]);
  makeLesson("alone", parent);
  expect(await run(parent, "build", "alone")).toMatchObject({ status: 0, text: expect.stringContaining("alone.lesson.json (") as unknown });
  expect(readLessonFile(readFileSync(join(parent, "alone.lesson.json"), "utf8"))).toMatchObject({ course: undefined, lesson: { id: "alone" } });
});

it("writes nothing of a lesson that does not hold together, and names file and line", async () => {
  makeLesson("broken", parent);
  writeFileSync(join(parent, "broken/lesson.en.md"), "no title\n");
  expect(await run(parent, "build", "broken", "out")).toEqual({
    status: 1,
    text: expect.stringContaining("broken/lesson.en.md:1: the text begins with its title") as unknown,
  });
  expect(readdirSync(parent)).not.toContain("out");
  expect(await run(parent, "build", "not-there")).toMatchObject({ status: 1, text: expect.stringContaining("there is no such folder") as unknown });
});
