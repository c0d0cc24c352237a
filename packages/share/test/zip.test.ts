import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import * as fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { MAX_ZIP_BYTES, ShareError, unzipProject, zipProject } from "../src/index.ts";
import { anyProject, chat, normal } from "./projects.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Half a surrogate pair has no UTF-8. */
function isWhole(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function fault(archive: Uint8Array): string {
  try {
    unzipProject(archive);
  } catch (error) {
    if (error instanceof ShareError) return error.code;
    throw error;
  }
  throw new Error("was read");
}

describe("export and import", () => {
  it("give every project back whose sources are whole Unicode", () => {
    fc.assert(
      fc.property(anyProject, (project) => {
        fc.pre(project.files.every(({ source }) => isWhole(source) && !source.startsWith("\ufeff")));
        expect(unzipProject(zipProject(project))).toEqual({ project: normal(project), skipped: [] });
      }),
    );
  });
  it("make archives that other tools read", () => {
    const folder = mkdtempSync(join(tmpdir(), "share-zip-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "chat.zip"), zipProject(chat));
    const script =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); z.testzip(); sys.stdout.buffer.write('\\n'.join(z.namelist()).encode()); sys.stdout.buffer.write(z.read('server.luau'))";
    const output = execFileSync("python3", ["-c", script, join(folder, "chat.zip")], { encoding: "utf8" });
    expect(output).toBe(`server.luau\nслова.luau\nzone-playground.json${chat.files[0]?.source}`);
  });
});

/** An archive as Python's zipfile writes it, with names in bytes of ours and without the flag that says UTF-8. */
function archiveWithNames(names: readonly Buffer[], flags = 0, extra = Buffer.alloc(0)): Uint8Array {
  const script = `
import sys, json, struct, zlib
out = b""; directory = b""
flags, extra, names = json.loads(sys.argv[1])
extra = bytes.fromhex(extra)
for name in names:
    name = bytes.fromhex(name); data = b"return 1"
    head = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), len(extra))
    directory += b"PK\\x01\\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name + extra
    out += b"PK\\x03\\x04" + head + name + extra + data
sys.stdout.buffer.write(out + directory + b"PK\\x05\\x06" + struct.pack("<HHHHIIH", 0, 0, len(names), len(names), len(directory), len(out), 0))
`;
  return execFileSync("python3", ["-c", script, JSON.stringify([flags, extra.toString("hex"), names.map((name) => name.toString("hex"))])]);
}

/** Names of the files that an archive becomes. */
const names = (archive: Uint8Array): string[] => unzipProject(archive).project.files.map(({ name }) => name);

/** Bytes of code page 866 and of windows-1251 for the letters from А on. */
const cyrillic = (text: string, encoding: "ibm866" | "windows-1251"): Buffer => {
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder(encoding).decode(Uint8Array.of(byte)), byte]));
  return Buffer.from([...text].map((letter) => table.get(letter) ?? 0x3f));
};

describe("names of other tools", () => {
  it("are read as Windows writes them, in the code page of a Russian console or of its windows", () => {
    const texts = ["чат.luau", "Сервер-2.luau", "ёжик.luau", "рака.luau", "урок 1/игра.luau"];
    expect(names(archiveWithNames(texts.map((text) => cyrillic(text, "ibm866"))))).toEqual([
      "чат.luau",
      "Сервер-2.luau",
      "ёжик.luau",
      "рака.luau",
      "игра.luau",
    ]);
    expect(names(archiveWithNames([cyrillic("ЧАТ.luau", "windows-1251"), cyrillic("Сервер.luau", "windows-1251")]))).toEqual(["ЧАТ.luau", "Сервер.luau"]);
  });
  it("are read as UTF-8 where they are, whether or not that is said, and from Info-ZIP's field", () => {
    const utf8 = [Buffer.from("чат.luau"), Buffer.from("é.luau"), Buffer.from("й.luau".normalize("NFD"))];
    expect(names(archiveWithNames(utf8))).toEqual(["чат.luau", "é.luau", "й.luau"]);
    expect(names(archiveWithNames(utf8, 0x0800))).toEqual(["чат.luau", "é.luau", "й.luau"]);
    const path = Buffer.from("слова.luau");
    const field = Buffer.concat([Buffer.from([0x75, 0x70, path.length + 5, 0, 1, 0, 0, 0, 0]), path]);
    expect(names(archiveWithNames([Buffer.from("??????.luau")], 0, field))).toEqual(["слова.luau"]);
  });
  it("are read as a western Windows writes them", () => {
    expect(names(archiveWithNames([Buffer.from("caf\x82.luau", "latin1"), Buffer.from("gr\x94\xe1e.luau", "latin1")]))).toEqual(["café.luau", "größe.luau"]);
  });
  it("and a directory that lies hurts nobody", () => {
    const archive = archiveWithNames([Buffer.from("a.luau")]);
    for (let index = 0; index < archive.length; index++) {
      const broken = Uint8Array.from(archive);
      broken[index] = 0xff;
      try {
        unzipProject(broken);
      } catch (error) {
        expect(error).toBeInstanceOf(ShareError);
      }
    }
  });
});

describe("archives of other tools", () => {
  it("are read without a manifest: what is required is a module", () => {
    const { project } = unzipProject(
      zipSync({ "src/main.luau": bytes('local a = require("./words")'), "src/words.lua": bytes("return {}"), "src/b.luau": bytes("") }),
    );
    expect(project.files.map(({ name, isProgram }) => [name, isProgram])).toEqual([
      ["main.luau", true],
      ["words.luau", false],
      ["b.luau", true],
    ]);
  });
  it("keep what is new beside a manifest, and leave out what was removed", () => {
    const archive = zipSync({
      "слова.luau": bytes("return 1"),
      "more.luau": bytes("x"),
      "zone-playground.json": bytes(
        '{"version":1,"project":{"title":"T","files":[{"name":"server.luau","source":"","program":true},{"name":"слова.luau","source":""}],"open":"server.luau"}}',
      ),
    });
    expect(unzipProject(archive).project).toEqual({
      title: "T",
      files: [
        { name: "слова.luau", source: "return 1", isProgram: false },
        { name: "more.luau", source: "x", isProgram: false },
      ],
    });
  });
  it("name every file that is left out, with the reason", () => {
    const { project, skipped } = unzipProject(
      zipSync({
        "a.luau": bytes("1"),
        "deep/a.luau": bytes("2"),
        "readme.md": bytes("#"),
        "../evil.luau": bytes("3"),
        "bad name.luau": bytes(""),
        "b.luau": new Uint8Array([0xff, 0xfe]),
        "__MACOSX/a.luau": bytes(""),
        "zone-playground.json": bytes("{"),
      }),
    );
    // The folder is dropped, so a path that climbs leads nowhere.
    expect(project.files.map(({ name, source }) => [name, source])).toEqual([
      ["a.luau", "1"],
      ["evil.luau", "3"],
    ]);
    expect(skipped).toEqual([
      { name: "deep/a.luau", reason: "taken" },
      { name: "readme.md", reason: "not-luau" },
      { name: "bad name.luau", reason: "bad-name" },
      { name: "b.luau", reason: "not-utf8" },
    ]);
  });
  it("compose letters that macOS has taken apart", () => {
    expect(unzipProject(zipSync({ ["й.luau".normalize("NFD")]: bytes("") })).project.files[0]?.name).toBe("й.luau".normalize("NFC"));
  });
});

describe("a wrong archive", () => {
  it("is refused", () => {
    expect(fault(new Uint8Array())).toBe("not-a-zip");
    expect(fault(bytes("hello"))).toBe("not-a-zip");
    expect(fault(new Uint8Array(MAX_ZIP_BYTES + 1))).toBe("too-large");
    expect(fault(zipSync({ "readme.md": bytes("#") }))).toBe("invalid");
    expect(fault(zipSync({}))).toBe("invalid");
  });
  it("is not unpacked beyond the limit", () => {
    const zeros = new Uint8Array(rounds({ short: 20, full: 100 }) * 1024 * 1024);
    const archive = zipSync({ "a.luau": zeros }, { level: 9 });
    expect(archive.length).toBeLessThan(MAX_ZIP_BYTES);
    expect(fault(archive)).toBe("too-large");
    // Other files are passed over as they are.
    expect(unzipProject(zipSync({ "film.mp4": zeros, "a.luau": bytes("1") }, { level: 9 })).skipped).toEqual([{ name: "film.mp4", reason: "not-luau" }]);
  });
  it("is not read in part where it was cut behind a whole file", () => {
    const archive = zipProject(chat);
    const directory = Buffer.from(archive).indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    expect(directory).toBeGreaterThan(0);
    const second = Buffer.from(archive).indexOf(Buffer.from([0x50, 0x4b, 0x03, 0x04]), 4);
    for (const length of [second, directory, archive.length - 1])
      expect(() => unzipProject(archive.subarray(0, length))).toThrow(
        expect.objectContaining({ code: "not-a-zip", message: "the zip is cut short: its end is missing" }),
      );
  });

  it("gives no other error than ShareError when cut or spoiled", () => {
    const archive = zipProject(chat);
    for (let length = 0; length < archive.length; length += rounds({ short: 11, full: 3 })) {
      try {
        unzipProject(archive.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(ShareError);
      }
    }
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.nat(255), (at, value) => {
        const spoiled = archive.slice();
        spoiled[at] = value;
        try {
          unzipProject(spoiled);
        } catch (error) {
          expect(error).toBeInstanceOf(ShareError);
        }
      }),
      { numRuns: rounds({ short: 300, full: 1_000 }) },
    );
  });
});

/** Milliseconds of the processor: reading takes some tens on a busy machine, and took half a minute and more where it grew with the square. */
const READ_LIMIT_MS = 10_000;

describe("a small archive that holds much", () => {
  const SIZE = 512 * 1024;
  it.each([
    ["spaces after require", `require${" ".repeat(SIZE)}`],
    ["requires and spaces", `require${" ".repeat(50)}`.repeat(SIZE / 57)],
    ["spaces on both sides of a bracket", `require${" ".repeat(SIZE / 2)}(${" ".repeat(SIZE / 2)}`],
    ["a string without an end", `require"${"a".repeat(SIZE)}`],
  ])("is read in time that grows with what it holds alone: %s", { timeout: 300_000 }, (_, source) => {
    const archive = zipSync({ "a.luau": bytes(source) });
    expect(archive.length).toBeLessThan(4_096);
    const begun = process.cpuUsage();
    expect(unzipProject(archive).project.files).toHaveLength(1);
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(READ_LIMIT_MS);
  });

  it("passes over a name of combining marks", () => {
    const name = `${"a\u0316\u0301".repeat(10_000)}.luau`;
    expect(unzipProject(zipSync({ "a.luau": new Uint8Array(), [name]: new Uint8Array() })).skipped).toEqual([{ name, reason: "bad-name" }]);
  });
});
