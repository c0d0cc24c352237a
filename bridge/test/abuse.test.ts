import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { rounds } from "../../scripts/rounds.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../abuse/dist/main.js", import.meta.url));

/** Those that once kept others waiting, refused them or took what was theirs. `npm run test:abuse` tries all there are, for longer. */
const ATTACKS = [
  "watch-storm",
  "silent-websockets",
  "empty-rooms",
  "unread-answers",
  "unfinished-before-info",
  "unfinished-messages",
  "room-filling",
  "wrong-passwords",
  "small-packets",
  "pings",
  "resumptions",
  "short-link-reads",
  "store-filling",
  "slow-posts",
];

/** How each is tried: for long enough to judge delays, or only whether anybody is refused or robbed. */
const HOW = rounds({ short: ["--short", "--seconds", "0.8"], full: [] });

/** Exit status when the machine is too busy for a verdict. */
const BUSY = 3;

/** How an attack ended, and the verdict in words. */
async function attack(name: string): Promise<{ status: number; text: string }> {
  // What Node runs is compiled, with the bridge that is attacked.
  if (!existsSync(MAIN)) execFileSync("npx", ["tsc", "-b", "bridge", "bridge/abuse"], { cwd: ROOT });
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, name, ...HOW], (error, out, errors) =>
      resolve({ status: error === null ? 0 : Number(error.code ?? 1), text: `${errors}\n${out}` }),
    );
  });
}

describe.runIf(process.platform === "linux")("one client address takes nothing from anybody", () => {
  test.for(ATTACKS)("%s (skipped where the machine is too busy to tell)", { timeout: 120_000 }, async (name, { skip }) => {
    const { status, text } = await attack(name);
    skip(status === BUSY, text);
    expect(status, text).toBe(0);
  });
});
