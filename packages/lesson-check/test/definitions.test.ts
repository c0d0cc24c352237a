import { readFileSync } from "node:fs";
import { withCheckDefinitions } from "@playground/lessons/examiner";
import { loadAnalysis } from "@playground/luau-analysis";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { describe, expect, it } from "vitest";
import { inProject } from "../../../scripts/setup/paths.mjs";
import { checkTypes } from "../src/author/check-types.ts";
import { judge, useCheckBridge } from "./support/judged.ts";

useCheckBridge();

const definitions = withCheckDefinitions("declare zone: {\n}");
const functions = [.../check: \{(.*?)\n\t\},/s.exec(definitions)![1]!.matchAll(/^\t\t(\w+):/gm)].map(([, name]) => name!);
const methods = [...definitions.matchAll(/^declare extern type (\w+) with\n(.*?)^end/gms)].flatMap(([, type, body]) =>
  [...body!.matchAll(/function (\w+)/g)].map(([, name]) => ({ type: type!, name: name! })),
);
const options = [.../type CheckOptions = \{(.*?)\n\}/s.exec(definitions)![1]!.matchAll(/^\tread (\w+):/gm)].map(([, name]) => name!);

describe("what the type checker knows of zone.check", () => {
  it("is what there is", async () => {
    const { log } = await judge({
      check: `check.step("one", function() local names = {} for name in check do table.insert(names, name) end table.sort(names) print(table.concat(names, " ")) end)`,
    });
    expect(log[0]?.split(" ")).toEqual(functions.toSorted());
    const { log: classes } = await judge({
      check: `check.step("one", function()
        local program = check.start()
        local listener = check.listen(9000)
        ${methods.map(({ type, name }) => `if "${type}" == typeof(${type === "CheckProgram" ? "program" : "listener"}) then print("${type}", "${name}", (${type === "CheckProgram" ? "program" : "listener"} :: any).${name} ~= nil) end`).join("\n")}
      end)`,
    });
    expect(classes.filter((line) => !line.endsWith("true"))).toEqual([]);
    expect(classes.length).toBeGreaterThan(8);
  });

  it("takes options from a variable, with a type and without one, and none of a wrong type", async () => {
    using analysis = await loadAnalysis(await readAnalysisWasm());
    const found = (lines: readonly string[]): (number | undefined)[] =>
      checkTypes(analysis, { solution: new Map(), check: new Map([["check.luau", lines.join("\n")]]) }).map(({ line }) => line);
    expect(
      found([
        `local c = zone.check.connect(8080)`,
        `local plain = { en = "a", ru = "b" }`,
        `c:expectLine("x", plain)`,
        `local sliced = { slice = "random", within = 3 }`,
        `c:send("x", sliced)`,
        `local typed: CheckOptions = { en = "a", ru = "b", slice = "random" }`,
        `c:expectLine("x", typed)`,
        `local function mistakeOf(failure: CheckFailure): string? return failure.mistake end`,
        `local step: CheckStepOptions = { diagnose = mistakeOf }`,
        `zone.check.step("one", function() end, step)`,
      ]),
    ).toEqual([]);
    expect(found([`local c = zone.check.connect(8080)`, `c:send("x", { within = "soon" })`])).toEqual([2]);
  });

  it("is in docs/lesson-format.md, every name of it", () => {
    const document = readFileSync(inProject("docs/lesson-format.md"), "utf8");
    expect(functions.filter((name) => !document.includes(`check.${name}(`))).toEqual([]);
    const owners: Readonly<Record<string, string>> = { CheckConnection: "c", CheckProgram: "program", CheckListener: "listener" };
    expect(methods.filter(({ type, name }) => !document.includes(`${owners[type]}:${name}(`))).toEqual([]);
    expect(options.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
    expect(functions.length + methods.length + options.length).toBeGreaterThan(40);
  });
});
