import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figure, say } from "./figure.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** Seconds that `npm start` takes until the link is there: on a fresh clone without and with a cached VM, and once more. */
export async function measureSetup(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "zone-setup-"));
  const clone = join(folder, "clone");
  const cache = join(folder, "cache");
  try {
    execFileSync("git", ["clone", "--quiet", PROJECT, clone]);
    const cold = await timeStart(clone, cache);
    const again = await timeStart(clone, cache);
    rmSync(clone, { recursive: true });
    execFileSync("git", ["clone", "--quiet", PROJECT, clone]);
    const warm = await timeStart(clone, cache);
    return [
      { what: "npm start, fresh clone, VM compiled", unit: "s", ours: cold },
      { what: "npm start, fresh clone, VM cached", unit: "s", ours: warm },
      { what: "npm start, second time", unit: "s", ours: again },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timeStart(clone: string, cache: string): Promise<number> {
  const begun = performance.now();
  const child = spawn("npm", ["start", "--", "--port", "0"], {
    cwd: clone,
    env: { ...process.env, ZONE_CACHE_DIR: cache },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child.stderr.on("data", (chunk: Buffer) => say(chunk.toString().trimEnd().replace(/^/gm, "    ")));
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (!/https?:\/\//.test(chunk.toString())) return;
      resolve((performance.now() - begun) / 1000);
      // npm and what it runs, as Ctrl-C in a terminal reaches them.
      process.kill(-child.pid!, "SIGINT");
    });
    child.once("exit", (status) => reject(new Error(`npm start ended with status ${status} before it printed a link`)));
  });
}
