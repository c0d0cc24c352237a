// @ts-check
import { createRequire } from "node:module";
import { build } from "vite";
import { inProject, root } from "../setup/paths.mjs";

/**
 * What Node runs, with everything that it imports, as few scripts: `main.js` is the command, `program-thread.js` the thread of a program
 * without a browser. Not minified, so that the stack of an error can be read.
 *
 * @param {{ define: Readonly<Record<string, string>> }} options
 * @returns {Promise<{ files: { name: string, code: string }[], modules: string[] }>} absolute paths of the modules in them, too
 */
export async function bundle({ define }) {
  const fromBridge = createRequire(inProject("bridge", "package.json"));
  const result = await build({
    configFile: false,
    root,
    logLevel: "warn",
    define: { ...define },
    resolve: {
      conditions: ["@playground/source", "node", "import", "module", "default"],
      // The half of it that is JavaScript: there is no native part in the package.
      alias: { bufferutil: fromBridge.resolve("bufferutil/fallback.js") },
    },
    ssr: { noExternal: true, resolve: { conditions: ["@playground/source", "node", "import", "module", "default"] } },
    build: {
      ssr: true,
      write: false,
      target: "node20",
      minify: false,
      rolldownOptions: {
        input: { main: inProject("packages/cli/src/main.ts"), "program-thread": inProject("packages/headless/src/program/program-thread.ts") },
        // ws asks for it in vain on any Node that knows whether bytes are UTF-8 by itself.
        external: ["utf-8-validate"],
        output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
        checks: { pluginTimings: false },
      },
    },
  });
  if (!("output" in result)) throw new Error("the bundler gave no output");
  const chunks = result.output.filter((file) => file.type === "chunk");
  return {
    files: chunks.map(({ fileName, code }) => ({ name: fileName, code })),
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
  };
}
