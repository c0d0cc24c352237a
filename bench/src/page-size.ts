import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Figure } from "./figure.ts";

/** The VM's limit, in kilobytes gzipped. */
const VM_LIMIT_KB = 300;

const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/** What the page may load before and for the first Run, by file, gzipped, in kilobytes of 1,000 bytes. */
export function measurePageSize(): Figure[] {
  if (!existsSync(`${DIST}index.html`)) throw new Error("the page is not built; run `npm start` or `npm run build:page` first");
  const files = ["index.html", ...readdirSync(`${DIST}assets`).map((name) => `assets/${name}`)].filter((name) => !name.endsWith(".map"));
  const figures = files
    .map((name): Figure => {
      const kilobytes = gzipSync(readFileSync(DIST + name), { level: 9 }).length / 1000;
      const limit = name.endsWith(".wasm") ? { target: `≤ ${VM_LIMIT_KB} kB`, holds: kilobytes <= VM_LIMIT_KB } : {};
      // The hash changes with every build and says nothing here.
      return { what: `gzipped ${name.replace(/-[\w-]{8}(\.\w+)$/, "$1")}`, unit: "kB", ours: kilobytes, ...limit };
    })
    .toSorted((a, b) => b.ours - a.ours);
  return [...figures, { what: "gzipped, all together", unit: "kB", ours: figures.reduce((sum, figure) => sum + figure.ours, 0) }];
}
