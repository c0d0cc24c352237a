import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Milliseconds after which a child that says nothing is given up. */
const SILENCE_LIMIT_MS = 120_000;

/** A Node process of the benchmark's own, which speaks in lines. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;

  /** `program`: what runs the script, Node unless told otherwise; an empty script stands for none. */
  constructor(script: URL | string, args: readonly string[], env: Readonly<Record<string, string>> = {}, program = process.execPath) {
    const path = typeof script === "string" ? script : script.pathname;
    this.#process = spawn(program, path === "" ? args : [path, ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    let complaints = "";
    this.#process.stderr!.on("data", (chunk: Buffer) => {
      // The end of what it said is what matters when it fails.
      complaints = (complaints + chunk.toString()).slice(-4_000);
    });
    this.#process.once("exit", (status) => {
      if (status) process.stderr.write(complaints);
    });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  /** The next line of its standard output. */
  async line(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${this.#process.spawnargs[1]} said nothing for ${SILENCE_LIMIT_MS} ms`)), SILENCE_LIMIT_MS);
    });
    try {
      const next = await Promise.race([this.#lines.next(), silence]);
      if (next.done) throw new Error(`${this.#process.spawnargs[1]} ended without a word`);
      return next.value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Its process's id. */
  get pid(): number {
    return this.#process.pid!;
  }

  /** Lets a child go on that waits between two lines, so that it can be looked at meanwhile. */
  go(): void {
    this.#process.kill("SIGUSR2");
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill();
    await ended;
  }
}
