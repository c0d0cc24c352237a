import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { cacheDirectory, writeAtomically } from "../../packages/wasm-build/cache.mjs";
import { root } from "../setup/paths.mjs";

// The build in JavaScript: the others are programs for one system each.
vi.stubEnv("RECHECK_BACKEND", "pure");
const { checkSync } = await import("recheck");

/** What reaches readers and bridges. Tests and benches read texts of their own alone. */
const SHIPPED = /^(?:web\/src|packages\/[^/]+\/src|bridge\/src|scripts\/(?!test\/))\/?.*\.(?:ts|mjs)$|^packages\/[^/]+\/[^/]+\.mjs$/;

/**
 * What lets a pattern stand that may take longer than a text is long: a comment at it, or on the line above, that says
 * what holds the text's length down, with the figure or the constant.
 */
const BOUND = /\/\/ Pattern bound: .*(?:\d|[A-Z]{3,}_[A-Z])/;

/** Nothing in it repeats without an end, so that a match takes no longer than the pattern. */
const REPEATS = /[*+]|,\}/;

/** Verdicts of earlier runs, of any clone: a pattern takes up to some seconds. */
const CACHE = join(cacheDirectory(), "linear-patterns.json");
const checker = createHash("sha256")
  .update(readFileSync(new URL(import.meta.url)))
  .update(readFileSync(join(root, "node_modules/recheck/package.json")))
  .digest("hex");

interface Pattern {
  readonly place: string;
  readonly text: string;
  /** Undefined where it is put together when the program runs. */
  readonly literal: { readonly source: string; readonly flags: string } | undefined;
  readonly isBounded: boolean;
}

/** The text of an expression that is put together from texts of the same file alone; undefined for any other. */
function constantText(node: ts.Expression | undefined, tree: ts.SourceFile): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteral(node) || ts.isNumericLiteral(node)) return node.text;
  const isRaw = ts.isTaggedTemplateExpression(node) && node.tag.getText(tree) === "String.raw";
  const template = isRaw ? node.template : node;
  const plain = (part: ts.TemplateLiteralLikeNode): string => (isRaw ? part.rawText : undefined) ?? part.text;
  if (ts.isNoSubstitutionTemplateLiteral(template)) return plain(template);
  if (ts.isTemplateExpression(template)) {
    return template.templateSpans.reduce<string | undefined>((text, { expression, literal }) => {
      const value = constantText(expression, tree);
      return text === undefined || value === undefined ? undefined : text + value + plain(literal);
    }, plain(template.head));
  }
  if (!ts.isIdentifier(node)) return undefined;
  const declared = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText(tree) === node.text);
  return constantText(declared?.initializer, tree);
}

/** Every regular expression of a source, and every call that makes one. */
function patternsIn(file: string, source: string): Pattern[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const lines = source.split("\n");
  const found: Pattern[] = [];
  const add = (node: ts.Node, literal: Pattern["literal"]): void => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    const isBounded = BOUND.test(lines[line] ?? "") || BOUND.test(lines[line - 1] ?? "");
    found.push({ place: `${file}:${line + 1}`, text: node.getText(tree), literal, isBounded });
  };
  const walk = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      add(node, { source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(tree) === "RegExp") {
      const [source, flags] = [constantText(node.arguments?.[0], tree), constantText(node.arguments?.[1], tree) ?? ""];
      add(node, source === undefined ? undefined : { source, flags });
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}

/** What is wrong with a pattern; undefined where no text makes it take more than a time that grows with the text's length alone. */
function faultOf(source: string, flags: string): string | undefined {
  if (!REPEATS.test(source)) return undefined;
  // Without limits of time, and always with the same dice: a slow machine comes to the same verdict.
  const verdict = checkSync(source, flags, {
    timeout: null as never,
    attackTimeout: null as never,
    incubationTimeout: null as never,
    recallTimeout: -1,
    randomSeed: 1,
  });
  if (verdict.status === "safe") return undefined;
  return verdict.status === "vulnerable"
    ? `${verdict.complexity.summary}, as for ${JSON.stringify(verdict.attack.pattern)}`
    : `cannot be judged (${verdict.error.kind})`;
}

function readCache(): Record<string, string | null> {
  try {
    const { checker: by, verdicts } = JSON.parse(readFileSync(CACHE, "utf8")) as { checker: string; verdicts: Record<string, string | null> };
    return by === checker ? verdicts : {};
  } catch {
    return {};
  }
}

function faults(patterns: readonly Pattern[]): string[] {
  const verdicts = readCache();
  const told = patterns.flatMap(({ place, text, literal, isBounded }) => {
    if (isBounded) return [];
    if (literal === undefined) return [`${place}: ${text} is put together while it runs, and cannot be judged`];
    const fault = (verdicts[`/${literal.source}/${literal.flags}`] ??= faultOf(literal.source, literal.flags) ?? null);
    return fault === null ? [] : [`${place}: ${text} ${fault}`];
  });
  writeAtomically(CACHE, Buffer.from(JSON.stringify({ checker, verdicts })));
  return told;
}

const shipped = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => SHIPPED.test(file));

describe("patterns", () => {
  it("take no longer than a text is long, whoever wrote the text", { timeout: 600_000 }, () => {
    expect(shipped.length).toBeGreaterThan(300);
    const patterns = shipped.flatMap((file) => patternsIn(file, readFileSync(join(root, file), "utf8")));
    expect(patterns.length).toBeGreaterThan(100);
    expect(faults(patterns)).toEqual([]);
  });

  it.each([
    ["two runs side by side", String.raw`/require\s*\(?\s*"/`],
    ["a run at the end of a search", String.raw`/\s+$/`],
    ["a search that begins anywhere", String.raw`/[a-z]+:\d/`],
    ["a run of runs", String.raw`/^(?:a+)+$/`],
    ["two ways to read the same", String.raw`/^(?:a|aa)+$/`],
    ["a pattern put together", "new RegExp(`${name}+`)"],
    ["a bound without a figure", String.raw`/\s+$/ // Pattern bound: short lines`],
  ])("are seen that take longer: %s", (_, code) => {
    expect(faults(patternsIn("x.ts", `const pattern = ${code};`))).toHaveLength(1);
  });

  it.each([
    ["anchored", String.raw`/^\s*\n/`],
    ["one run, which cannot fail", String.raw`/%.*/`],
    ["a run that ends with what it does not hold", String.raw`/\x1b\[([\d;:]*)m/g`],
    ["a bound that says how long", String.raw`/\s+$/ // Pattern bound: lines of at most 250 characters`],
  ])("may stand: %s", (_, code) => {
    expect(faults(patternsIn("x.ts", `const pattern = ${code};`))).toEqual([]);
  });
});
