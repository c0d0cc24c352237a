import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { rounds } from "../../scripts/rounds.ts";
import { until } from "./support/running-bridge.ts";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
/** Processes that are killed, each after another number of saves: a kill falls before, into and after a write. */
const ROUNDS = rounds({ short: 3, full: 12 });
/** Rounds at most, where all saves are done before each kill: a disk may finish them in one go. */
const MOST_ROUNDS = 10 * ROUNDS;
/** Saves that go on while the process is killed. */
const AT_A_TIME = 8;

/** A project of some hundred kilobytes, so that writing it takes a while. */
function project(round: number, index: number): string {
  const source = `-- ${round} ${index}\n`.padEnd(400_000, `${round}-${index} `);
  return JSON.stringify({ version: 1, project: { files: [{ name: "main.luau", source, program: true }] } });
}

/** The save that the kill follows, from the first in the first round to the last but one in the last. */
function lastBeforeKill(round: number): number {
  return Math.round(((round % ROUNDS) * (AT_A_TIME - 2)) / (ROUNDS - 1));
}

async function start(directory: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [MAIN, "--port", "0", "--data", directory], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let out = "";
  child.stdout?.on("data", (data: Buffer) => (out += data.toString()));
  await until(() => out.includes("\n"), "the link");
  return { child, url: /http:\S+/.exec(out)?.[0] ?? "" };
}

test("a bridge that is killed in the middle of saving leaves whole projects or none, and what it confirmed is there", { timeout: 120_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), "bridge-kill-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const confirmed = new Map<string, string>();
  /** Why saves were not confirmed. */
  const cut: unknown[] = [];
  for (let round = 0; round < ROUNDS || (cut.length === 0 && round < MOST_ROUNDS); round++) {
    const { child, url } = await start(directory);
    const ended = new Promise((resolve) => void child.on("exit", resolve));
    const saves = Array.from({ length: AT_A_TIME }, async (_, index) => {
      const body = project(round, index);
      try {
        const answer = await fetch(`${url}api/scripts`, { method: "POST", body, headers: { "content-type": "application/json" } });
        const { id } = (await answer.json()) as { id: string };
        confirmed.set(id, body);
        // The kill falls into the saves that follow this one.
        if (index === lastBeforeKill(round)) child.kill("SIGKILL");
      } catch (error) {
        cut.push(error);
      }
    });
    await Promise.all(saves);
    child.kill("SIGKILL");
    await ended;
  }
  expect(cut.length).toBeGreaterThan(0);
  expect(confirmed.size).toBeGreaterThanOrEqual(ROUNDS);
  const names = await readdir(join(directory, "scripts"));
  for (const name of names.filter((each) => !each.endsWith(".tmp"))) {
    const text = await readFile(join(directory, "scripts", name), "utf8");
    expect(() => JSON.parse(text), name).not.toThrow();
  }
  const { child, url } = await start(directory);
  for (const [id, body] of confirmed) {
    const answer = await fetch(`${url}api/scripts/${id}`);
    expect((await answer.text()).trim() === body, id).toBe(true);
  }
  child.kill("SIGKILL");
});
