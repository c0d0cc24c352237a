import { type Luau, loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { onTestFinished } from "vitest";
import { PATIENCE_MS } from "../../../../scripts/patience.ts";
import { type ConsoleDetail, type ConsoleLevel, Program, type ProgramError, type ProgramOptions, type ProgramState } from "../../src/index.ts";
import type { TestNetwork } from "./test-network.ts";
import { testNetwork } from "./transports.ts";

let luau: Promise<Luau> | undefined;

/** One VM module for all tests of a file. */
export function sharedLuau(): Promise<Luau> {
  luau ??= readLuauWasm().then((bytes) => loadLuau(bytes));
  return luau;
}

export interface ConsoleLine {
  readonly level: ConsoleLevel;
  readonly text: string;
  readonly detail: ConsoleDetail | undefined;
}

/** Milliseconds between two frames of a test. */
const FRAME_MS = 5;
/** Milliseconds that an entry may take unless a test says otherwise: what computes for long must not be ended because the machine is busy. */
const ENTRY_BUDGET_MS = 3 * PATIENCE_MS;

/** A program that runs with real frames over real sockets, and what it has said. */
export class RunningProgram {
  readonly lines: ConsoleLine[] = [];
  readonly states: ProgramState[] = [];
  readonly program: Program;
  readonly network: TestNetwork;
  error: ProgramError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #watchers: (() => void)[] = [];

  constructor(module: Luau, files: Record<string, string>, options: Partial<ProgramOptions> = {}) {
    this.network = testNetwork();
    const [entry = ""] = Object.keys(files);
    this.program = new Program({
      luau: module,
      files: new Map(Object.entries(files)),
      entry,
      network: this.network,
      console: {
        write: (level, text, detail) => {
          this.lines.push({ level, text, detail });
          this.#wake();
        },
      },
      events: {
        onState: (state, error) => {
          this.states.push(state);
          this.error = error ?? this.error;
          this.#wake();
        },
      },
      entryBudgetMs: ENTRY_BUDGET_MS,
      ...options,
    });
  }

  start(): this {
    this.program.start();
    this.resumeFrames();
    return this;
  }

  stop(): void {
    this.program.stop();
    this.pauseFrames();
  }

  pauseFrames(): void {
    clearInterval(this.#timer);
  }

  resumeFrames(): void {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.program.frame((now - last) / 1000);
      last = now;
    }, FRAME_MS);
  }

  /** What `print` has said. */
  get printed(): string[] {
    return this.lines.filter((line) => line.level === "print").map((line) => line.text);
  }

  texts(level: ConsoleLevel): string[] {
    return this.lines.filter((line) => line.level === level).map((line) => line.text);
  }

  /** Waits until `condition` holds; what the program said is in the error when it never does. */
  async until(condition: () => boolean, limitMs = PATIENCE_MS): Promise<void> {
    const end = performance.now() + limitMs;
    while (!condition()) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`waited ${limitMs} ms in vain; the console says:\n${this.lines.map((line) => `${line.level}: ${line.text}`).join("\n")}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 50));
        this.#watchers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits until the program has printed this line. */
  printedLine(text: string): Promise<void> {
    return this.until(() => this.printed.includes(text));
  }

  /** Waits until the program has ended. */
  ended(): Promise<void> {
    return this.until(() => this.program.state === "stopped" || this.program.state === "failed");
  }

  #wake(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

/** Starts a program that ends with the test. The first file is the entry. */
export async function run(files: Record<string, string> | string, options: Partial<ProgramOptions> = {}): Promise<RunningProgram> {
  const running = new RunningProgram(await sharedLuau(), typeof files === "string" ? { "main.luau": files } : files, options);
  onTestFinished(() => running.stop());
  return running.start();
}
