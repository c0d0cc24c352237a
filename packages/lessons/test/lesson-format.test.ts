import { describe, expect, it } from "vitest";
import { isRightChoice, isRightPrediction, LessonError, readCourse } from "../src/index.ts";
import { folder, read, refusal, text, withBody } from "./support/lesson-folder.ts";

function code(source: string): string {
  return `\`\`\`luau\n${source}\n\`\`\``;
}

/** Both texts, with a step that holds this and nothing else. */
function bodies(body: string): Record<string, string> {
  return { "lesson.en.md": `# T\n\n## S\n::step{#one}\n\n${body}\n`, "lesson.ru.md": `# Н\n\n## Ш\n::step{#one}\n\n${body}\n` };
}

describe("a lesson's folder", () => {
  it("becomes a lesson with its steps, files, solution and mistakes whole", () => {
    const lesson = read({ "files/lines.luau": "return 1" });
    expect(lesson).toMatchObject({
      id: "lesson",
      minutes: 5,
      title: { en: "Title", ru: "Название" },
      programs: ["main.luau"],
      open: "main.luau",
      failsAt: "one",
    });
    expect(lesson.steps).toEqual([{ id: "one", kind: "check" }]);
    expect([...lesson.files]).toEqual([
      ["main.luau", "-- start"],
      ["lines.luau", "return 1"],
    ]);
    expect([...lesson.solution]).toEqual([
      ["main.luau", "print(1)"],
      ["lines.luau", "return 1"],
    ]);
    expect(lesson.mistakes).toEqual([{ name: "two", step: "one", files: new Map([...lesson.solution, ["main.luau", "print(2)"]]) }]);
  });

  it.each([
    ["no lesson.json", { "lesson.json": null }, "lesson.json: the file is missing"],
    ["no JSON", { "lesson.json": "{" }, "lesson.json: the file is not JSON"],
    [
      "another version",
      { "lesson.json": `{ "format": 2, "minutes": 5, "programs": ["main.luau"], "failsAt": "one" }` },
      '"format" is 2; this playground reads 1',
    ],
    ["a field with a slip", { "lesson.json": `{ "format": 1, "minuts": 5, "programs": ["main.luau"], "failsAt": "one" }` }, '"minuts" is unknown'],
    [
      "a program that is not there",
      { "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["server.luau"], "failsAt": "one" }` },
      "server.luau is named, and is not in files/",
    ],
    ["a step that is not there", { "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["main.luau"], "failsAt": "two" }` }, '"failsAt" names the step'],
    ["one language alone", { "lesson.ru.md": null }, "lesson.ru.md: the file is missing"],
    ["no check", { "check.luau": null }, "check.luau: the file is missing"],
    ["a solution of another file", { "solution/server.luau": "" }, "solution/server.luau: files/ has no server.luau"],
    ["a mistake without a hint", { "mistakes/three/main.luau": "" }, "mistakes/three: no step has a hint for it"],
    ["a hint without a mistake", { "mistakes/two/main.luau": null }, "there is no folder mistakes/two"],
    ["a file that nothing reads", { "chek.luau": "" }, "chek.luau: nothing reads this file"],
    ["a path out of the folder", { "files/../../x.luau": "" }, "files/../../x.luau: a lesson's files are name.luau"],
    ["bytes that are no text", { "check.luau": new Uint8Array([0xff]) }, "check.luau: the file is not text in UTF-8"],
  ])("%s is told", (_, changes, problem) => {
    expect(refusal(changes)).toContain(problem);
  });

  it("tells all problems at once, with file and line", () => {
    expect(refusal({ ...withBody("![](pictures/x.png)\n\n[a](b)"), "files/a b.luau": "" }).split("\n")).toEqual([
      "files/a b.luau: a lesson's files are name.luau, in letters a to z, digits, - and _, and in no folder",
      "lesson.en.md:6: say in words what the picture shows: ![words](pictures/…)",
      "lesson.en.md:8: the link b leads nowhere; write https://…, reference:… or lesson:…",
      "lesson.ru.md:6: say in words what the picture shows: ![words](pictures/…)",
      "lesson.ru.md:8: the link b leads nowhere; write https://…, reference:… or lesson:…",
    ]);
  });
});

it("a directive without an end is told as that, and not by what follows", () => {
  const unclosed = bodies(":::note\nWords.\n\n## Next\n::step{#next}\n\n:::hint\nHint.\n:::");
  expect(refusal(unclosed).split("\n")).toEqual(
    ["en", "ru"].map((language) => `lesson.${language}.md:6: :::note has no end before the step in line 9; close it with ::: on a line of its own`),
  );
});

describe("both languages", () => {
  it.each([
    ["another step", { "lesson.ru.md": text("Название", "").replace("#one", "#two") }, "the steps are two, and in lesson.en.md one"],
    ["other code", { "lesson.en.md": text("T", code("print(1)")), "lesson.ru.md": text("Н", code("print(2)")) }, "lesson.ru.md:3: the code of the step one"],
    ["other code in a list", { "lesson.en.md": text("T", "- a\n\n  ```\n  1\n  ```"), "lesson.ru.md": text("Н", "- a") }, "the code of the step one"],
    ["another number of hints", { "lesson.ru.md": text("Н", ":::hint\nх\n:::") }, "the number of hints of the step one"],
  ])("%s in one is told", (_, changes, problem) => {
    expect(refusal(changes)).toContain(problem);
  });

  it("may have other words", () => {
    expect(refusal({ "lesson.ru.md": text("Н", "Слова, *и* ещё слова.\n\nИ ещё.") })).toBe("");
  });
});

describe("questions", () => {
  const question = (body: string) =>
    read({ ...withBody(body), "check.luau": null, "mistakes/two/main.luau": null, "lesson.json": QUESTION_JSON, ...bodies(body) });
  const QUESTION_JSON = `{ "format": 1, "minutes": 5, "programs": ["main.luau"] }`;

  it("a quiz knows its right answers, with marks in their words", () => {
    const lesson = question(":::quiz\nWhich?\n\n- [x] `a` or\n- [ ] b\n- [x] *c*\n\nBecause.\n:::");
    expect(lesson.steps).toEqual([{ id: "one", kind: "quiz" }]);
    const quiz = lesson.text.en.steps[0]!.quiz!;
    expect(quiz).toMatchObject({ isMultiple: true, explanation: [{ type: "paragraph", children: [{ type: "text", text: "Because." }] }] });
    expect(quiz.answers[0]!.children).toContainEqual({ type: "code", text: "a" });
    expect(isRightChoice(quiz, new Set([0, 2]))).toBe(true);
    expect(isRightChoice(quiz, new Set([0]))).toBe(false);
    expect(isRightChoice(quiz, new Set([0, 1, 2]))).toBe(false);
  });

  it("a prediction is right whatever the spaces around its lines", () => {
    const predict = question(":::predict\nWhat?\n\n```answer\nA\nB\n```\n\n```answer\nAB\n```\n\nSo it is.\n:::").text.ru.steps[0]!.predict!;
    expect(predict.answers).toEqual(["A\nB", "AB"]);
    expect(isRightPrediction(predict, " A \nB\n\n")).toBe(true);
    expect(isRightPrediction(predict, "AB")).toBe(true);
    expect(isRightPrediction(predict, "A B")).toBe(false);
  });

  it("is told where the right answer is another one in the other language", () => {
    const english = bodies(":::quiz\n?\n\n- [x] a\n- [ ] b\n:::")["lesson.en.md"]!;
    expect(refusal({ ...bodies(":::quiz\n?\n\n- [ ] a\n- [x] b\n:::"), "lesson.en.md": english })).toContain("the list of right answers of the step one");
  });

  it.each([
    [":::quiz\n?\n\n- [ ] a\n- [ ] b\n:::", "no answer is right"],
    [":::quiz\n?\n\n- [x] a\n:::", "a question has 2 to 8 answers, this one 1"],
    [":::quiz\n?\n\n- a\n- [x] b\n:::", "begins with [x]"],
    [":::quiz\nno list\n:::", ":::quiz needs a list"],
    [":::predict\nno answer\n:::", ":::predict needs what the answer is"],
  ])("%j is told", (body, problem) => {
    expect(refusal(bodies(body))).toContain(problem);
  });
});

describe("a course", () => {
  const COURSE = `{ "format": 1, "id": "course", "title": { "en": "C", "ru": "К" }, "summary": { "en": "S", "ru": "С" }, "lessons": ["first"] }`;
  const course = (changes: Record<string, string> = {}, lesson: Record<string, string> = {}) =>
    new Map([
      ...[...folder(lesson)].map(([path, bytes]) => [`first/${path}`, bytes] as const),
      ...Object.entries({ "course.json": COURSE, ...changes }).map(([path, source]) => [path, new TextEncoder().encode(source)] as const),
    ]);

  it("has its lessons in order, with the files that they share", () => {
    const shared = { "lesson.json": `{ "format": 1, "minutes": 5, "programs": ["main.luau"], "failsAt": "one", "shared": ["lines.luau"] }` };
    const lesson = readCourse(course({ "shared/files/lines.luau": "return 2", "shared/check/numbers.luau": "return 3" }, shared)).lessonsById.get("first")!;
    expect(lesson.files.get("lines.luau")).toBe("return 2");
    expect(lesson.solution.get("lines.luau")).toBe("return 2");
    expect([...lesson.check!]).toEqual([
      ["check.luau", ""],
      ["shared/numbers.luau", "return 3"],
    ]);
  });

  it("tells a folder that is in no list, and a link to a lesson that is not there", () => {
    const files = course({}, { ...withBody("[next](lesson:second)") });
    for (const [path, bytes] of folder()) files.set(`other/${path}`, bytes);
    expect(() => readCourse(files)).toThrow(LessonError);
    expect(() => readCourse(files)).toThrow(
      /^first\/lesson\.en\.md:6: there is no lesson second in the course\n(?:.*\n)*course\.json: the folder other is in no list/,
    );
  });
});
