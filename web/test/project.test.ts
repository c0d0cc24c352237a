import { describe, expect, it } from "vitest";
import { completeFileName, fileNameFault, MAX_FILE_NAME_CHARS } from "../src/project/file-name.ts";
import { projectTitle } from "../src/library/project-title.ts";
import { Project, type ProjectFile } from "../src/project/project.ts";
import { isUntouchedStarter, starterProject } from "../src/project/starter-project.ts";

const file = (name: string, source = ""): ProjectFile => ({ name, source, isProgram: true });

/** The lines of a source without comments and texts. */
function code(source: string): string[] {
  return source
    .split("\n")
    .map((line) => line.replace(/--.*|"[^"]*"|`[^`]*`/g, "").trim())
    .filter((line) => line !== "" && line !== ",");
}

describe("Project", () => {
  it("opens the neighbour of a file that is removed, and keeps the last one", () => {
    const project = new Project([file("a.luau"), file("b.luau"), file("c.luau")], "b.luau");
    project.remove("b.luau");
    expect(project.active).toBe("c.luau");
    project.remove("c.luau");
    expect(project.active).toBe("a.luau");
    project.remove("a.luau");
    expect(project.files.map(({ name }) => name)).toEqual(["a.luau"]);
  });
  it("renames the open file and keeps its place and source", () => {
    const project = new Project([file("a.luau", "1"), file("b.luau")]);
    project.change("a.luau", { name: "z.luau", isProgram: false });
    expect(project.files[0]).toEqual({ name: "z.luau", source: "1", isProgram: false });
    expect(project.active).toBe("z.luau");
    expect(project.programs.map(({ name }) => name)).toEqual(["b.luau"]);
  });
  it("refuses a name that is taken", () => {
    const project = new Project([file("a.luau"), file("b.luau")]);
    expect(() => project.add(file("b.luau"))).toThrow("b.luau");
    expect(() => project.change("a.luau", { name: "b.luau", isProgram: true })).toThrow("b.luau");
  });
  it("takes other files in the place of its own, and says when they are another project's", () => {
    const project = new Project([file("a.luau")], "a.luau", { check: "strict" });
    project.replace({ files: [file("a.luau", "newer")], active: "gone.luau", settings: {} }, false);
    expect([project.generation, project.active, project.file("a.luau")?.source, project.settings]).toEqual([0, "a.luau", "newer", {}]);
    project.replace({ files: [file("b.luau"), file("c.luau")], active: "c.luau", settings: { tab: 2 } }, true);
    expect([project.generation, project.active, project.settings]).toEqual([1, "c.luau", { tab: 2 }]);
    project.set("check", "strict");
    project.set("tab", undefined);
    expect(project.settings).toEqual({ check: "strict" });
  });
  it("tells of every change", () => {
    const project = new Project([file("a.luau"), file("b.luau")]);
    let changes = 0;
    project.subscribe(() => changes++);
    project.edit("a.luau", "x");
    project.open("b.luau");
    project.open("b.luau");
    expect(changes).toBe(2);
  });
});

describe("file names", () => {
  it.each([
    ["chat", "chat.luau"],
    [" a.luau ", "a.luau"],
    ["", ""],
    ["комната", "комната.luau"],
  ])("completes %j", (typed, name) => {
    expect(completeFileName(typed)).toBe(name);
  });
  it.each([
    ["", "empty"],
    [".luau", "empty"],
    [`${"x".repeat(MAX_FILE_NAME_CHARS)}.luau`, "too-long"],
    ["a/b.luau", "bad-characters"],
    ["../a.luau", "bad-characters"],
    ["a b.luau", "bad-characters"],
    ["a:1.luau", "bad-characters"],
    ["a\n.luau", "bad-characters"],
    ["taken.luau", "taken"],
    ["комната-2.luau", undefined],
  ])("%j: %s", (name, fault) => {
    expect(fileNameFault(name, (taken) => taken === "taken.luau")).toBe(fault);
  });
});

describe("the starter project", () => {
  it("is known as untouched in either language until something is changed", () => {
    for (const locale of ["en", "ru"] as const) {
      const files = starterProject(locale);
      expect(isUntouchedStarter(files)).toBe(true);
      expect(isUntouchedStarter(files.map((each, index) => (index === 0 ? { ...each, source: `${each.source} ` } : each)))).toBe(false);
      expect(isUntouchedStarter(files.slice(1))).toBe(false);
    }
  });
  it("differs between the languages only in comments and texts", () => {
    const [en, ru] = [starterProject("en"), starterProject("ru")];
    for (const [index, { source }] of en.entries()) expect(code(ru[index]?.source ?? "")).toEqual(code(source));
  });
});

describe("projectTitle", () => {
  it("shows a stranger's title in the order in which it was written", () => {
    expect(projectTitle("\u202eecho\u2066 server\u061c")).toBe("echo server");
    // Letters that read from the right stay as they are.
    expect(projectTitle("שרת")).toBe("שרת");
  });

  it("has a name for one that nobody sees", () => {
    expect(projectTitle("\u202e")).toBe(projectTitle(""));
  });
});
