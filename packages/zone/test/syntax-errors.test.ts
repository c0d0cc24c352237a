import { describe, expect, test } from "vitest";
import { explainError } from "../src/reference/error-explanations.ts";
import { explainSyntaxError } from "../src/reference/syntax-errors.ts";
import { run } from "./support/run-program.ts";

/** What is said below the fault of a source that cannot be read. */
async function explained(source: string): Promise<{ readonly en: string; readonly ru: string }> {
  const program = await run(source);
  await program.ended();
  const error = program.lines.findIndex(({ level }) => level === "error");
  const notice = program.lines[error + 1]?.detail?.notice;
  if (notice?.code !== "error-explained" || notice.explanation.kind !== "syntax") throw new Error(`nothing explains ${source}`);
  return { en: explainError(notice.explanation, "en"), ru: explainError(notice.explanation, "ru") };
}

describe("what Luau cannot read is explained", () => {
  test.each([
    ["a block without end", "function zone.update(dt)\n\tif dt > 1 then\n\t\tprint(dt)\nend\n", "begins with `then` in line 2 is not closed: add `end`"],
    ["a function without end", "local function f()\n\tprint(1)\n", "begins with `function` in line 1 is not closed: add `end`"],
    ["repeat without until", "repeat\n\tprint(1)\n", "begins with `repeat` in line 1 is not closed: add `until`"],
    ["else if", "local x = 1\nif x == 1 then\n\tprint(1)\nelse if x == 2 then\n\tprint(2)\nend\n", "`elseif` is one word"],
    ["elif", "local x = 1\nif x == 1 then\n\tprint(1)\nelif x == 2 then\n\tprint(2)\nend\n", "no `elif`: use `elseif`"],
    ["a quote that is missing", 'print("hello)\nprint(1)\n', "second quote must stand in the same line"],
    ["quotes of a text editor", "print(“hello”)\n", "Quotes are straight"],
    ["French quotes", "print(«hello»)\n", "Quotes are straight"],
    ["a long dash", "print(2 – 1)\n", "Minus is the hyphen"],
    ["an invisible space", "print(1)\n\u00a0\u00a0print(2)\n", "invisible character"],
    ["a name in Cyrillic", "local имя = 1\n", "Names consist of Latin letters"],
    ["one = in a condition", "local x = 1\nif x = 1 then\n\tprint(1)\nend\n", "compared with `==`"],
    ["one = in brackets", "local x = 1\nif (x = 1) then\n\tprint(1)\nend\n", "compared with `==`"],
    ["one = in a loop's condition", "local x = 1\nwhile x = 1 do\n\tx = 2\nend\n", "compared with `==`"],
    ["if without then", "local x = 1\nif x == 1\n\tprint(1)\nend\n", "`then` is missing"],
    ["for without do", "for i = 1, 3\n\tprint(i)\nend\n", "`do` is missing"],
    ["!=", "local x = 1\nif x != 1 then print(1) end\n", "writes `~=`, not `!=`"],
    ["&&", "if true && true then print(1) end\n", "writes `and`, not `&&`"],
    ["||", "if true || true then print(1) end\n", "writes `or`, not `||`"],
    ["!", "if !true then print(1) end\n", "writes `not`, not `!`"],
    ["++", "local x = 1\nx++\nprint(x)\n", "write `x += 1`"],
    ["//", "// a comment\nprint(1)\n", "A comment begins with `--`"],
    ["#", "# a comment\nprint(1)\n", "A comment begins with `--`"],
    ["import", "import socket\n", "no `import`: use `require"],
    ["def", "def f():\n\tprint(1)\n", "no `def`: use `function`"],
    ["var", "var x = 1\n", "no `var`: use `local`"],
    ["a name alone", "local x = 1\nx\nprint(x)\n", "alone does nothing"],
    ["a method without brackets", "zone.socket.server.new():listen\n", "called with brackets"],
    ["a bracket that is not closed", 'print("a"\nprint("b")\n', "The bracket `(` in line 1 is not closed here"],
    ["a comma that is missing", 'local t = { "a" "b" }\nprint(t)\n', "The bracket `{` is not closed here"],
    ["an end too many", "print(1)\nend\n", "This `end` closes or continues nothing"],
    ["a value that is missing", "local x = \nprint(x +)\n", "missing before `)`"],
    ["code that breaks off", "local x =", "The code ends here"],
  ])("%s", async (_, source, expected) => {
    const { en, ru } = await explained(source);
    expect(en).toContain(expected);
    expect(en).toMatch(/^[A-Z`][^а-яА-Я]+\.$/);
    expect(ru.replaceAll(/`[^`]+`|Luau/g, "")).toMatch(/^[А-Я ][^A-Za-z]*\.$/);
  });

  test("and where the fault is none of these, where to look", async () => {
    expect((await explained("goto = = 1\n")).en).toBeTruthy();
    expect(explainSyntaxError("whatever").en).toContain("Look at this place");
  });

  test.each([
    ["a long word", "a".repeat(1_000_000)],
    ["a long indent", `${" ".repeat(1_000_000)}x++`],
    ["many quotes", "'".repeat(1_000_000)],
  ])("in a time that does not grow with %s", (_, text) => {
    const begun = process.cpuUsage();
    for (const [message, line] of [
      [text, text],
      [`Expected '${text}`, ""],
      [`Unexpected '${text}'; did you mean`, ""],
    ] as const)
      explainSyntaxError(message, line);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1000).toBeLessThan(10_000);
  });
});
