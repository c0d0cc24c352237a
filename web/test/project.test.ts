import { describe, expect, it } from "vitest";
import { completeFileName, fileNameFault, MAX_FILE_NAME_CHARS } from "../src/project/file-name.ts";
import { Project, type ProjectFile } from "../src/project/project.ts";
import { ProjectStorage } from "../src/project/project-storage.ts";
import { isUntouchedStarter, starterProject } from "../src/project/starter-project.ts";
import { safeStorage } from "../src/storage/safe-storage.ts";

const file = (name: string, source = ""): ProjectFile => ({ name, source, isProgram: true });

/** A browser's store in memory. */
function memoryStorage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    getItem: (key) => values.get(key) ?? null,
    key: (index) => [...values.keys()][index] ?? null,
    removeItem: (key) => void values.delete(key),
    setItem: (key, value) => void values.set(key, value),
  };
}

const blocked = safeStorage(() => {
  throw new DOMException("The operation is insecure.", "SecurityError");
});

/** The lines of a source without comments and texts. */
function code(source: string): string[] {
  return source.split("\n").map((line) => line.replace(/--.*|"[^"]*"|`[^`]*`/g, "").trim()).filter((line) => line !== "" && line !== ",");
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
  it.each([["chat", "chat.luau"], [" a.luau ", "a.luau"], ["", ""], ["комната", "комната.luau"]])("completes %j", (typed, name) => {
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

describe("ProjectStorage", () => {
  it("brings back what was saved, per room", () => {
    const store = safeStorage(memoryStorage);
    const memory = memoryStorage();
    const kept = safeStorage(() => memory);
    const saved = { files: [file("a.luau", "x = 1"), { ...file("b.luau"), isProgram: false }], active: "b.luau" };
    new ProjectStorage("one", [store, kept]).save(saved);
    expect(new ProjectStorage("one", [store, kept]).load()).toEqual(saved);
    expect(new ProjectStorage("two", [store, kept]).load()).toBeUndefined();
  });
  it("prefers the tab's own copy to that of another tab", () => {
    const [tab, lasting] = [memoryStorage(), memoryStorage()].map((memory) => safeStorage(() => memory)) as [ReturnType<typeof safeStorage>, ReturnType<typeof safeStorage>];
    new ProjectStorage("r", [tab, lasting]).save({ files: [file("mine.luau")], active: "" });
    new ProjectStorage("r", [lasting]).save({ files: [file("theirs.luau")], active: "" });
    expect(new ProjectStorage("r", [tab, lasting]).load()?.files[0]?.name).toBe("mine.luau");
  });
  it("never throws where storage is blocked or full", () => {
    const storage = new ProjectStorage("r", [blocked]);
    expect(() => storage.save({ files: [file("a.luau")], active: "" })).not.toThrow();
    expect(() => storage.forget()).not.toThrow();
    expect(storage.load()).toBeUndefined();
    expect(blocked.write("key", "value")).toBe(false);
  });
  it.each([
    "", "{", "null", "[]", '{"format":2,"files":[]}', '{"format":1}', '{"format":1,"files":[]}', '{"format":1,"files":[{"name":"a"}]}',
    '{"format":1,"files":[{"name":"a","source":"","isProgram":true},{"name":"a","source":"","isProgram":true}]}',
  ])("takes nothing from %j", (text) => {
    const memory = memoryStorage();
    memory.setItem("zone-playground:project:r", text);
    expect(new ProjectStorage("r", [safeStorage(() => memory)]).load()).toBeUndefined();
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
