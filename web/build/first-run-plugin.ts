import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/** What the page fetches ahead for the first Run: its `import()`s, and the workers and WASM modules that it and what it imports name. */
const FETCH_AHEAD = /\/src\/app\/fetch-ahead\.ts$/;
/** The texts of the language that is not the source's. */
const RUSSIAN = /\/src\/locale\/ru\.ts$/;
/** Addresses of workers and WASM modules, by Vite's suffixes. */
const ADDRESS = /\.wasm\?url$|\?worker&url$/;
/** The script of `<zone-playground>`. */
const ELEMENT = "/embed/zone-playground.js";
/** What asks first whoever comes by a link. */
const ARRIVAL = /\/src\/share\/shared-arrival\.ts$/;
/** What shows lessons, and the contents of one, as `lessons-plugin.ts` makes them. */
const LESSONS = /\/src\/lessons\/lessons-part\.ts$/;
const LESSON = /virtual:content\/lesson\/(.+)$/;
/** In the first script: lists of addresses, by what has to be fetched. */
const LISTS = { RUSSIAN_FILES: RUSSIAN, ARRIVAL_FILES: ARRIVAL, LESSON_FILES: LESSONS };
/** In the first script: the address of each lesson's contents, by the lesson's id. */
const LESSON_CONTENTS = "LESSON_CONTENTS";

/**
 * Makes the page's HTML ask for everything that the first Run needs: what `FETCH_AHEAD` names is looked up in the graph of modules, and its
 * files in what was built. The page's styles and the script at the path `firstScript` stand in the HTML itself, so that the loading screen
 * waits for nothing else; the bridge lets that script run by its hash.
 */
export function firstRunPlugin(firstScript: string): Plugin {
  /** Modules that are imported later, for the first Run; addresses of its workers and WASM modules. */
  let parts: readonly string[] = [];
  let addresses: readonly string[] = [];
  return {
    name: "first-run",
    enforce: "post",
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const ahead = ids.find((id) => FETCH_AHEAD.test(id));
      // Another page is built.
      if (ahead === undefined) return;
      const withImports = (from: Iterable<string>): ReadonlySet<string> => {
        const all = new Set(from);
        for (const id of all) for (const imported of this.getModuleInfo(id)?.importedIds ?? []) all.add(imported);
        return all;
      };
      parts = this.getModuleInfo(ahead)?.dynamicallyImportedIds ?? [];
      addresses = [...withImports([ahead, ...parts])].filter((id) => ADDRESS.test(id));
      if (parts.length === 0 || addresses.length === 0) this.error("nothing that the first Run needs was found");
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, filename, chunk }) {
        if (filename.endsWith("/web/embed/index.html") && bundle !== undefined) {
          // Built apart, under a name that never changes; the page's own script imports it.
          return { html: withStyles(html, bundle), tags: [inHead("link", { rel: "modulepreload", crossorigin: true, href: ELEMENT })] };
        }
        if (!filename.endsWith("/web/index.html")) return html;
        if (bundle === undefined)
          return {
            html,
            tags: [
              inHead(
                "script",
                {},
                scriptWith(firstScript, () => [], {}),
              ),
            ],
          };
        const inMain = filesOf(chunk, bundle);
        const modules = [...new Set(parts.flatMap((id) => filesOf(chunkOf(id, bundle), bundle)))].filter((file) => !inMain.includes(file));
        const besides = (module: RegExp): string[] =>
          ids(module, bundle)
            .flatMap((id) => filesOf(chunkOf(id, bundle), bundle))
            .filter((file) => !inMain.includes(file) && !modules.includes(file));
        return {
          html: withStyles(html, bundle),
          tags: [
            ...[...modules, ...addresses.map((id) => fileOf(id, bundle))].map((file) =>
              inHead("link", { rel: "preload", as: "fetch", crossorigin: true, href: `/${file}` }),
            ),
            inHead("script", {}, scriptWith(firstScript, besides, lessonContents(bundle))),
          ],
        };
      },
    },
  };
}

/** The first script without its comments and indents; minifiers write what old browsers cannot read. */
function scriptWith(path: string, filesFor: (module: RegExp) => readonly string[], contents: Readonly<Record<string, string>>): string {
  const lines = readFileSync(path, "utf8")
    .replace(/\/\*.*?\*\//gs, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"));
  return Object.entries(LISTS).reduce(
    (script, [list, module]) => script.replace(list, JSON.stringify(filesFor(module).map((file) => `/${file}`))),
    lines.join("\n").replace(LESSON_CONTENTS, JSON.stringify(contents)),
  );
}

function lessonContents(bundle: Rolldown.OutputBundle): Readonly<Record<string, string>> {
  return Object.fromEntries(
    chunksOf(bundle).flatMap(({ facadeModuleId, fileName }) => {
      const id = LESSON.exec(facadeModuleId ?? "")?.[1];
      return id === undefined ? [] : [[id, `/${fileName}`]];
    }),
  );
}

function ids(name: RegExp, bundle: Rolldown.OutputBundle): string[] {
  return chunksOf(bundle).flatMap(({ moduleIds }) => moduleIds.filter((id) => name.test(id)));
}

function chunksOf(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  return Object.values(bundle).filter((file) => file.type === "chunk");
}

/** The chunk that a module is imported from: the one that is its own, where others share it. */
function chunkOf(id: string, bundle: Rolldown.OutputBundle): Rolldown.OutputChunk | undefined {
  const chunks = chunksOf(bundle);
  return chunks.find(({ facadeModuleId }) => facadeModuleId === id) ?? chunks.find(({ moduleIds }) => moduleIds.includes(id));
}

/** A chunk and all that it imports at once, by the names of their files. */
function filesOf(chunk: Rolldown.OutputChunk | undefined, bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>();
  const add = (file: Rolldown.OutputChunk | undefined): void => {
    if (file === undefined || files.has(file.fileName)) return;
    files.add(file.fileName);
    for (const name of file.imports) {
      const imported = bundle[name];
      if (imported?.type === "chunk") add(imported);
    }
  };
  add(chunk);
  return [...files];
}

/** The file that a worker or a WASM module was written to. @throws {Error} where there is none */
function fileOf(id: string, bundle: Rolldown.OutputBundle): string {
  const [path = ""] = id.split("?");
  const [name = "", extension] = basename(path).split(".");
  const built = new RegExp(`/${name}-[\\w-]{8}\\.${extension === "ts" ? "js" : extension}$`);
  const [file, another] = Object.keys(bundle).filter((each) => built.test(`/${each}`));
  if (file === undefined || another !== undefined) throw new Error(`${id}: its file is not known for certain: ${file}, ${another}`);
  return file;
}

/** Puts the page's styles into its HTML. */
function withStyles(html: string, bundle: Rolldown.OutputBundle): string {
  return html.replace(/<link rel="stylesheet"[^>]* href="\/([^"]+)">/g, (_link, file: string) => {
    const styles = bundle[file];
    if (styles?.type !== "asset") throw new Error(`${file} is no file of the build`);
    delete bundle[file];
    return `<style>${String(styles.source).trim()}</style>`;
  });
}

function inHead(tag: string, attrs: Record<string, string | boolean>, children?: string): HtmlTagDescriptor {
  return { tag, attrs, injectTo: "head", ...(children !== undefined && { children }) };
}
