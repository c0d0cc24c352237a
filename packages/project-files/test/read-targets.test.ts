import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encodeShare, shareHash, zipProject } from "@playground/share";
import { describe, expect, it, onTestFinished } from "vitest";
import { isLink, readTargets } from "../src/index.ts";

/** A folder with these files; it goes with the test. */
function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), "zone-project-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), source);
  }
  return path;
}

const SHARED = {
  files: [
    { name: "main.luau", source: 'require("./words")', isProgram: true },
    { name: "words.luau", source: "return 1", isProgram: false },
  ],
  settings: { checkMode: "strict" },
};

describe("the programs of a project", () => {
  it("are the files of a folder that no other one requires", async () => {
    const path = folder({
      "game/server.luau": 'require("./lib/rules")',
      "game/client.luau": "require './lib/rules'",
      "game/lib/rules.luau": 'return require("./more")',
      "game/lib/more.luau": "return 1",
      "game/types.d.luau": "",
      "game/.hidden/x.luau": "",
      "game/node_modules/y.luau": "",
    });
    const [project, ...others] = await readTargets(["game"], path);
    expect(others).toEqual([]);
    expect(project!.programs.toSorted()).toEqual(["client.luau", "server.luau"]);
    expect([...project!.files.keys()].toSorted()).toEqual(["client.luau", "lib/more.luau", "lib/rules.luau", "server.luau"]);
    expect(project!.prefix).toBe("game/");
    expect(project!.origins).toEqual([join(path, "game"), join(path, "game", "lib")]);
  });

  it("are the files that were named, though another one requires them", async () => {
    const path = folder({ "a.luau": 'require("./b")', "b.luau": "return 1" });
    const [project] = await readTargets(["a.luau", "b.luau", "a.luau"], path);
    expect(project!.programs).toEqual(["a.luau", "b.luau"]);
    expect(project!.origins).toEqual([path]);
  });

  it("are what a zip and a link say", async () => {
    const path = folder({ "Game.ZIP": zipProject(SHARED) });
    const [zip] = await readTargets(["Game.ZIP"], path);
    const [link] = await readTargets([`http://127.0.0.1/${shareHash(encodeShare(SHARED))}`], path);
    for (const project of [zip, link]) {
      expect(project!.programs).toEqual(["main.luau"]);
      expect([...project!.files.keys()]).toEqual(["main.luau", "words.luau"]);
      expect(project!.settings).toEqual({ checkMode: "strict" });
    }
    expect([zip!.prefix, link!.prefix]).toEqual(["Game.ZIP/", ""]);
    expect([zip!.origins, link!.origins]).toEqual([[join(path, "Game.ZIP")], []]);
  });
});

describe("what cannot be read", () => {
  it.each<[string, Readonly<Record<string, string | Uint8Array>>, RegExp]>([
    ["gone.luau", {}, /^gone\.luau is not there$/],
    ["x", { "x/a.txt": "" }, /^x holds no \.luau file$/],
    ["a.zip", { "a.zip": "no zip" }, /^a\.zip: the file does not begin as a zip does$/],
    ["a.luau", { "a.luau": new Uint8Array(4 * 1024 * 1024 + 1) }, /^a\.luau is larger than 4194304 bytes$/],
  ])("%s is named in one line", async (target, files, message) => {
    await expect(readTargets([target], folder(files))).rejects.toMatchObject({ name: "ReadError", message: expect.stringMatching(message) });
  });
});

it.each<[string, boolean]>([
  ["http://127.0.0.1/s/abc", true],
  ["https://a.example/#share=v1.x", true],
  ["#share=v1.x", true],
  ["main.luau", false],
  ["./http:/x", false],
])("%s: a link is %s", (target, is) => {
  expect(isLink(target)).toBe(is);
});
