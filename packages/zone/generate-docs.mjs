// @ts-check
/** `node packages/zone/generate-docs.mjs`, after `tsc -b`: writes the API's pages and type definitions. */
import { writeFileSync } from "node:fs";
import { REFERENCE, renderDefinitions, renderPage } from "./dist/reference/index.js";

/** @type {[string, string][]} */
const files = [
  ["../../docs/api.en.md", renderPage(REFERENCE, "en")],
  ["../../docs/api.ru.md", renderPage(REFERENCE, "ru")],
  ["zone.d.luau", renderDefinitions(REFERENCE)],
];
for (const [name, text] of files) writeFileSync(new URL(name, import.meta.url), text);
