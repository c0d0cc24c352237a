import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Feature, features } from "../oldest/newer-features.ts";
import { expect, test } from "../support/test.ts";

const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/**
 * Interfaces that some of the oldest browsers lack, and that the page or a library uses where they are there, or where
 * the name is something of its own. Each says who does without it, and how.
 */
const DONE_WITHOUT: Readonly<Record<string, string>> = {
  "Symbol.dispose": "put in at the start of each worker, and asked for by what StyLua's glue does",
  "Symbol.asyncDispose": "what `using` is lowered to asks for it",
  showPopover: "ui/top-layer.ts",
  hidePopover: "ui/top-layer.ts",
  newState: "ui/top-layer.ts",
  "CSS.highlights": "a search in the mirror of a console marks nothing then",
  Highlight: "the same",
  "Error.captureStackTrace": "fflate asks for it",
  "Intl.Segmenter": "CodeMirror asks for it",
  getComposedRanges: "CodeMirror asks for it",
  trustedTypes: "Lit asks for it",
  createPolicy: "Lit, of trusted types",
  emptyScript: "Lit, of trusted types",
  fontBoundingBoxAscent: "xterm.js asks for it, and measures an element instead",
  fontBoundingBoxDescent: "the same",
  readText: "xterm.js asks whether it is there",
  fallback: "an option of CodeMirror",
  AsyncDisposableStack: "workers/scope/closed-scope.ts: a name that stays where it is",
  DisposableStack: "the same",
  Float16Array: "the same",
  SuppressedError: "the same",
  toHex: "@noble/hashes asks whether it is there",
  "Uint8Array.fromHex": "the same",
  zip: "the ending of a file's name",
  grow: "a method of WebAssembly.Table",
};

/** The same for properties, selectors, functions and at-rules of styles. */
const STYLES_DONE_WITHOUT: Readonly<Record<string, string>> = {
  "d:": "a member of an object",
  "rule:": "a member of an object",
  "size:": "a member of an object",
  "resize:": "what cannot be pulled keeps its height; in scripts a member of an object",
  "scrollbar-width:": "beside ::-webkit-scrollbar",
  "user-select:": "beside -webkit-user-select",
  "userSelect:": "CodeMirror, of elements that no selection begins in",
  "overflowAnchor:": "CodeMirror, a measure against jumps that Safari does not make",
  ":-webkit-scrollbar": "beside scrollbar-width; Firefox has that",
  "content-visibility:": "lines of a console that are out of sight are drawn all the same",
  "contain-intrinsic-block-size:": "with the one before",
  "color-mix()": "console/styled-text.ts: the ground that a program chose is not shown in Chrome 109 and 110",
  "forced-color-adjust:": "within @media (forced-colors: active), which Safari never is",
  ":popover-open": "asked for by @supports",
  ":selection": "CodeMirror; Safari has it but for a detail",
};

const scripts = readdirSync(DIST, { recursive: true })
  .map(String)
  .filter((file) => /\.(?:js|html)$/.test(file))
  .map((file) => ({ file, text: readFileSync(DIST + file, "utf8") }));
const styles = readdirSync(DIST, { recursive: true })
  .map(String)
  .filter((file) => /\.(?:css|html)$/.test(file))
  .map((file) => ({ file, text: readFileSync(DIST + file, "utf8") }));

function lastName({ path }: Feature): string {
  return (path.at(-1) ?? "").replace(/_static$/, "");
}

/** Names that only newer interfaces have, whose use a script shows: those that every browser has by now, or that belong to the language. */
function newNames(): Set<string> {
  const all = features("javascript.builtins", "api").filter(({ path }) => !/_event$|_permission$/.test(path.at(-1) ?? "") && /^\w+$/.test(path.at(-1) ?? ""));
  const old = new Set(all.filter(({ isNewer }) => !isNewer).map(lastName));
  return new Set(
    all
      .filter(({ isNewer, isCommon, path }) => isNewer && (isCommon || path[0] === "javascript"))
      .map(lastName)
      .filter((name) => !old.has(name)),
  );
}

/** `Promise.try` and its like, whose last word may be an older name of something else. */
function newStatics(): Set<string> {
  return new Set(
    features("javascript.builtins", "api")
      .filter(({ isNewer, path }) => isNewer && (path.at(-1)?.endsWith("_static") || (path[0] === "javascript" && path.length === 4)))
      .map((feature) => `${feature.path.at(-2)}.${lastName(feature)}`),
  );
}

test("no script uses an interface that the oldest browsers lack", () => {
  const [names, statics] = [newNames(), newStatics()];
  expect(
    names.has("toSorted") && names.has("showPopover") && statics.has("Promise.withResolvers") && statics.has("AbortSignal.any"),
    "the data know what is new",
  ).toBe(true);
  // A name that some script gives to a member of its own says nothing.
  const own = new Set(
    scripts.flatMap(({ text }) =>
      [...text.matchAll(/(?:[{,;}]|\b(?:get|set|static|async) )(\w+)(?=\([^()]*\)\{|:)|\.(\w+)=(?!=)/g)].map((match) => match[1] ?? match[2] ?? ""),
    ),
  );
  const found = new Map<string, Set<string>>();
  for (const { file, text } of scripts) {
    for (const [, holder, name = ""] of text.matchAll(/(?:\b(\w+))?\??\.(\w+)|\bnew (?=\w)/g)) {
      const qualified = `${holder}.${name}`;
      const what = statics.has(qualified) ? qualified : names.has(name) && !own.has(name) ? name : undefined;
      if (what !== undefined && !(what in DONE_WITHOUT)) found.set(what, (found.get(what) ?? new Set()).add(file));
    }
    for (const [, name = ""] of text.matchAll(/\bnew ([A-Z]\w+)/g)) {
      if (names.has(name) && !own.has(name) && !(name in DONE_WITHOUT)) found.set(name, (found.get(name) ?? new Set()).add(file));
    }
  }
  expect([...found].map(([what, files]) => `${what} in ${[...files].join(", ")}`)).toEqual([]);
});

test("every script that names a method by Symbol.dispose has put the symbol in before", () => {
  const users = scripts.filter(({ text }) => text.includes("[Symbol.dispose]("));
  expect(users.map(({ file }) => file.replace(/.*\/|-[\w-]{8}\.js$/g, "")).sort()).toEqual([
    "analysis-worker",
    "examiner-worker",
    "program-worker",
    "syntax-worker",
  ]);
  for (const { file, text } of users) {
    const defined = text.search(/defineProperty\(Symbol,[`"']dispose/);
    expect(defined, file).toBeGreaterThan(-1);
    expect(defined, file).toBeLessThan(text.indexOf("[Symbol.dispose]("));
  }
});

test("no style uses what the oldest browsers lack", () => {
  const css = features("css.properties", "css.at-rules", "css.selectors", "css.types").filter(({ isNewer }) => isNewer);
  const properties = css.filter((feature) => feature.path[1] === "properties" && isWhole(feature)).map(lastName);
  const patterns: (readonly [string, RegExp])[] = [
    ...properties.map((name) => [`${name}:`, new RegExp(`[\\s;{"'\`]${name}["'\`]?\\s*:`)] as const),
    ...properties
      .filter((name) => name.includes("-"))
      .map((name) => camel(name))
      .map((name) => [`${name}:`, new RegExp(`[{,]${name}:\\s*["'\`]`)] as const),
    ...css
      .filter((feature) => feature.path[1] === "at-rules" && isWhole(feature))
      .map(lastName)
      .map((name) => [`@${name}`, new RegExp(`@${name}\\b`)] as const),
    ...css
      .filter((feature) => feature.path[1] === "selectors" && isWhole(feature))
      .map(lastName)
      .map((name) => [`:${name}`, new RegExp(`[^:\\w\\s"'\`?](?:::?)${name}\\b(?![\\w:-])`)] as const),
    ...css
      .filter(({ path }) => path[1] === "types")
      .map(lastName)
      .filter((name) => /^[a-z]+-[a-z-]+$/.test(name))
      .map((name) => [`${name}()`, new RegExp(`\\b${name}\\(`)] as const),
  ];
  const found = patterns.flatMap(([what, pattern]) => {
    if (what in STYLES_DONE_WITHOUT) return [];
    const files = [...styles, ...scripts].filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    return files.length === 0 ? [] : [`${what} in ${files.join(", ")}`];
  });
  // Nested rules: "&" begins a selector only there.
  for (const { file, text } of styles) if (/[{;}]\s*&/.test(text)) found.push(`nesting in ${file}`);
  expect(found).toEqual([]);
});

/** A property, a selector or an at-rule, and not one value of it. */
function isWhole({ path }: Feature): boolean {
  return path.length === 3;
}

function camel(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
