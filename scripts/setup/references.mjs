// @ts-check
/** What TypeScript's project references say of a project: the files that it is made of and what compiling it leaves behind. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { root } from "./paths.mjs";
import { errorMessage } from "./error-message.mjs";

/**
 * @typedef {object} Project
 * @property {string} config      its `tsconfig.json`, relative to the project's top, as all paths here
 * @property {string[]} inputs    files and folders that its compilation reads, of its own folder and above
 * @property {string[]} outputs   what it leaves behind; none where it only checks
 * @property {string[]} references the configurations of the projects that it is built upon
 */

/**
 * A project and all that it is built upon, each once.
 *
 * @param {string[]} names   folders with a `tsconfig.json`, or such files
 * @param {string} [base]    the folder that the paths are relative to
 * @returns {Project[]}
 * @throws {Error} where a configuration is missing or is not plain JSON
 */
export function referencedProjects(names, base = root) {
  /** @type {Map<string, Project>} */
  const found = new Map();
  const waiting = names.map((name) => configFile(name));
  for (let config = waiting.pop(); config !== undefined; config = waiting.pop()) {
    if (found.has(config)) continue;
    const project = readProject(config, base);
    found.set(config, project);
    waiting.push(...project.references);
  }
  return [...found.values()];
}

/**
 * What a build of projects has to be made again for, and what shows that it was made.
 *
 * @param {string[]} names folders with a `tsconfig.json`, or such files
 * @param {string} [base]
 * @returns {{ inputs: string[], outputs: string[] }} each sorted and without repetition
 */
export function filesOfProjects(names, base = root) {
  const projects = referencedProjects(names, base);
  return {
    inputs: [...new Set(projects.flatMap(({ inputs }) => inputs))].toSorted(),
    outputs: [...new Set(projects.flatMap(({ outputs }) => outputs))].toSorted(),
  };
}

/** @param {string} name */
function configFile(name) {
  return name.endsWith(".json") ? name : join(name, "tsconfig.json");
}

/** @param {string} config @param {string} base @returns {Project} */
function readProject(config, base) {
  const settings = readSettings(config, base);
  const folder = dirname(config);
  const at = (/** @type {string} */ path) => join(folder, path);
  const inputs = [
    config,
    ...extendedBy(config, settings, base),
    ...(settings.files ?? []).map(at),
    ...(settings.include ?? []).map((/** @type {string} */ pattern) => at(fixedPart(pattern))),
  ];
  // What others see of a package is said in its package.json.
  if (existsSync(join(base, folder, "package.json"))) inputs.push(at("package.json"));
  const { outDir, tsBuildInfoFile, noEmit } = settings.compilerOptions ?? {};
  return {
    config: slashes(config),
    inputs: inputs.map(slashes),
    outputs: noEmit === true || outDir === undefined ? [] : [slashes(at(tsBuildInfoFile ?? outDir))],
    references: (settings.references ?? []).map((/** @type {{ path: string }} */ { path }) => configFile(at(path))),
  };
}

/** The configurations that one takes its settings from. @param {string} config @param {any} settings @param {string} base @returns {string[]} */
function extendedBy(config, settings, base) {
  return [settings.extends ?? []].flat().flatMap((/** @type {string} */ name) => {
    const path = join(dirname(config), name);
    return [path, ...extendedBy(path, readSettings(path, base), base)];
  });
}

/** The path in front of the first wildcard. @param {string} pattern */
function fixedPart(pattern) {
  const parts = pattern.split("/");
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  return wild < 0 ? pattern : parts.slice(0, wild).join("/") || ".";
}

/** @param {string} config @param {string} base */
function readSettings(config, base) {
  try {
    return JSON.parse(readFileSync(join(base, config), "utf8"));
  } catch (error) {
    throw new Error(`${config} could not be read, and has to be plain JSON, without comments: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

/** One form on every system. @param {string} path */
function slashes(path) {
  return relative(".", join(".", path)).split(sep).join("/") || ".";
}
