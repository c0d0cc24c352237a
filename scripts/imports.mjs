// @ts-check
/**
 * `npm run imports` writes the map of `docs/architecture.md` from the table of who may import whom (`imports/import-table.mjs`).
 * With `--found` it prints the table's rows as the sources have them, to paste after a move of folders, and writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { arrowsFound, roomOf } from "./imports/check-imports.mjs";
import { ROOMS } from "./imports/import-table.mjs";
import { readImports, sources } from "./imports/read-imports.mjs";
import { withMap } from "./imports/render-map.mjs";
import { inProject } from "./setup/paths.mjs";

const DOCUMENT = inProject("docs/architecture.md");

if (process.argv.includes("--found")) {
  for (const [path, imports] of arrowsFound(readImports(), ROOMS))
    process.stdout.write(`  room(${JSON.stringify(path)}, [${imports.map((entry) => JSON.stringify(entry)).join(", ")}]),\n`);
  process.stdout.write("\nIn no room:\n");
  for (const file of sources()) if (roomOf(file, ROOMS) === undefined) process.stdout.write(`  ${file}\n`);
} else {
  writeFileSync(DOCUMENT, withMap(readFileSync(DOCUMENT, "utf8")));
}
