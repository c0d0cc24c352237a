import type { Language } from "@playground/zone/reference";
import type { Plugin } from "vite";
import { referenceContent } from "./reference-content.ts";

const MODULES: ReadonlyMap<string, Language> = new Map([
  ["virtual:content/reference-en", "en"],
  ["virtual:content/reference-ru", "ru"],
]);

/** Before the names of modules that are made, by Rollup's convention: no other plugin touches them then. */
const MADE = "\0";

/** Makes the modules that hold the reference, one for each language. While developing, Vite begins anew when the reference changes. */
export function referencePlugin(): Plugin {
  return {
    name: "reference",
    resolveId: (id) => (MODULES.has(id) ? MADE + id : undefined),
    load(id) {
      const language = id.startsWith(MADE) ? MODULES.get(id.slice(MADE.length)) : undefined;
      return language === undefined ? undefined : `export default ${JSON.stringify(referenceContent(language))}`;
    },
  };
}
