import { expect, test } from "vitest";
import { whichCommand } from "../src/which-command.ts";

test("the first word says who is asked, and gets the rest", () => {
  expect(whichCommand([])).toEqual({ kind: "bridge", args: [] });
  expect(whichCommand(["--port", "0"])).toEqual({ kind: "bridge", args: ["--port", "0"] });
  expect(whichCommand(["scripts", "list"])).toEqual({ kind: "bridge", args: ["scripts", "list"] });
  expect(whichCommand(["run", "a.luau", "--fps", "9"])).toEqual({ kind: "run", args: ["a.luau", "--fps", "9"] });
});

test.each([
  ["server.luau", '"server.luau" is not a command of zone-playground. To run it: zone-playground run server.luau'],
  ["C:\\Уроки\\game.ZIP", '"C:\\\\Уроки\\\\game.ZIP" is not a command of zone-playground. To run it: zone-playground run C:\\Уроки\\game.ZIP'],
  ["Run", '"Run" is not a command of zone-playground. There are run and scripts; --help tells all.'],
  ["", '"" is not a command of zone-playground. There are run and scripts; --help tells all.'],
  ["a\nb", '"a\\nb" is not a command of zone-playground. There are run and scripts; --help tells all.'],
])("%j is no command, and one line says so", (word, message) => {
  expect(whichCommand([word])).toEqual({ kind: "error", message });
});
