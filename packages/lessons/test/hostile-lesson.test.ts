import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../src/index.ts";
import {
  MAX_LESSON_BYTES,
  MAX_LESSON_FILES,
  MAX_LINE_CHARS,
  MAX_NESTING,
  MAX_PICTURE_SIDE,
  MAX_SOURCE_BYTES,
  MAX_STEPS,
  MAX_TEXT_BYTES,
} from "../src/limits.ts";
import { png, read, refusal, withBody } from "./support/lesson-folder.ts";

/** Every link of the text, wherever it stands. */
function addresses(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url!);
}

describe("what a stranger may write into a text", () => {
  it.each([
    ["a script", "<script>alert(1)</script>", "HTML is not shown"],
    ["a script in a sentence", "a <img src=x onerror=alert(1)> b", "HTML is not shown"],
    ["an iframe in a quote", "> <iframe src=https://example.com></iframe>", "HTML is not shown"],
    ["HTML in a table", "| a |\n| - |\n| <b onclick=x>b</b> |", "HTML is not shown"],
    ["HTML in a title", "### <b>x</b>", "HTML is not shown"],
    ["a comment", "<!-- x -->", "HTML is not shown"],
    ["a script behind a link", "[a](javascript:alert(1))", "has the scheme javascript:"],
    ["the same in other letters", "[a](JaVaScRiPt:alert(1))", "has the scheme javascript:"],
    ["the same with a tab", "[a](<java\tscript:alert(1)>)", "has the scheme javascript:"],
    ["the same with entities", "[a](&#106;avascript&colon;alert(1))", "has the scheme javascript:"],
    ["the same as an address alone", "<javascript:alert(1)>", "has the scheme javascript:"],
    ["data behind a link", "[a](data:text/html,<script>1</script>)", "has the scheme data:"],
    ["a file behind a link", "[a](file:///etc/passwd)", "has the scheme file:"],
    ["an address without a scheme", "[a](//example.com)", "leads nowhere"],
    ["a name that looks like a host", "[a](https://bank.example@evil.example/)", "has a name in front of its host"],
    ["an address elsewhere in the text", "[a][b]\n\n[b]: javascript:alert(1)", "write links as"],
    ["a picture from elsewhere", "![a](https://example.com/spy.png)", "has to be one of the lesson's own"],
    ["a picture from above", "![a](pictures/../../x.png)", "has to be one of the lesson's own"],
    ["a picture as data", "![a](data:image/png;base64,AAAA)", "has to be one of the lesson's own"],
    ["a picture with a script", "![a](pictures/x.svg)", "has to be one of the lesson's own"],
    ["a picture in a sentence", "a ![b](pictures/x.png)", "a paragraph of its own"],
    ["an unknown directive", ":::script\nx\n:::", ":::script is unknown"],
    ["an unknown directive on one line", "::iframe{src=x}", "::iframe is unknown"],
    ["an unknown word behind a fence", "```luau onclick=x\n```", '"onclick=x" behind the language'],
    ["a file with a path", "```luau open file=../x.luau\n```", '"file=../x.luau" behind the language'],
  ])("%s is refused", (_, body, problem) => {
    expect(refusal(withBody(body))).toContain(problem);
  });

  it("lets through links of the web, the reference and the course, and nothing of HTML in code", () => {
    const lesson = read(withBody("[a](https://example.com/?a=b&c) [b](HTTP://example.com) [c](reference:zone.update) `<script>`\n\n```html\n<script>\n```"));
    for (const language of LANGUAGES) expect(addresses(lesson.text[language])).toEqual(["https://example.com/?a=b&c", "http://example.com/"]);
    expect(lesson.references.map(({ topic, line }) => `${topic} ${line}`)).toEqual(["zone.update 6", "zone.update 6"]);
  });

  it("keeps a colon in a sentence, as in an address with a port", () => {
    const [block] = read(withBody("Connect to 127.0.0.1:8080, in a:step.")).text.en.steps[0]!.body;
    expect(block).toEqual({ type: "paragraph", children: [{ type: "text", text: "Connect to 127.0.0.1:8080, in a:step." }] });
  });
});

describe("how much a stranger may write", () => {
  const shown = withBody("![a](pictures/x.png)");

  it.each([
    ["a text that is too long", withBody("word ".repeat(MAX_TEXT_BYTES / 5)), `may have at most ${MAX_TEXT_BYTES}`],
    ["a line that is too long", withBody("x".repeat(MAX_LINE_CHARS + 1)), `may have at most ${MAX_LINE_CHARS}; break it`],
    ["quotes in quotes", withBody(`${"> ".repeat(MAX_NESTING + 2)}x`), `nested more than ${MAX_NESTING} deep`],
    ["quotes in quotes without end", withBody(`${">".repeat(1_000)} x`), "begins with 1000 marks"],
    ["lists in lists", withBody(Array.from({ length: 12 }, (_, depth) => `${"  ".repeat(depth)}- x`).join("\n")), `nested more than ${MAX_NESTING} deep`],
    [
      "directives in directives",
      withBody(Array.from({ length: 12 }, (_, depth) => `${":".repeat(20 - depth)}note`).join("\n")),
      `nested more than ${MAX_NESTING} deep`,
    ],
    ["marks in marks", withBody(`${"*a _b ".repeat(20)}x${"_ *".repeat(20)}`), ""],
    ["a thousand steps", withBody(Array.from({ length: 1_000 }, (_, step) => `## S\n::step{#s${step}}\n`).join("\n")), `may have at most ${MAX_STEPS}`],
    ["ten thousand parts", withBody("*a* ".repeat(400).concat("\n\n").repeat(30)), "more than 10000 parts"],
    ["a source that is too long", { "files/main.luau": "x".repeat(MAX_SOURCE_BYTES + 1) }, `may have at most ${MAX_SOURCE_BYTES}`],
    [
      "files without end",
      Object.fromEntries(Array.from({ length: MAX_LESSON_FILES }, (_, name) => [`files/f${name}.luau`, ""])),
      `may have at most ${MAX_LESSON_FILES}`,
    ],
    ["megabytes", { "files/main.luau": "x".repeat(MAX_LESSON_BYTES) }, `may have at most ${MAX_LESSON_BYTES}`],
    ["a picture of gigabytes in 33 bytes", { ...shown, "pictures/x.png": png(65_535, 65_535) }, `may have ${MAX_PICTURE_SIDE} along a side`],
    ["a picture that is too wide", { ...shown, "pictures/x.png": png(MAX_PICTURE_SIDE + 1, 1) }, `may have ${MAX_PICTURE_SIDE} along a side`],
    ["a picture that is too tall", { ...shown, "pictures/x.png": png(1, MAX_PICTURE_SIDE + 1) }, `may have ${MAX_PICTURE_SIDE} along a side`],
    ["a picture that is none", { ...shown, "pictures/x.png": "<svg/>" }, "is not a PNG or WebP"],
    ["a picture that is not there", shown, "the picture pictures/x.png is not there"],
    ["a picture that nobody shows", { "pictures/x.png": png(1, 1) }, "no text shows this picture"],
  ])("%s is refused", (_, changes, problem) => {
    expect(refusal(changes)).toContain(problem);
  });

  it("a picture of the right size is the lesson's", () => {
    const lesson = read({ ...shown, "pictures/x.png": png(MAX_PICTURE_SIDE, 1) });
    expect([...lesson.pictures.keys()]).toEqual(["pictures/x.png"]);
  });

  it.each([
    ["brackets", "[".repeat(1_900)],
    ["stars", "*a ".repeat(600)],
    ["backticks", Array.from({ length: 60 }, (_, count) => "`".repeat(count + 1)).join("a")],
    ["entities", "&#x".repeat(600)],
    ["links", "[a](".repeat(450)],
    ["pipes", "|".repeat(1_900)],
    ["braces", `::a{${"a ".repeat(900)}`],
    ["underscores", "_".repeat(1_900)],
  ])("a text full of %s does not hold the parser up", (_, line) => {
    const lines = Math.floor((MAX_TEXT_BYTES - 500) / (line.length + 2));
    // A parser that goes wild takes minutes, which the time limit of a test ends.
    expect(refusal(withBody(`${line}\n\n`.repeat(lines)))).not.toContain("may have at most");
  });
});
