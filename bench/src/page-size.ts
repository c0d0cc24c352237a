import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Figure } from "./figure.ts";

/** The VM's limit, in kilobytes gzipped. */
const VM_LIMIT_KB = 300;
/** The limit of everything that the first Run needs, in kilobytes gzipped. */
const FIRST_RUN_LIMIT_KB = 600;

const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/** What is fetched when a command asks for it: the formatter, and its worker. */
const ON_COMMAND = /^assets\/(?:format-worker|stylua)/;

/** When a file is loaded, the earliest first. */
const STAGES = ["with the page", "once the page stands", "for the first Run"] as const;
const WITH_ITS_IMPORTER = 0;
const ON_DEMAND = 1;
const FOR_RUN = 2;

/**
 * What the page loads up to the first Run, by file, gzipped, in kilobytes of 1,000 bytes. Starts at `index.html`
 * and follows what each file names: an import statement's module is loaded with its importer, that of `import()`
 * once the page stands, and the worker and the VM for the first Run.
 */
export function measurePageSize(): Figure[] {
  if (!existsSync(`${DIST}index.html`)) throw new Error("the page is not built; run `npm run build:page` first");
  const stages = stagesOfFiles();
  const files = [...stages]
    .map(([file, stage]) => ({ file, stage, size: gzipSync(readFileSync(DIST + file), { level: 9 }).length / 1000 }))
    .toSorted((a, b) => a.stage - b.stage || b.size - a.size);
  const sum = (last: number): number => files.reduce((total, { stage, size }) => (stage <= last ? total + size : total), 0);
  return [
    ...files.map(({ file, stage, size }): Figure => {
      // The hash changes with every build and says nothing here.
      const name = file.replace(/-[\w-]{8}(\.\w+)$/, "$1");
      const figure = { what: `${name}, gzipped, loaded ${STAGES[stage]}`, unit: "kB", ours: size };
      return file.endsWith(".wasm") ? limited(figure, VM_LIMIT_KB) : figure;
    }),
    { what: "gzipped, all that comes with the page", unit: "kB", ours: sum(WITH_ITS_IMPORTER) },
    limited({ what: "gzipped, all up to the first Run", unit: "kB", ours: sum(FOR_RUN) }, FIRST_RUN_LIMIT_KB),
  ];
}

function limited(figure: Figure, limitKb: number): Figure {
  return { ...figure, target: `≤ ${limitKb} kB`, holds: figure.ours <= limitKb };
}

/** The built files that something names, directly or not, and the stage at which each is loaded first. */
function stagesOfFiles(): ReadonlyMap<string, number> {
  const built = readdirSync(`${DIST}assets`)
    // The type checker comes later, and nothing waits for it.
    .filter((name) => !name.endsWith(".map") && !/^(?:luau-analysis|analysis-worker)-/.test(name))
    .map((name) => `assets/${name}`)
    .filter((name) => !ON_COMMAND.test(name));
  const stages = new Map<string, number>([["index.html", WITH_ITS_IMPORTER]]);
  for (let stage = 0; stage < STAGES.length; stage++) {
    // A Map's iterator also visits what is added on the way, and so follows to the end.
    for (const [file, stageOfFile] of stages) {
      if (!/\.(?:html|js|css)$/.test(file)) continue;
      const text = readFileSync(DIST + file, "utf8");
      for (const named of built) {
        if (stages.has(named)) continue;
        const delay = delayOf(named, text);
        if (delay !== undefined && Math.max(stageOfFile, delay) === stage) stages.set(named, stage);
      }
    }
  }
  return stages;
}

/** How much later than a file with this text what it names is loaded; undefined if it does not name it. */
function delayOf(named: string, text: string): number | undefined {
  const name = basename(named);
  if (!text.includes(name)) return undefined;
  const pattern = name.replaceAll(".", String.raw`\.`);
  const before = (how: string): boolean => new RegExp(`${how}["'\x60][./]*(?:assets/)?${pattern}`).test(text);
  if (before(String.raw`(?:from|import)\s*`)) return WITH_ITS_IMPORTER;
  if (named.endsWith(".wasm") || before(String.raw`new\s+(?:Worker\(\s*new\s+)?URL\(\s*`)) return FOR_RUN;
  return before(String.raw`import\(\s*`) ? ON_DEMAND : WITH_ITS_IMPORTER;
}
