import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inProject } from "../setup/paths.mjs";

const FOLDER = inProject("docs/decisions");
const files = readdirSync(FOLDER)
  .filter((name) => name !== "README.md")
  .toSorted();
const textOf = (name: string): string => readFileSync(`${FOLDER}/${name}`, "utf8");

/** The head of a decision: number and title, date, status. */
const HEAD = /^# (\d{3}): (.+)\n\nDate: (\d{4}-\d{2}-\d{2})\nStatus: (proposed|accepted|replaced by (\d{3}))\n\n## Context\n/;

test.each(files)("%s has a title, a date, a status, and says context, choice and consequence", (name) => {
  const [, number, , date = "", , replacedBy] = HEAD.exec(textOf(name)) ?? [];
  expect(number).toBe(name.slice(0, 3));
  expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  expect([...textOf(name).matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(expect.arrayContaining(["Context", "Choice", "Consequence"]));
  if (replacedBy !== undefined) expect(files.map((file) => file.slice(0, 3))).toContain(replacedBy);
});

test("the numbers have no gap, and no two decisions one number", () => {
  expect(files.map((name) => Number(name.slice(0, 3)))).toEqual(files.map((_, index) => index + 1));
});

test("the list has each decision with its date and status", () => {
  const rows = textOf("README.md")
    .split("\n")
    .filter((line) => line.startsWith("| ["));
  const expected = files.map((name) => {
    const [, number, , date, status] = HEAD.exec(textOf(name)) ?? [];
    return { number, name, date, status };
  });
  expect(
    rows.map((row) => {
      const [, number, name, date, status] = /^\| \[(\d+)\]\(([^)]+)\) \| .+ \| (\S+) \| (.+) \|$/.exec(row) ?? [];
      return { number, name, date, status };
    }),
  ).toEqual(expected);
});
