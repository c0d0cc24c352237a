import { describe, expect, it } from "vitest";
import { plainBytes, textParts } from "../src/network-view/byte-text.ts";
import { byteUnits } from "../src/network-view/byte-units.ts";
import { hexRows } from "../src/network-view/hex-rows.ts";

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(
    hex.split(" ").filter((byte) => byte !== ""),
    (byte) => Number.parseInt(byte, 16),
  );
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("byteUnits", () => {
  it.each([
    ["41", ["text 1"]],
    ["d0 bf", ["text 2"]],
    ["f0 9f 98 80", ["text 4"]],
    ["0a", ["control 1"]],
    ["c2 85", ["control 2"]],
    // Cut by TCP at the end and at the beginning.
    ["41 d0", ["text 1", "cut-after 1"]],
    ["f0 9f 98", ["cut-after 3"]],
    ["bf 41", ["cut-before 1", "text 1"]],
    ["9f 98 80", ["cut-before 3"]],
    // The rest of nothing.
    ["80 80 80 80", ["invalid 1", "invalid 1", "invalid 1", "invalid 1"]],
    ["41 80", ["text 1", "invalid 1"]],
    ["ff fe", ["invalid 1", "invalid 1"]],
    // Longer than needed, a surrogate, beyond Unicode.
    ["c0 80", ["invalid 1", "invalid 1"]],
    ["e0 80 80", ["invalid 1", "invalid 1", "invalid 1"]],
    ["ed a0 80", ["invalid 1", "invalid 1", "invalid 1"]],
    ["f4 90 80 80", ["invalid 1", "invalid 1", "invalid 1", "invalid 1"]],
    ["d0 41", ["invalid 1", "text 1"]],
  ])("%s", (hex, units) => {
    expect(byteUnits(bytes(hex)).map(({ kind, size }) => `${kind} ${size}`)).toEqual(units);
  });

  it("leaves no byte out, wherever bytes are cut", () => {
    const text = utf8("Привет, мир! 😀\r\n\0");
    for (let cut = 0; cut <= text.length; cut++) {
      for (const part of [text.subarray(0, cut), text.subarray(cut)]) {
        expect(byteUnits(part).reduce((sum, { size }) => sum + size, 0)).toBe(part.length);
        expect(byteUnits(part).some(({ kind }) => kind === "invalid")).toBe(false);
      }
    }
  });
});

describe("textParts", () => {
  it("writes control characters as Luau does", () => {
    expect(textParts(utf8("GET /\r\n\0"), 100)).toEqual([
      { kind: "text", text: "GET /" },
      { kind: "escape", text: "\\r\\n\\0" },
    ]);
  });
  it("marks halves of a character as parts of their own", () => {
    expect(textParts(bytes("bf 41 d0"), 100)).toEqual([
      { kind: "cut", text: "\\xbf" },
      { kind: "text", text: "A" },
      { kind: "cut", text: "\\xd0" },
    ]);
  });
  it("says that there is more", () => {
    expect(plainBytes(utf8("x".repeat(50)), 10)).toBe(`${"x".repeat(10)}…`);
  });
  it("lets no text turn the reading order or talk to a terminal", () => {
    expect(plainBytes(utf8("\u202eevil\u001b[2J"), 100)).toBe("\ufffdevil\\x1b[2J");
  });
});

describe("hexRows", () => {
  it("shows hexadecimal numbers and text side by side", () => {
    const [row] = hexRows(utf8("Hi\n"), 8);
    expect(row?.offset).toBe(0);
    expect(row?.cells.map(({ hex, text }) => [hex, text])).toEqual([
      ["48", "H"],
      ["69", "i"],
      ["0a", "\\n"],
    ]);
  });
  it("takes a character over the end of a row into both", () => {
    const rows = hexRows(utf8("abcп"), 4);
    expect(rows.map(({ offset, cells }) => [offset, cells.map(({ hex, text, size }) => [hex, text, size])])).toEqual([
      [
        0,
        [
          ["61", "a", 1],
          ["62", "b", 1],
          ["63", "c", 1],
          ["d0", "п", 1],
        ],
      ],
      [4, [["bf", "", 1]]],
    ]);
  });
  it("marks half a character, and what is no text", () => {
    expect(hexRows(bytes("bf 41 ff d0"), 16)[0]?.cells.map(({ kind, text }) => [kind, text])).toEqual([
      ["cut-before", "½"],
      ["text", "A"],
      ["invalid", "·"],
      ["cut-after", "½"],
    ]);
  });
  it("ends at the limit", () => {
    expect(hexRows(new Uint8Array(100), 16, 20).flatMap(({ cells }) => cells)).toHaveLength(20);
  });
});
