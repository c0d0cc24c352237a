import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { makeLesson } from "../src/author/make-lesson.ts";
import { runCommand } from "../src/run-command.ts";

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "zone-lessons-"));
  return () => rmSync(parent, { recursive: true, force: true });
});

/** A lesson as `new` makes it, with files changed. */
function lesson(changes: Readonly<Record<string, (source: string) => string>> = {}): string {
  const folder = join(parent, `lesson-${Math.random().toString(36).slice(2)}`);
  makeLesson(folder, parent);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, change] of Object.entries(changes)) {
    const before = readFileSync(join(folder, path), "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(join(folder, path), after);
  }
  return folder;
}

/** The same change of the text in both languages. */
function inBothTexts(change: (source: string) => string): Readonly<Record<string, (source: string) => string>> {
  return { "lesson.en.md": change, "lesson.ru.md": change };
}

/** Status, and what was written. */
async function run(...args: string[]): Promise<{ status: number; text: string }> {
  let text = "";
  const status = await runCommand(args, parent, { out: (more) => (text += more), errors: (more) => (text += more), whenStopped: () => Promise.resolve() });
  return { status, text };
}

describe("npm run lessons", () => {
  it("makes a lesson that holds, with several seeds", async () => {
    const { status, text } = await run("new", "greeting");
    expect({ status, text }).toEqual({ status: 0, text: expect.stringContaining("Try it: npm run lessons -- check greeting") as unknown });
    const checked = await run("check", "greeting", "--seeds", "3");
    expect(checked).toEqual({ status: 0, text: expect.stringMatching(/^greeting: holds \(2 steps, 6 trials, [\d.]+ s\)\n1 lesson, 0 problems\n$/) as unknown });
    expect(await run("new", "greeting")).toMatchObject({ status: 1, text: expect.stringContaining("this is there already") as unknown });
  });

  it.each([
    [[], 2, "say check, new, build or preview"],
    [["chek", "x"], 2, '"chek" is unknown'],
    [["check"], 2, "name a folder"],
    [["check", "x", "--seeds", "0"], 2, '--seeds is "0"'],
    [["check", "x", "--fast"], 2, "--fast"],
    [["--help"], 0, "docs/lesson-format.md"],
    [["check", "not-there"], 1, "not-there: there is no such folder"],
    [["new", "Not An Id"], 1, "the folder's name is the lesson's id"],
  ])("%j ends with %i", async (args, status, text) => {
    expect(await run(...args)).toEqual({ status, text: expect.stringContaining(text) as unknown });
    expect(existsSync(join(parent, "Not An Id"))).toBe(false);
  });

  it.each<[string, Readonly<Record<string, (source: string) => string>>, string]>([
    [
      "a start that passes",
      { "files/server.luau": (source) => source.replace("-- Greet whoever has connected.", 'connection:send(zone.byteStream.fromString("hello\\n"))') },
      "files: has to fail at the step greet: every step passed",
    ],
    [
      "a solution that fails",
      { "solution/server.luau": (source) => source.replace("hello", "hallo") },
      'solution: has to pass, and did not with the seed 1: greet failed: The server greets nobody.\n    expected: "hello" (5 bytes)\n    got:      "hallo\\n" (6 bytes)',
    ],
    [
      "a mistake that passes",
      { "mistakes/no-line-break/server.luau": (source) => source.replace('"hello"', '"hello\\n"') },
      "no mistake was recognised: every step passed",
    ],
    [
      "a mistake that the check does not know",
      { "check.luau": (source) => source.replace('\t\tmistake = "no-line-break",\n', "") },
      "has to fail at the step greet as this mistake; no mistake was recognised: greet failed",
    ],
    [
      "a check at fault",
      { "check.luau": (source) => source.replace("check.expectListening", "check.expectListenin") },
      "greet check-at-fault: The check itself is at fault",
    ],
    [
      "a check that runs out of time with one of the trials, also by itself",
      {
        "mistakes/no-line-break/server.luau": (source) => `-- slow\n${source}`,
        "check.luau": (source) =>
          source
            .replace("check.start(", 'if check.source("server.luau"):find("slow") then check.wait(9) end\n\tcheck.start(')
            .replace(/end\)\n$/, "end, { seconds = 4 })\n"),
      },
      "the step greet took longer than 4 s",
    ],
    [
      "how many lines a check has printed",
      {
        "solution/server.luau": (source) => source.replace("hello", "hallo"),
        "check.luau": (source) => `for number = 1, 7 do print(\`line {number}\`) end\n${source}`,
      },
      "the check printed (the newest 5 of the 7 lines that are kept): line 3 | line 4",
    ],
    ["a solution that is not strict", { "solution/server.luau": (source) => `local x: number = "x"\n${source}` }, "solution/server.luau:1: TypeMismatch"],
    ["a check that is not strict", { "check.luau": (source) => source.replace("check.connect(8080)", 'check.connect("8080")') }, "check.luau:"],
    [
      "code of the text that is not strict",
      inBothTexts((source) => source.replace("local server = zone", "local server: number = zone")),
      "lesson.en.md: the code for server.luau in the step greet does not hold, in its line 1: TypeMismatch",
    ],
    [
      "code of the text that does not compile",
      inBothTexts((source) => source.replace(/^## (?=Think|Подумай)/m, '## Before\n::step{#before kind="read"}\n\n```luau run\nprint(\n```\n\n## ')),
      "lesson.en.md: the code to run in the step before does not hold, in its line 1: SyntaxError",
    ],
    [
      "a last hint that is not enough",
      inBothTexts((source) => source.replace('"hello\\n"', '"hallo\\n"')),
      "lesson.en.md: the step greet has to pass with what its last hint shows, and does not: greet failed: The server greets nobody.",
    ],
    [
      "other code in one language",
      { "lesson.ru.md": (source) => source.replace('"hello\\n"', '"hello!\\n"') },
      "lesson.ru.md:5: the code of the step greet is another one",
    ],
    [
      "a link to no topic",
      { "lesson.en.md": (source) => source.replace("A server waits for clients.", "[A server](reference:zone.sokket) waits.") },
      "lesson.en.md:3: the reference has no topic zone.sokket",
    ],
  ])("tells %s, and ends with 1", async (_, changes, problem) => {
    const { status, text } = await run("check", lesson(changes));
    expect(text).toContain(problem);
    expect(status).toBe(1);
  });

  it("gives findings as JSON", async () => {
    const folder = lesson({ "lesson.en.md": (source) => source.replace("A server waits for clients.", "[A server](reference:zone.sokket) waits.") });
    const { status, text } = await run("check", "--json", folder);
    expect(JSON.parse(text)).toEqual([{ file: join(folder, "lesson.en.md"), line: 3, message: "the reference has no topic zone.sokket" }]);
    expect(status).toBe(1);
  });
});
