// @ts-check
/** The licences of the npm packages that modules come from. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { inProject } from "../setup/paths.mjs";

/**
 * @typedef {object} Licence
 * @property {string} name     of the package, with its version
 * @property {string} licence  as SPDX names it
 * @property {string} text     of its licence, and of its notices
 */

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The packages that these modules are of, without the project's own.
 *
 * @param {Iterable<string>} modules absolute paths
 * @returns {Licence[]} by name, each once
 */
export function licencesOf(modules) {
  /** @type {Map<string, Licence>} */
  const found = new Map();
  for (const folder of new Set([...modules].filter((path) => /[\\/]node_modules[\\/]/.test(path)).map(packageFolder))) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
    if (typeof license !== "string") throw new Error(`${name} ${version} does not say its licence; look what it is before it is given away`);
    found.set(`${name} ${version}`, {
      name: `${name} ${version}`,
      licence: license,
      text: files
        .toSorted()
        .map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
        .join("\n\n"),
    });
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of the package that a module is in: the nearest with a package.json that has a version; others only say how modules are read. @param {string} path */
function packageFolder(path) {
  for (let folder = dirname(path); basename(folder) !== "node_modules"; folder = dirname(folder)) {
    const description = join(folder, "package.json");
    if (existsSync(description) && "version" in JSON.parse(readFileSync(description, "utf8"))) return folder;
  }
  throw new Error(`${path} is in no package`);
}

/** Where the packages of all of the project lie. */
const PACKAGES = "node_modules/";

/**
 * The modules of packages that went into scripts, as the source maps beside them tell. How far up these go is not to be relied on: Vite
 * counts from another folder for workers.
 *
 * @param {readonly string[]} maps paths of source maps
 * @returns {string[]} absolute paths
 */
export function modulesInMaps(maps) {
  return maps.flatMap((map) => {
    /** @type {{ sources: string[] }} */
    const { sources } = JSON.parse(readFileSync(map, "utf8"));
    return sources.filter((source) => source.includes(PACKAGES)).map((source) => inProject(source.slice(source.indexOf(PACKAGES))));
  });
}

/**
 * The file that names all of them.
 *
 * @param {readonly Licence[]} licences
 * @param {string} more what is not from npm
 */
export function licenceText(licences, more) {
  const line = "-".repeat(80);
  const list = licences.map(({ name, licence }) => `${name}: ${licence}`).join("\n");
  const texts = licences.map(({ name, licence, text }) => `${line}\n${name}: ${licence}\n\n${text || `Its package has no text of the licence ${licence}.`}\n`);
  return `The Zone Playground is under the licence in LICENSE. It contains these packages:\n\n${list}\n\n${more.trim()}\n\n${texts.join("\n")}`;
}
