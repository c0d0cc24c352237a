import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../abuse/dist/main.js", import.meta.url));

/** Those that once kept others waiting, refused them or took what was theirs. `npm run test:abuse` tries all there are, for longer. */
const ATTACKS = ["watch-storm", "silent-websockets", "empty-rooms", "unread-answers", "unfinished-before-info", "unfinished-messages", "room-filling", "wrong-passwords", "small-packets", "pings", "resumptions", "short-link-reads", "store-filling", "slow-posts"];

/** The attack's verdict, in words. */
async function attack(name: string): Promise<{ holds: boolean; text: string }> {
  // What Node runs is compiled, with the bridge that is attacked.
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge", "bridge/abuse"], { cwd: ROOT });
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, name, "--short"], (error, out, errors) => resolve({ holds: error === null, text: `${errors}\n${out}` }));
  });
}

describe.runIf(process.platform === "linux")("one client address takes nothing from anybody", () => {
  test.each(ATTACKS)("%s", async (name) => {
    const { holds, text } = await attack(name);
    expect(holds, text).toBe(true);
  }, 60_000);
});
