// @ts-check
/** The map of `docs/architecture.md`, made from the table of imports. */
import { isIn } from "./check-imports.mjs";
import { ROOMS } from "./import-table.mjs";
import { PARTS } from "./parts.mjs";

const BEGIN = "<!-- Written by `npm run imports`: begin -->";
const END = "<!-- Written by `npm run imports`: end -->";

/** Folders whose rooms have a table of their own in the map. */
const DETAILED = [
  { folder: "bridge/src", title: "Within the bridge" },
  { folder: "web/src", title: "Within the page" },
];

/** Tests look into what they test, and say nothing of how it is made. */
const TESTS = /\/test$/;

/**
 * The document with the map between its marks as the table has it.
 *
 * @param {string} document
 * @throws {Error} where the marks are missing
 */
export function withMap(document) {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/architecture.md lacks the lines "${BEGIN}" and "${END}"`);
  return `${document.slice(0, begin + BEGIN.length)}\n${map()}\n${document.slice(end)}`;
}

function map() {
  const parts = table(
    ["folder", "what it is", "may import"],
    PARTS.map(({ path, is }) => [code(path), is, names(importsOfPart(path))]),
  );
  const details = DETAILED.flatMap(({ folder, title }) => [
    `### ${title}`,
    table(
      ["room", "may import"],
      roomsIn(folder).map(({ path, imports }) => [code(shorter(path, folder)), names(imports.map((entry) => shorter(entry, folder)))]),
    ),
  ]);
  return [parts, ...details].join("\n\n");
}

/** @param {string} folder */
const roomsIn = (folder) => ROOMS.filter(({ path }) => isIn(path, folder) && !TESTS.test(path));

/** The part that a room is of: the one with the longest path. @param {string} path */
const partOf = (path) => PARTS.filter((part) => isIn(path, part.path)).toSorted((a, b) => b.path.length - a.path.length)[0]?.path;

/** @param {string} part */
function importsOfPart(part) {
  const found = ROOMS.filter(({ path }) => partOf(path) === part && !TESTS.test(path)).flatMap(({ imports }) => imports.map((entry) => partOf(entry) ?? entry));
  return [...new Set(found)].filter((entry) => entry !== part).toSorted();
}

/** @param {string} path @param {string} [folder] */
function shorter(path, folder = "packages") {
  return (isIn(path, folder) ? path.slice(folder.length + 1) : path).replace(/^packages\//, "@").replace("/src/", "/");
}

/** @param {readonly string[]} entries */
const names = (entries) => (entries.length === 0 ? "nothing" : entries.map((entry) => code(entry.replace(/^packages\//, ""))).join(", "));

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
