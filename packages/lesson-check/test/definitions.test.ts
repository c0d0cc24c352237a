import { readFileSync } from "node:fs";
import { withCheckDefinitions } from "@playground/lessons/examiner";
import { describe, expect, it } from "vitest";
import { inProject } from "../../../scripts/setup/paths.mjs";
import { judge, useCheckBridge } from "./support/judged.ts";

useCheckBridge();

const definitions = withCheckDefinitions("declare zone: {\n}");
const functions = [.../check: \{(.*?)\n\t\},/s.exec(definitions)![1]!.matchAll(/^\t\t(\w+):/gm)].map(([, name]) => name!);
const methods = [...definitions.matchAll(/^declare extern type (\w+) with\n(.*?)^end/gms)].flatMap(([, type, body]) =>
  [...body!.matchAll(/function (\w+)/g)].map(([, name]) => ({ type: type!, name: name! })),
);
const options = [.../type CheckOptions = \{(.*?)\n\}/s.exec(definitions)![1]!.matchAll(/^\t(\w+):/gm)].map(([, name]) => name!);

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

  it("is in docs/lesson-format.md, every name of it", () => {
    const document = readFileSync(inProject("docs/lesson-format.md"), "utf8");
    expect(functions.filter((name) => !document.includes(`check.${name}(`))).toEqual([]);
    const owners: Readonly<Record<string, string>> = { CheckConnection: "c", CheckProgram: "program", CheckListener: "listener" };
    expect(methods.filter(({ type, name }) => !document.includes(`${owners[type]}:${name}(`))).toEqual([]);
    expect(options.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
    expect(functions.length + methods.length + options.length).toBeGreaterThan(40);
  });
});
