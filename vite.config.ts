import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";
import { commitOf, withCommit } from "./scripts/setup/commit.mjs";
import { firstRunPlugin } from "./web/build/first-run-plugin.ts";
import { lessonsPlugin } from "./web/build/lessons-plugin.ts";
import { referencePlugin } from "./web/build/reference-plugin.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here("package.json"), "utf8")) as { version: string };

/** Where a bridge runs while Vite serves the page; `npm run dev` starts one and says where. */
const bridge = process.env["BRIDGE_URL"] ?? "http://127.0.0.1:7070";

/** The workspace's packages are bundled from their sources, so that no build has to come first. */
const FROM_SOURCES = {
  // "worker": what reads a lesson's text for the page does so in a worker, where the form for browsers finds no document.
  conditions: ["@playground/source", "worker", ...defaultClientConditions],
};

/** While developing, the type checker comes from where it is built; `npm start` puts it beside the built page. */
function analysisModule(): Plugin {
  const path = here("packages/luau-analysis/dist/luau-analysis.wasm");
  return {
    name: "analysis-module",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!existsSync(path)) next();
        else if (request.url === "/analysis.json") response.end(JSON.stringify({ state: "ready", url: "/luau-analysis.wasm", bytes: statSync(path).size }));
        else if (request.url === "/luau-analysis.wasm") response.setHeader("content-type", "application/wasm").end(readFileSync(path));
        else next();
      });
    },
  };
}

/** The commit stands in the page's HTML and in no script, so that scripts stay the same bytes where nothing of theirs changes. */
function commitInPage(): Plugin {
  return {
    name: "commit-in-page",
    transformIndexHtml: (html, { path }) => (path === "/index.html" ? withCommit(html, commitOf()) : html),
  };
}

/** The helper that Vite calls around every `import()` of the page, with the files of the part. */
const PRELOAD_HELPER = "\0vite/preload-helper.js";

/** Parts are fetched before they are imported, so that one that could not be had can be asked for again. */
function partsThatCanBeTriedAgain(): Plugin {
  return {
    name: "parts-that-can-be-tried-again",
    apply: "build",
    enforce: "pre",
    load: (id) => (id === PRELOAD_HELPER ? `export { loadPart as __vitePreload } from ${JSON.stringify(here("web/src/ui/load-part.ts"))};` : undefined),
  };
}

/**
 * The page's script is one file, and so is what several of its parts share that is small: over HTTP/1.1 a browser asks for six files at a
 * time, and each takes a turn.
 */
const FEW_FILES = [
  { name: "main", tags: ["$initial" as const], priority: 1 },
  { name: "shared", test: /\/share\/src\/file-name\.ts$|\/editor\/luau\/token\.ts$/ },
];

/** The first script of `<zone-playground>` is one file, and so is what its programs need: what later parts share with them is in these, and not in files that they would import. */
const ONE_FILE_EACH = [
  { name: "zone-playground", tags: ["$initial" as const], priority: 1 },
  // A lesson's text is there before its programs, and waits for none of what they need: what both share is a file beside them.
  {
    name: "common",
    test: /\/web\/src\/(?:ui|storage|locale|workers|project|log|editor\/luau)\/|\/packages\/(?:network|wire|safe-text)\//,
    minShareCount: 2,
    priority: 0.5,
  },
  { name: "runtime", test: /\/embed\/runtime\.ts$/ },
];

export default defineConfig({
  plugins: [
    analysisModule(),
    commitInPage(),
    referencePlugin(),
    lessonsPlugin(here("lessons")),
    partsThatCanBeTriedAgain(),
    firstRunPlugin(here("web/boot/first-script.js")),
  ],
  root: here("web"),
  base: "/",
  define: { __PLAYGROUND_VERSION__: JSON.stringify(version) },
  resolve: FROM_SOURCES,
  // What a worker loads later has a folder of its own, the only one that its policy lets it load scripts from.
  worker: { format: "es", rolldownOptions: { output: { chunkFileNames: "assets/worker/[name]-[hash].js" } } },
  // Scripts find what they load beside themselves, and not where the page came from: that may be another site.
  experimental: { renderBuiltUrl: (filename, { hostType }) => (hostType === "js" ? { relative: true } : `/${filename}`) },
  build: {
    outDir: here("web/dist"),
    emptyOutDir: true,
    // README.md names these. What their syntax lacks is lowered, also in styles; interfaces that they lack are kept out by e2e/page/interfaces.spec.ts.
    target: ["safari16.4", "firefox115", "chrome109"],
    modulePreload: {
      // What the page asks for in its HTML, it asks for in the way that its browser knows (web/boot/first-script.js).
      polyfill: false,
      // Vite leaves a part alone that is one file; it must be fetched first, too.
      resolveDependencies: (filename, files, { hostType }) => (files.length > 0 || hostType === "html" ? files : [filename]),
    },
    sourcemap: true,
    // Every asset keeps its own hashed file: a `data:` address would need a hole in the page's CSP.
    assetsInlineLimit: 0,
    // What the page may weigh is held by e2e/page/size.spec.ts.
    chunkSizeWarningLimit: 1_000,
    // How long the plugins took is nobody's business who only wants to start the playground.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          input: { main: here("web/index.html") },
          output: { codeSplitting: { groups: FEW_FILES } },
        },
      },
    },
    // The page for frames shares no file with the other, which would come in more and smaller ones.
    frame: {
      consumer: "client",
      resolve: FROM_SOURCES,
      build: { emptyOutDir: false, rolldownOptions: { input: { embed: here("web/embed/index.html") } } },
    },
    // `<zone-playground>` is built apart from the page, so that its first script is one file with a name that pages
    // elsewhere can rely on. It carries no part of the page but what it shows before it is touched.
    embed: {
      consumer: "client",
      // Vite gives the conditions above to its own environment of the page alone.
      resolve: FROM_SOURCES,
      build: {
        emptyOutDir: false,
        rolldownOptions: {
          input: { "zone-playground": here("web/src/embed/zone-playground.ts") },
          output: {
            entryFileNames: "embed/[name].js",
            codeSplitting: { groups: ONE_FILE_EACH },
          },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ["client", "frame", "embed"]) {
        const environment = builder.environments[name];
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
  server: {
    proxy: {
      "/healthz": bridge,
      // The bridge checks that Origin and Host agree.
      "/api": { target: bridge, changeOrigin: true, headers: { origin: new URL(bridge).origin } },
      // Only the upgrade goes to the bridge: the page of a room comes from Vite. The bridge checks that
      // Origin and Host agree, so the request has to look as if the bridge had served the page.
      "/room": {
        target: bridge,
        ws: true,
        changeOrigin: true,
        rewriteWsOrigin: true,
        bypass: (request) => (request.headers.upgrade === undefined ? "/index.html" : undefined),
      },
    },
  },
});
