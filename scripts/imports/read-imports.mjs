// @ts-check
/** Every import of the repository's sources, of types and in JSDoc too, as the file that imports and what it names. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { root } from "../setup/paths.mjs";

/**
 * @typedef {object} Import
 * @property {string} from       the file that imports, relative to the project's top
 * @property {string} specifier  what it names, as it is written
 * @property {string} [to]       the file or folder of the repository that this leads to; absent for npm packages and Node's own modules
 */

/** The workspace's packages, as specifiers name them. */
const WORKSPACE = "@playground/";

/** Folders of the repository, as a program that is loaded once it is built is named. */
const BUILT = /^(?:packages|bridge|web|bench|scripts)\/[\w./-]+$/;

/**
 * The imports of all sources that git knows and that are there.
 *
 * @param {readonly string[]} [files] paths relative to the project's top
 * @returns {Import[]}
 */
export function readImports(files = sources()) {
  return files.flatMap((file) => importsIn(file, readFileSync(join(root, file), "utf8")));
}

/** The repository's sources in TypeScript and JavaScript, new ones too. */
export function sources() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.ts", "*.mjs", "*.js"], {
    cwd: root,
    encoding: "utf8",
  });
  return [...new Set(listed.split("\0").filter(Boolean))].filter((file) => existsSync(join(root, file))).toSorted();
}

/**
 * The imports of one source: `import` and `export … from`, `import()` of a text, of types and in JSDoc, and `import()` of
 * something that is built, where it names a path of the repository.
 *
 * @param {string} file its path, relative to the project's top
 * @param {string} text
 * @returns {Import[]}
 */
export function importsIn(file, text) {
  /** @type {Import[]} */
  const found = [];
  /** @param {string} specifier */
  const add = (specifier) => {
    const to = target(file, specifier);
    found.push({ from: file, specifier, ...(to === undefined ? {} : { to }) });
  };
  // Without `import()` and JSDoc the words at the top of a statement say everything, and need no tree.
  if (file.endsWith(".ts") && !text.includes("import(")) {
    for (const { fileName } of ts.preProcessFile(text, true, false).importedFiles) add(fileName);
    return found;
  }
  /** @param {ts.Node} node */
  const walk = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) add(argument.text);
      else if (argument) for (const path of textsIn(argument)) if (BUILT.test(path)) found.push({ from: file, specifier: path, to: sourceOf(path) });
    }
    for (const comment of /** @type {{ jsDoc?: ts.JSDoc[] }} */ (/** @type {unknown} */ (node)).jsDoc ?? []) walk(comment);
    ts.forEachChild(node, walk);
  };
  // Types stand in comments only where the language has none.
  const jsDocParsingMode = file.endsWith(".ts") ? ts.JSDocParsingMode.ParseNone : ts.JSDocParsingMode.ParseAll;
  walk(ts.createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode }));
  return found;
}

/** The source that a file was compiled from. @param {string} path */
const sourceOf = (path) => (path.endsWith(".js") ? path.replace("/dist/", "/src/").replace(/\.js$/, ".ts") : path);

/** @param {ts.Node} node @returns {string[]} the texts that are written in an expression */
function textsIn(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  /** @type {string[]} */
  const texts = [];
  ts.forEachChild(node, (child) => void texts.push(...textsIn(child)));
  return texts;
}

/** @param {string} file @param {string} specifier */
function target(file, specifier) {
  // Behind it a bundler is told how to load the file.
  const [path = ""] = specifier.split("?");
  if (path.startsWith(".")) return posix.normalize(posix.join(posix.dirname(file), path));
  if (!path.startsWith(WORKSPACE)) return undefined;
  const [name = "", ...rest] = path.slice(WORKSPACE.length).split("/");
  return entry(name, rest.length === 0 ? "." : `./${rest.join("/")}`);
}

/** The source behind an entry of a package's `exports`. @param {string} name @param {string} subpath */
function entry(name, subpath) {
  const folder = existsSync(join(root, "packages", name)) ? `packages/${name}` : name;
  const entries = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")).exports ?? {};
  const found = entries[subpath];
  if (found === undefined) throw new Error(`${WORKSPACE}${name} has no entry "${subpath}" in the exports of ${folder}/package.json`);
  return posix.join(folder, typeof found === "string" ? found : found["@playground/source"]);
}
