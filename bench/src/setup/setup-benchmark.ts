import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figure, say } from "../figure.ts";
import { timeRun, type TimedRun } from "./timed-run.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));
const LINK = /https?:\/\//;
const COUNTS = /^(\d+) passed, (\d+) failed/;

/**
 * Seconds until `npm start` prints its link on fresh clones of what is committed, without and with a cached VM,
 * and once more in the same clone; then `npm test` in it, by step.
 */
export async function measureSetup(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "zone-setup-"));
  const env = { ZONE_CACHE_DIR: join(folder, "cache") };
  const clone = (name: string): string => {
    const path = join(folder, name);
    execFileSync("git", ["clone", "--quiet", PROJECT, path]);
    return path;
  };
  const start = (path: string): Promise<TimedRun> => timeRun(["start", "--", "--port", "0"], path, env, LINK);
  try {
    const first = clone("first");
    say("  npm start, fresh clone, VM compiled");
    const cold = await start(first);
    const second = clone("second");
    say("  npm start, fresh clone, VM cached");
    const warm = await start(second);
    say("  npm start, once more");
    const again = await start(second);
    say("  npm test");
    const test = await timeRun(["test"], second, env, COUNTS);
    const [, passed, failed] = COUNTS.exec(test.line)!;
    return [
      ...byStep("npm start, fresh clone, VM compiled", cold),
      ...byStep("npm start, fresh clone, VM cached", warm),
      ...byStep("npm start, once more", again),
      ...byStep(`npm test after it, ${passed} passed, ${failed} failed`, test),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Steps shorter than this, in seconds, found nothing to do and are left out. */
const SHORTEST_STEP_S = 0.5;

function byStep(what: string, run: TimedRun): Figure[] {
  const steps = run.steps.filter(({ seconds }) => seconds >= SHORTEST_STEP_S);
  return [{ what, unit: "s", ours: run.seconds }, ...steps.map(({ name, seconds }) => ({ what: `– ${name}`, unit: "s", ours: seconds }))];
}
