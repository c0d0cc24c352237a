import { Worker } from "node:worker_threads";
import type { CaptureEvent } from "@playground/capture";
import type { Conditions } from "@playground/conditions";
import type { Platform } from "@playground/zone";
import { FORCE_STOP_MS, INPUT_LINES_IN_FLIGHT, START_LIMIT_MS, YOUNG_GENERATION_MB } from "../limits.ts";
import type { CommandMessage, OutputEntry, ThreadMessage } from "./messages.ts";
import { charsOf } from "./output-queue.ts";

/** A program as it was found on the command line. */
export interface ProgramSource {
  /** What it is called where several run. */
  readonly name: string;
  /** Name and source of its project's files. */
  readonly files: readonly (readonly [string, string])[];
  readonly entry: string;
}

/** What a thread is given. */
export interface ThreadSettings {
  /** The compiled `program-thread`. */
  readonly thread: URL;
  readonly fps: number;
  readonly platform: Platform;
  readonly conditions: Conditions | undefined;
  /** Whether what programs do on the network is to be recorded. */
  readonly isRecorded: boolean;
}

export interface ProgramEvents {
  /** `written` has to be called once the entries are out: the program waits for it where it prints too fast. */
  onOutput(entries: readonly OutputEntry[], written: () => void): void;
  /** It takes input now, or does not any more, or has room for more of it. */
  onInputChanged(): void;
  /** It has done this on the network; where it is recorded. */
  onCaptured(events: readonly CaptureEvent[]): void;
  /** It is over, and its thread is gone. Called once. */
  onEnded(outcome: ProgramOutcome): void;
}

/** How a program has ended. */
export type ProgramOutcome =
  /** By itself, or because it was asked to. */
  | { readonly kind: "stopped" }
  /** By an error, which it has told. */
  | { readonly kind: "failed" }
  /** Its thread broke. */
  | { readonly kind: "crashed"; readonly reason: string }
  /** It did not stop in time. */
  | { readonly kind: "forced" };

/** One program and the thread that it runs in: one that never returns, or uses up its memory, holds up no other, nor Ctrl+C. */
export class RunningProgram {
  readonly name: string;
  readonly #events: ProgramEvents;
  readonly #worker: Worker;
  readonly #written = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #startMessage: Promise<CommandMessage>;
  #onUnderWay: (() => void) | undefined;
  #startTimer: NodeJS.Timeout | undefined;
  #wantsInput = false;
  #linesInFlight = 0;
  #outcome: ProgramOutcome | undefined;
  #isOver = false;
  #stopTimer: NodeJS.Timeout | undefined;

  /** The thread gets ready at once; the program runs when `start` is called. */
  constructor({ name, files, entry }: ProgramSource, vm: Promise<WebAssembly.Module>, { thread, ...settings }: ThreadSettings, events: ProgramEvents) {
    this.name = name;
    this.#events = events;
    // What a thread has in its environment and its options is none of its scripts' business, and takes time to copy.
    this.#worker = new Worker(thread, {
      workerData: { written: this.#written.buffer },
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    this.#worker.on("message", (message: ThreadMessage) => this.#onMessage(message));
    this.#worker.on("error", (error: unknown) => this.#onError(error));
    this.#worker.on("exit", () => this.#onExit());
    this.#startMessage = vm.then((module) => ({ type: "start", module, files, entry, ...settings }));
    this.#startMessage.catch((error: unknown) => {
      this.#onError(error);
      void this.#worker.terminate();
    });
  }

  /**
   * Runs the program, unless its VM cannot be had. Resolves once it has done what it does at its start, answers of the network included, or
   * is over; at the latest `START_LIMIT_MS` after its first line.
   */
  async start(): Promise<void> {
    const message = await this.#startMessage.catch(() => undefined);
    if (message === undefined || this.#isOver) return;
    this.#post(message);
    await new Promise<void>((resolve) => {
      this.#onUnderWay = resolve;
    });
    clearTimeout(this.#startTimer);
  }

  /** How many lines of input it can be given now. */
  get inputRoom(): number {
    return this.#wantsInput && !this.#isOver ? INPUT_LINES_IN_FLIGHT - this.#linesInFlight : 0;
  }

  /** Whether its script takes input. */
  get wantsInput(): boolean {
    return this.#wantsInput && !this.#isOver;
  }

  /** Gives it lines, as many as it has room for. */
  input(lines: readonly string[]): void {
    this.#linesInFlight += lines.length;
    this.#post({ type: "input", lines });
  }

  /** No more input will come. */
  endInput(): void {
    this.#post({ type: "input-end" });
  }

  /** Runs `zone.cleanup` and ends it; by force where it does not answer. A second call does nothing. */
  stop(): void {
    if (this.#stopTimer !== undefined || this.#isOver) return;
    this.#post({ type: "stop" });
    this.#stopTimer = setTimeout(() => {
      this.#outcome ??= { kind: "forced" };
      void this.#worker.terminate();
    }, FORCE_STOP_MS);
  }

  #post(message: CommandMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    if (!this.#isOver) this.#worker.postMessage(message);
  }

  #onMessage(message: ThreadMessage): void {
    switch (message.type) {
      case "begins":
        this.#startTimer = setTimeout(() => this.#onUnderWay?.(), START_LIMIT_MS);
        break;
      case "under-way":
        this.#onUnderWay?.();
        break;
      case "output": {
        const { entries } = message;
        const chars = entries.reduce((sum, entry) => sum + charsOf(entry), 0);
        this.#events.onOutput(entries, () => {
          Atomics.add(this.#written, 0, chars);
          Atomics.notify(this.#written, 0);
        });
        break;
      }
      case "input-wanted":
        this.#wantsInput = message.wanted;
        this.#events.onInputChanged();
        break;
      case "input-taken":
        this.#linesInFlight -= message.lines;
        this.#events.onInputChanged();
        break;
      case "capture":
        this.#events.onCaptured(message.events);
        this.#post({ type: "capture-taken" });
        break;
      case "finished":
        this.#outcome = { kind: message.failed ? "failed" : "stopped" };
        break;
    }
  }

  #onError(error: unknown): void {
    this.#outcome ??= { kind: "crashed", reason: error instanceof Error ? error.message : String(error) };
  }

  #onExit(): void {
    clearTimeout(this.#stopTimer);
    this.#isOver = true;
    this.#onUnderWay?.();
    this.#events.onEnded(this.#outcome ?? { kind: "crashed", reason: "its thread ended without a word" });
  }
}
