import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { PATIENCE_MS } from "../../../../scripts/patience.ts";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** A folder with these files; it goes with the test. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), "zone-headless-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), source);
  }
  return path;
}

/** The command as a process of its own, as `npm run zone` starts it. */
export class Command {
  out = "";
  errors = "";
  readonly process: ChildProcessWithoutNullStreams;
  /** Its exit status; the signal's name where one ended it. */
  readonly ended: Promise<number | string>;
  #watchers: (() => void)[] = [];

  constructor(from: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.process = spawn(process.execPath, [MAIN, ...args], { cwd: from, env: { PATH: process.env["PATH"], ...env } });
    this.process.stdout.on("data", (data: Buffer) => this.#heard(() => (this.out += data.toString())));
    this.process.stderr.on("data", (data: Buffer) => this.#heard(() => (this.errors += data.toString())));
    this.process.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      this.process.on("close", (status, signal) => this.#heard(() => resolve(status ?? signal ?? "gone")));
    });
    onTestFinished(async () => {
      this.process.kill("SIGKILL");
      await this.ended;
    });
  }

  /** Waits until its standard output has a text. */
  async says(text: string): Promise<void> {
    await this.until(() => this.out.includes(text), `"${text}"`);
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`waited in vain for ${what}; output:\n${this.out}\nerrors:\n${this.errors}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#watchers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #heard(take: () => unknown): void {
    take();
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/** Runs the command in a folder with these files until it is over; nothing is typed. */
export async function runFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
  input = "",
): Promise<{ readonly status: number | string; readonly out: string; readonly errors: string }> {
  const command = new Command(folder(files), args);
  command.process.stdin.end(input);
  const status = await command.ended;
  return { status, out: command.out, errors: command.errors };
}
