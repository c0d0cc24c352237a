import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../src/theme/tokens.css", import.meta.url), "utf8");
const highContrast = readFileSync(new URL("../src/theme/contrast.css", import.meta.url), "utf8");

/** The colours of one scheme, by token. */
function scheme(side: 2 | 3, text = css): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/(--[\w-]+):\s*light-dark\((#[\da-f]{6}),\s*(#[\da-f]{6})\)/g)];
  return new Map(pairs.map((pair) => [pair[1] as string, pair[side] as string]));
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["--ground", "--surface", "--paper", "--console", "--raised"];
/** What is written, and on what besides the grounds. */
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ["--ink", [...GROUNDS, "--hover", "--selection", "--failed-wash", "--accent-wash"]],
  ["--ink-soft", [...GROUNDS, "--hover", "--failed-wash"]],
  ["--ink-faint", ["--ground", "--surface", "--paper", "--console", "--raised"]],
  ["--running", ["--surface", "--console", "--ground"]],
  ["--waiting", ["--surface", "--console", "--ground"]],
  ["--failed", ["--surface", "--console", "--ground", "--failed-wash", "--raised"]],
  ["--on-accent", ["--accent", "--accent-strong"]],
  ["--accent-strong", ["--accent-wash", "--raised"]],
  ...["keyword", "string", "escape", "number", "comment", "function", "type", "builtin", "property", "operator", "invalid"].map(
    (name) => [`--code-${name}`, ["--paper", "--failed-wash"]] as const,
  ),
];

describe.each([
  ["light", 2],
  ["dark", 3],
] as const)("in the %s scheme", (_, side) => {
  const colours = scheme(side);
  it.each(TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground])))("%s can be read on %s", (text, ground) => {
    const ratio = contrast(colours.get(text) ?? "", colours.get(ground) ?? "");
    // WCAG 2.2, 1.4.3, level AA.
    expect(ratio).toBeGreaterThanOrEqual(4.5);
  });
  it.each(GROUNDS)("a focus ring stands out on %s", (ground) => {
    // WCAG 2.2, 1.4.11.
    expect(contrast(colours.get("--focus") ?? "", colours.get(ground) ?? "")).toBeGreaterThanOrEqual(3);
  });
});

describe("high contrast", () => {
  const blocks = [...highContrast.matchAll(/\{([^{}]+)\}/g)].map(([, body = ""]) => body.replaceAll(/^\s+/gm, ""));
  it("is the same by choice and by the system's wish", () => {
    expect(blocks).toHaveLength(2);
    expect(blocks[0]).toBe(blocks[1]);
  });
  it("has a colour for everything that is written", () => {
    expect(TEXTS.flatMap(([text]) => text).filter((text) => !scheme(2, highContrast).has(text))).toEqual([]);
  });
  it.each([
    ["light", 2],
    ["dark", 3],
  ] as const)("can be read at 7 : 1 in the %s scheme", (_, side) => {
    const colours = scheme(side, highContrast);
    const weak = TEXTS.flatMap(([text, grounds]) =>
      grounds.map((ground) => ({ text, ground, ratio: contrast(colours.get(text) ?? "", colours.get(ground) ?? "") })),
    ).filter(({ ratio }) => !(ratio >= 7));
    expect(weak).toEqual([]);
    // WCAG 2.2, 1.4.11: what shows where a field or a button ends.
    for (const ground of GROUNDS) expect(contrast(colours.get("--line") ?? "", colours.get(ground) ?? "")).toBeGreaterThanOrEqual(3);
  });
});
