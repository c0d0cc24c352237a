import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { say } from "../figure.ts";

/** Minutes after which a set-up is given up: several times what it takes on two cores. */
const LIMIT_MINUTES = 40;
/** Milliseconds after SIGINT at which what is still there is killed. */
const END_LIMIT_MS = 10_000;

/** What one run of an npm script took. */
export interface TimedRun {
  /** Seconds until the awaited line. */
  readonly seconds: number;
  /** The line that was waited for. */
  readonly line: string;
  /** Seconds of each step, as the script itself says them. */
  readonly steps: readonly { readonly name: string; readonly seconds: number }[];
}

/**
 * Runs an npm script in a folder until it prints a line that matches, then ends it as Ctrl-C does and waits for
 * its end. Throws if it ends without such a line.
 */
export async function timeRun(args: readonly string[], folder: string, env: Readonly<Record<string, string>>, awaited: RegExp): Promise<TimedRun> {
  const begun = performance.now();
  const child = spawn("npm", args, { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  // npm and what it runs, as Ctrl-C in a terminal reaches them.
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-child.pid!, name);
    } catch {
      // It has ended already.
    }
  };
  const interrupted = (): void => {
    signal("SIGINT");
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const limit = setTimeout(() => signal("SIGKILL"), LIMIT_MINUTES * 60_000);
  const steps: { name: string; seconds: number }[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    say(`    ${line}`);
    const [, name, seconds] = /^ {2}(\S.*): ([\d.]+) s(?: \(.*\))?$/.exec(line) ?? [];
    if (name !== undefined) steps.push({ name, seconds: Number(seconds) });
  });
  try {
    const found = new Promise<{ line: string; seconds: number }>((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        if (awaited.test(line)) resolve({ line, seconds: (performance.now() - begun) / 1000 });
      });
    });
    const failed = ended.then(async (status) => {
      // The last lines may still be on their way through the pipe.
      await new Promise((resolve) => setTimeout(resolve, 500));
      throw new Error(`npm ${args[0]} ended with status ${status} and did not print what was waited for`);
    });
    failed.catch(() => {});
    const result = await Promise.race([found, failed]);
    return { ...result, steps };
  } finally {
    clearTimeout(limit);
    signal("SIGINT");
    const killer = setTimeout(() => signal("SIGKILL"), END_LIMIT_MS);
    await ended.catch(() => {});
    clearTimeout(killer);
    process.removeListener("SIGINT", interrupted);
  }
}
