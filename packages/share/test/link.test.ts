import { readdirSync, readFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import {
  captureBytes,
  captureText,
  decodeShare,
  encodeShare,
  MAX_CAPTURE_BYTES,
  MAX_CAPTURE_CHARS,
  MAX_FILES,
  MAX_PROJECT_BYTES,
  MAX_SHARE_CHARS,
  projectBytes,
  projectFromJson,
  SHARE_ERROR_CODES,
  SHARE_VERSION,
  ShareError,
  type ShareErrorCode,
  shareHash,
  shareVersionOf,
  shareTextOf,
} from "../src/index.ts";
import { anyProject, chat, normal } from "./projects.ts";

const fixtures = new URL("fixtures/", import.meta.url);

/** A link's text around any JSON, packed by Node's zlib and not by ours. */
function linkOf(value: unknown): string {
  return `v1.${deflateSync(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;
}

/** The error that decoding gives. */
function fault(text: string): ShareError {
  try {
    decodeShare(text);
  } catch (error) {
    if (error instanceof ShareError) return error;
    throw error;
  }
  throw new Error(`decoded: ${text}`);
}

const file = (name: string): object => ({ name, source: "" });

/** A link's text of version 2 around any capture. */
const linkWith = (capture: unknown): string => linkOf({ files: [file("a.luau")], capture }).replace("v1.", "v2.");

describe("round trip", () => {
  it("gives every project back as it was", () => {
    fc.assert(
      fc.property(anyProject, (project) => {
        expect(decodeShare(encodeShare(project))).toEqual(normal(project));
      }),
    );
  });
  it("gives equal projects equal bytes, whatever the order of their keys", () => {
    const { title, files, open, room } = chat;
    const turned = { room, settings: { tab: 4, folded: true, check: "strict" }, open, files, title } as typeof chat;
    expect(projectBytes(turned)).toEqual(projectBytes(chat));
    expect(new TextDecoder().decode(projectBytes({ files: [{ name: "a.luau", source: "", isProgram: false }], open: "a.luau", settings: {} }))).toBe(
      '{"files":[{"name":"a.luau","source":""}]}',
    );
  });
  it("can stand in a URL as it is, and is read by other implementations of zlib", () => {
    const text = encodeShare(chat);
    const url = new URL(`http://host/${shareHash(text)}`);
    expect(shareTextOf(url.hash)).toBe(text);
    expect(shareTextOf("#editor")).toBeUndefined();
    expect(JSON.parse(inflateSync(Buffer.from(text.slice(3), "base64url")).toString()).title).toBe(chat.title);
    expect(decodeShare(linkOf({ files: [file("a.luau")] })).files[0]?.name).toBe("a.luau");
  });
});

describe("links as chats and mail programs pass them on", () => {
  const text = encodeShare(chat);
  const behind = [
    ")",
    ").",
    ",",
    ">",
    "]",
    "\u00bb",
    "&utm_source=x",
    "&amp;utm_source=x",
    "%29",
    "%3E,",
    "?utm_campaign=y",
    "#top",
    " and more",
    "%20",
    '"',
    "'",
    "*",
    "/",
    "|",
    "\u200b",
  ];
  it.each(behind)("open with %j behind them", (tail) => {
    expect(shareTextOf(`${shareHash(text)}${tail}`)).toBe(text);
  });
  it.each([
    ["an escaped =", `#share%3D${text}`],
    ["everything escaped that may be", `#share%3D${text.replace(".", "%2E").replaceAll("-", "%2d").replaceAll("_", "%5F")}`],
    ["a parameter in front", `#utm_source=x&share=${text}`],
    ["a broken line", `#share=${text.slice(0, 40)}\n\t${text.slice(40)}`],
    ["an escaped broken line", `#share=${text.slice(0, 40)}%0D%0A${text.slice(40)}`],
    ["a soft hyphen", `#share=${text.slice(0, 9)}\u00ad${text.slice(9)}`],
  ])("open with %s", (_, hash) => {
    expect(shareTextOf(hash)).toBe(text);
  });
  it("say what is wrong where it cannot be told what was meant", () => {
    expect(shareTextOf("#share=")).toBe("");
    expect(shareTextOf("#share=что-то")).toBe("что-то");
    expect(shareTextOf("#shared=v1.x")).toBeUndefined();
    // In the middle it is damage, and the checksum sees it.
    expect(fault(shareTextOf(`#share=${text.slice(0, 50)})${text.slice(50)}`) ?? "").code).toMatch(/cut|damaged/);
  });
  it("cost no more than their length", () => {
    for (const part of ["&", "%3D", "&share", "share=", " ", "\u200b"]) {
      const begun = process.cpuUsage();
      shareTextOf(`#${part.repeat(500_000)}`);
      expect(process.cpuUsage(begun).user / 1000, part).toBeLessThan(5_000);
    }
  });
});

describe("a capture", () => {
  const bytes = new TextEncoder().encode("hello, ".repeat(40));
  const project = { files: [{ name: "a.luau", source: "", isProgram: true }], capture: captureText(bytes) };

  it("comes back with its project, and makes the link one of version 2", () => {
    const text = encodeShare(project);
    expect(text.startsWith("v2.")).toBe(true);
    expect(captureBytes(decodeShare(text).capture ?? "")).toEqual(bytes);
    expect(shareVersionOf(chat)).toBe(1);
    expect(encodeShare(chat).startsWith("v1.")).toBe(true);
  });
  it.each<[string, unknown, ShareErrorCode]>([
    ["no text", 7, "invalid"],
    ["not base64url", "a b", "bad-character"],
    ["empty", "", "cut"],
    ["cut", project.capture.slice(0, -4), "cut"],
    ["not packed", "AAAAAAAAAA", "damaged"],
    ["longer than it may be", "A".repeat(MAX_CAPTURE_CHARS + 1), "too-large"],
    ["one that unpacks to more than it may", deflateSync(new Uint8Array(MAX_CAPTURE_BYTES + 1)).toString("base64url"), "too-large"],
  ])("that is %s is refused by name", (_, capture, code) => {
    const found = fault(linkWith(capture));
    expect([found.code, found.path]).toEqual([code, "capture"]);
    expect(found.message).toContain("capture");
  });
  it("is what version 2 is for, and nothing else", () => {
    expect(fault(linkOf({ files: [file("a.luau")], capture: project.capture })).message).toContain('key "capture", which version 1 does not have');
    expect(fault(linkOf({ files: [file("a.luau")] }).replace("v1.", "v2.")).message).toContain("capture is missing");
    expect(fault(linkOf([]).replace("v1.", "v2.")).code).toBe("invalid");
  });
  it("may be as large as the limits say", () => {
    expect(captureBytes(captureText(new Uint8Array(MAX_CAPTURE_BYTES))).length).toBe(MAX_CAPTURE_BYTES);
    expect(() => captureText(new Uint8Array(MAX_CAPTURE_BYTES + 1))).toThrow(`at most ${MAX_CAPTURE_BYTES}`);
    const random = Buffer.concat(Array.from({ length: 4 }, () => crypto.getRandomValues(new Uint8Array(60_000))));
    expect(() => captureText(random)).toThrow(`at most ${MAX_CAPTURE_CHARS}`);
  });
});

describe("old links", () => {
  const names = readdirSync(fixtures);
  it("has a fixture of every version there has been", () => {
    const versions = new Set(names.map((name) => /^v(\d+)-/.exec(name)?.[1] ?? name));
    expect([...versions].sort()).toEqual(Array.from({ length: SHARE_VERSION }, (_, index) => String(index + 1)));
  });
  it.each(names.filter((name) => name.endsWith(".txt")))("%s opens as it did on its first day", (name) => {
    const text = readFileSync(new URL(name, fixtures), "utf8").trim();
    const expected: unknown = JSON.parse(readFileSync(new URL(name.replace(".txt", ".json"), fixtures), "utf8"));
    expect(decodeShare(text)).toEqual(expected);
  });
});

describe("a wrong link", () => {
  it("that is cut anywhere is refused and never read in part", () => {
    const text = encodeShare(chat);
    for (let length = 0; length < text.length; length++) {
      expect(["not-a-share", "cut", "damaged"], `${length} of ${text.length}`).toContain(fault(text.slice(0, length)).code);
    }
    // In the middle it is known to be cut, and not just wrong.
    expect(fault(text.slice(0, 80)).code).toBe("cut");
  });
  it("with any one character changed is refused, but for bits that mean nothing: then it is the same project", () => {
    const text = encodeShare(chat);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.constantFrom(..."AZaz09-_ %.~я"), (at, character) => {
        fc.pre(text[at] !== character);
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        let project: unknown;
        try {
          project = decodeShare(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(ShareError);
          return;
        }
        expect(project).toEqual(chat);
      }),
    );
  });
  it("gives no other error than ShareError, whatever it holds", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string().map((text) => `v1.${text}`),
          fc.uint8Array({ maxLength: 400 }).map((bytes) => `v1.eNo${Buffer.from(bytes).toString("base64url")}`),
        ),
        (text) => {
          fault(text);
        },
      ),
      { numRuns: rounds({ short: 500, full: 2_000 }) },
    );
  });
  it.each<[string, ShareErrorCode, string]>([
    ["", "not-a-share", '""'],
    ["hello", "not-a-share", "hello"],
    ["v3.eNo", "unknown-version", "3"],
    ["v0.eNo", "unknown-version", "0"],
    ["v1.", "cut", "0 bytes"],
    ["v1.eNqrV+kpq", "bad-character", '"+"'],
    ["v1.eNqr=", "bad-character", '"="'],
    ["v1.AAAAAAAAAAAA", "damaged", "0, 0"],
    [linkOf("{"), "not-json", "JSON"],
    [`v1.${deflateSync(Buffer.from([0x22, 0xff, 0x22])).toString("base64url")}`, "not-json", "UTF-8"],
    [linkOf("[".repeat(100_000)), "not-json", "JSON"],
  ])("%j: %s", (text, code, part) => {
    const error = fault(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });
});

describe("a wrong project", () => {
  it.each<[unknown, string, string]>([
    [null, "the project", "null"],
    [[], "the project", "[]"],
    [{}, "files", "missing"],
    [{ files: {} }, "files", "{}"],
    [{ files: [] }, "files", "empty"],
    [{ files: Array.from({ length: MAX_FILES + 1 }, (_, index) => file(`f${index}.luau`)) }, "files", "101"],
    [{ files: [1] }, "files[0]", "1"],
    [{ files: [{ source: "" }] }, "files[0].name", "missing"],
    [{ files: [file("a.luau"), file("a.luau")] }, "files[1].name", "a.luau"],
    [{ files: [file("../a.luau")] }, "files[0].name", "../a.luau"],
    [{ files: [file("a\u0000.luau")] }, "files[0].name", "\\u0000"],
    [{ files: [file(`${"x".repeat(70)}.luau`)] }, "files[0].name", "75"],
    [{ files: [file("")] }, "files[0].name", '""'],
    [{ files: [{ name: "a.luau" }] }, "files[0].source", "missing"],
    [{ files: [{ name: "a.luau", source: 1 }] }, "files[0].source", "1"],
    [{ files: [{ name: "a.luau", source: "", program: "yes" }] }, "files[0].program", "yes"],
    [{ files: [{ name: "a.luau", source: "", run: true }] }, "files[0].run", "run"],
    [{ files: [file("a.luau")], extra: 1 }, "extra", "extra"],
    [{ files: [file("a.luau")], open: "b.luau" }, "open", "b.luau"],
    [{ files: [file("a.luau")], title: "" }, "title", '""'],
    [{ files: [file("a.luau")], title: "a\nb" }, "title", "a\\nb"],
    [{ files: [file("a.luau")], title: "x".repeat(101) }, "title", "100"],
    [{ files: [file("a.luau")], room: "a/b" }, "room", "a/b"],
    [{ files: [file("a.luau")], room: "x".repeat(65) }, "room", "64"],
    [{ files: [file("a.luau")], settings: [] }, "settings", "[]"],
    [{ files: [file("a.luau")], settings: { a: null } }, "settings.a", "null"],
    [{ files: [file("a.luau")], settings: { a: "x".repeat(257) } }, "settings.a", "256"],
    [{ files: [file("a.luau")], settings: { "a b": 1 } }, "settings.a b", "a b"],
    [{ files: [file("a.luau")], settings: Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`k${index}`, 1])) }, "settings", "33"],
  ])("%j is refused at %s", (value, path, part) => {
    const error = fault(linkOf(value));
    expect([error.code, error.path]).toEqual(["invalid", path]);
    expect(error.message).toContain(part);
    expect(error.message.length).toBeLessThan(250);
  });
  it("cannot reach a prototype", () => {
    expect(fault(linkOf('{"files":[{"name":"a.luau","source":""}],"__proto__":{"room":"x"}}')).path).toBe("__proto__");
    expect(fault(linkOf('{"files":[{"name":"a.luau","source":""}],"settings":{"__proto__":1}}')).code).toBe("invalid");
  });
  it("is not written either", () => {
    expect(() => encodeShare({ files: [] })).toThrow(ShareError);
    expect(() => encodeShare({ files: [{ name: "a/b.luau", source: "", isProgram: true }] })).toThrow("a/b.luau");
  });
});

/** A text of a length that does not pack to next to nothing. */
const source = (length: number): string =>
  Array.from({ length: Math.ceil(length / 9) }, (_, index) => (index * 7_919_999).toString(36).padEnd(9, "x"))
    .join("")
    .slice(0, length);
const project = (length: number) => ({ files: [{ name: "a.luau", source: source(length), isProgram: true }] });

describe("limits", () => {
  it("stop a bomb before it has unpacked", () => {
    const bomb = `v1.${deflateSync(Buffer.alloc(300 * 1024 * 1024), { level: 9 }).toString("base64url")}`;
    expect(bomb.length).toBeLessThan(MAX_SHARE_CHARS);
    const before = process.memoryUsage().arrayBuffers;
    expect(fault(bomb).code).toBe("too-large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
  it("hold for what is written and for what is read", () => {
    const most = MAX_PROJECT_BYTES - projectBytes(project(0)).length;
    expect(projectBytes(project(most)).length).toBe(MAX_PROJECT_BYTES);
    expect(() => projectBytes(project(most + 1))).toThrow(`${MAX_PROJECT_BYTES + 1} bytes`);
    expect(fault(linkOf({ files: [{ name: "a.luau", source: "x".repeat(MAX_PROJECT_BYTES) }] })).code).toBe("too-large");
    const noise = { files: [{ name: "a.luau", source: Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString("base64"), isProgram: true }] };
    expect(decodeShare(encodeShare(noise))).toEqual(noise);
    const random = Array.from({ length: 10 }, () => Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString("base64")).join("");
    expect(() => encodeShare({ files: [{ name: "a.luau", source: random, isProgram: true }] })).toThrow("a link holds at most");
    expect(fault("v1.".padEnd(MAX_SHARE_CHARS + 1, "A")).code).toBe("too-large");
  });
});

describe("docs/share-format.md", () => {
  const document = readFileSync(new URL("../../../docs/share-format.md", import.meta.url), "utf8");
  it("lists every code and every limit", () => {
    for (const code of SHARE_ERROR_CODES) expect(document).toContain(`\`${code}\``);
    for (const limit of [MAX_FILES, MAX_PROJECT_BYTES, MAX_SHARE_CHARS, MAX_CAPTURE_BYTES, MAX_CAPTURE_CHARS])
      expect(document).toContain(limit.toLocaleString("en"));
  });
  it("has an example that opens", () => {
    const text = /#share=(v1\.[\w-]+)/.exec(document)?.[1] ?? "";
    const json = /```json\n([^]+?)```/.exec(document)?.[1] ?? "";
    expect(projectBytes(decodeShare(text))).toEqual(projectBytes(projectFromJson(1, JSON.parse(json))));
  });
});
