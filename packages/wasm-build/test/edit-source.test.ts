import { expect, test } from "vitest";
import { BuildError } from "../build-error.mjs";
import { editSource } from "../edit-source.mjs";

const FILE = "VM/src/vm.cpp";

test("each edit replaces what stands once, in its own file", () => {
  const edits = [
    { file: FILE, from: "one();", to: "two();" },
    { file: "VM/src/other.cpp", from: "nowhere", to: "" },
    { file: FILE, from: "two();", to: "$& three();" },
  ];
  expect(editSource(FILE, "{ one(); }", edits)).toBe("{ $& three(); }");
});

test.each([
  ["not at all", "{ other(); }", 0],
  ["twice", "{ one(); one(); }", 2],
])("what stands there %s ends the build, which tells file and text", (_, text, times) => {
  const edit = () => editSource(FILE, text, [{ file: FILE, from: "one();", to: "two();" }]);
  expect(edit).toThrow(BuildError);
  expect(edit).toThrow(`${FILE} is not what the recipe's edits were made for, and was not compiled: this stands there ${times} times instead of once:\none();`);
});

test("an edit of nothing is refused", () => {
  expect(() => editSource(FILE, "text", [{ file: FILE, from: "", to: "x" }])).toThrow(BuildError);
});
