import { type ChildProcess, spawn } from "node:child_process";
import { expect } from "@playwright/test";
import { PATIENCE_MS } from "../../scripts/patience.ts";

/** Milliseconds that a program has to end after it was asked to; then it is killed. */
const END_LIMIT_MS = 3_000;
/** Milliseconds to wait for a program's output or end, unless a test says otherwise. */
const OUTPUT_LIMIT_MS = PATIENCE_MS;

/** How a program ended. */
export interface Ending {
  /** Exit status; null where a signal ended it. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that runs beside the browser: what it writes, what is written to it, and its end. */
export class ChildProgram {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<Ending>;
  readonly #process: ChildProcess;
  readonly #output: Buffer[] = [];
  #errors = "";
  #ending: Ending | undefined;
  /** Has the last of its output been read, too? */
  readonly #closed: Promise<void>;

  /** @param user whose it is to be, by numbers; only root may choose */
  constructor(
    command: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    user: { readonly uid?: number; readonly gid?: number } = {},
  ) {
    this.name = `${command} ${args.join(" ")}`;
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...environment }, ...user });
    if (child.pid === undefined) {
      child.on("error", () => {});
      throw new Error(`${this.name} could not be started; is ${command} installed?`);
    }
    this.pid = child.pid;
    this.#process = child;
    child.stdout?.on("data", (bytes: Buffer) => this.#output.push(bytes));
    child.stderr?.on("data", (bytes: Buffer) => {
      this.#errors += bytes.toString();
    });
    // A program that has ended does not read what is written to it.
    child.stdin?.on("error", () => {});
    this.ended = new Promise((resolve) => {
      child.once("exit", (status, signal) => {
        this.#ending = { status, signal };
        resolve(this.#ending);
      });
    });
    this.#closed = new Promise((resolve) => child.once("close", () => resolve()));
  }

  /** Everything that it has written to standard output. */
  get bytes(): Buffer {
    return Buffer.concat(this.#output);
  }

  get output(): string {
    return this.bytes.toString();
  }

  /** What it has written to standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Undefined while it runs. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  write(data: string | Uint8Array): void {
    this.#process.stdin?.write(data);
  }

  /** Ends its standard input. */
  endInput(): void {
    this.#process.stdin?.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits for a text on standard output. */
  async shows(text: string | RegExp, timeout = OUTPUT_LIMIT_MS): Promise<void> {
    const matcher = typeof text === "string" ? expect.stringContaining(text) : expect.stringMatching(text);
    await expect.poll(() => this.output, { message: `${this.name} shows ${String(text)}; its errors: ${this.#errors}`, timeout }).toEqual(matcher);
  }

  /** Waits until it has ended by itself, and gives all of its output. */
  async ends(timeout = OUTPUT_LIMIT_MS): Promise<string> {
    await expect.poll(() => this.#ending, { message: `${this.name} ends; it has shown: ${this.output.slice(-500)}${this.#errors}`, timeout }).toBeDefined();
    await this.#closed;
    return this.output;
  }

  /** Waits for a line of standard output that is JSON with the member `key`, and gives that member. */
  async reports<T>(key: string, timeout = OUTPUT_LIMIT_MS): Promise<T> {
    await this.shows(`{"${key}":`, timeout);
    const line = this.output.split("\n").find((line) => line.startsWith(`{"${key}":`)) ?? "";
    return (JSON.parse(line) as Record<string, T>)[key] as T;
  }

  /** Ends it, first kindly. */
  async end(): Promise<void> {
    if (this.#ending !== undefined) return;
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), END_LIMIT_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
