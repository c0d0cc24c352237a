import type { ProgramObserver } from "@playground/capture/recording";
import { type Luau, LuauFunction, LuauRef, type LuauState, type Pushable, withoutShebang } from "@playground/luau-wasm";
import { type ConsoleSink, watchedConsole } from "../console.ts";
import { CLEANUP_BUDGET_MS, ENTRY_BUDGET_MS, INPUT_QUEUE_LIMIT, MEMORY_LIMIT, UPDATE_HINT_MS } from "../limits.ts";
import type { Network } from "@playground/network";
import { FailureMemory } from "../socket/failure-memory.ts";
import { ConsoleInput, type InputResult } from "./console-input.ts";
import { writeErrorNotice, writeFailureNotice } from "./failure-notice.ts";
import type { Platform } from "../system/platform.ts";
import { type ProgramError, toProgramError } from "./program-error.ts";
import { TaskRunner } from "../task/task.ts";
import { buildZoneTable, type ZoneExtension, type ZoneTable } from "./zone-table.ts";

/**
 * - `running`
 * - `connecting`: running, and a `listen` waits for its answer
 * - `stopped`: it was stopped, or had nothing left to do
 * - `failed`: an error that the script did not catch ended it
 */
export type ProgramState = "running" | "connecting" | "stopped" | "failed";

export interface ProgramEvents {
  /** `error` comes with `failed`. Called synchronously; must not call back into the program. */
  onState?(state: ProgramState, error?: ProgramError): void;
  /** The script takes lines of input from now on, or does not any more. Called synchronously; must not call back into the program. */
  onInputWanted?(wanted: boolean): void;
  /** The script wants so many frames a second, one of `TARGET_RATE_RANGE`; until then, as many as the display has. */
  onTargetRate?(framesPerSecond: number): void;
}

export interface ProgramOptions {
  /** The module that the program's VM is made in. It may be shared by several programs. */
  readonly luau: Luau;
  /** The project's files, name to source; names are paths with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** The file that the program begins with. */
  readonly entry: string;
  readonly network: Network;
  readonly console: ConsoleSink;
  readonly events?: ProgramEvents;
  /** Told what the script does with its connections; it costs nothing where there is none. */
  readonly observer?: ProgramObserver;
  /** What the script is told that it runs on. Default `linux`. */
  readonly platform?: Platform;
  /** Bytes. Default `MEMORY_LIMIT`. */
  readonly memoryLimit?: number;
  /** Milliseconds for one entry into the script. Default `ENTRY_BUDGET_MS`. */
  readonly entryBudgetMs?: number;
  /** A clock in milliseconds that never goes back. Default `performance.now`. */
  readonly now?: () => number;
  /** Adds to the table `zone`; what it throws, the constructor throws. Default: nothing. */
  readonly extend?: ZoneExtension;
}

/** What a program holds at a moment. */
export interface ProgramStats {
  /** Bytes of Luau's heap and the byte streams. */
  readonly memoryUsed: number;
  readonly connections: number;
}

/** The names of the script's callbacks in the table `zone`. */
type CallbackName = "init" | "update" | "cleanup";

/** One run of one program, from its main chunk to `zone.cleanup`. It runs once; a new run is a new Program. */
export class Program {
  readonly #options: ProgramOptions;
  readonly #now: () => number;
  readonly #tasks: TaskRunner;
  readonly #vm: LuauState;
  readonly #api: ZoneTable;
  readonly #input: ConsoleInput;
  readonly #failures = new FailureMemory();
  /** Milliseconds for one entry. */
  readonly #budgetMs: number;
  #state: ProgramState = "running";
  #error: ProgramError | undefined;
  /** The entry into the script that the error ended; 0 for none. */
  #failedEntry = 0;
  #begun = false;
  #ended = false;
  /** The script has called `zone.system.quit`. */
  #quitting = false;
  /** The main chunk and `zone.init` have returned. */
  #ready = false;
  /** A `zone.update` has not returned yet. */
  #updating = false;
  /** `zone.cleanup` is being run. */
  #cleaning = false;
  #frameSeconds = 0;
  /** Milliseconds that the last frame took. */
  #frameMs = 0;
  #hinted = false;

  /** @throws {Error} where `entry` is not among the files */
  constructor(options: ProgramOptions) {
    if (!options.files.has(options.entry)) throw new Error(`the project has no file ${options.entry}`);
    const { observer } = options;
    this.#options = observer === undefined ? options : { ...options, console: watchedConsole(options.console, observer, () => this.entry) };
    this.#now = options.now ?? (() => performance.now());
    this.#budgetMs = options.entryBudgetMs ?? ENTRY_BUDGET_MS;
    this.#vm = options.luau.createState({ memoryLimit: options.memoryLimit ?? MEMORY_LIMIT });
    this.#tasks = new TaskRunner(this.#vm, {
      budgetMs: this.#budgetMs,
      onError: (error, entry) => this.#fail(error, entry),
      onWaitingChanged: (waiting) => this.#enter(waiting > 0 ? "connecting" : "running"),
    });
    this.#input = new ConsoleInput(this.#tasks, (wanted) => options.events?.onInputWanted?.(wanted));
    this.#api = buildZoneTable(this.#vm, {
      ...this.#options,
      input: this.#input,
      tasks: this.#tasks,
      failures: this.#failures,
      now: this.#now,
      platform: options.platform ?? "linux",
      alive: () => this.#alive,
      failed: () => this.#error !== undefined,
      frameSeconds: () => this.#frameSeconds,
      frameMs: () => this.#frameMs,
      quit: () => this.#quit(),
      setTargetRate: (framesPerSecond) => options.events?.onTargetRate?.(framesPerSecond),
    });
  }

  get state(): ProgramState {
    return this.#state;
  }

  /**
   * The entry into the script that runs at the moment, or that the error has ended: its main chunk, a callback, a frame. Counted from 1;
   * a callback that has waited goes on as the entry that it was. 0 outside of the script.
   */
  get entry(): number {
    return this.#tasks.entry || this.#failedEntry;
  }

  /** Why it failed, once it has. */
  get error(): ProgramError | undefined {
    return this.#error;
  }

  /** Zeros once the program has ended. */
  get stats(): ProgramStats {
    if (this.#ended) return { memoryUsed: 0, connections: 0 };
    return { memoryUsed: this.#vm.memoryUsed, connections: this.#api.socket.connectionCount };
  }

  /** Runs the main chunk, then `zone.init`. Either may wait for the network; frames go on meanwhile. */
  start(): void {
    if (this.#begun) throw new Error("a program starts once; make a new one for a new run");
    this.#begun = true;
    this.#options.observer?.onState("started");
    this.#options.events?.onState?.(this.#state);
    this.#guard(() => {
      const { files, entry } = this.#options;
      using main = this.#vm.load(withoutShebang(files.get(entry)!), entry);
      this.#tasks.start("the main chunk", main, [], {
        onFinished: () => {
          if (!this.#alive) return;
          this.#call("init", [], () => {
            this.#ready = true;
          });
        },
      });
    });
    this.#settle();
  }

  /**
   * Gives the script a line that was typed at its console, without its line break. Its `zone.console.onInput` is
   * called with it at the start of the next frame. A line that finds the queue full is lost, and the console says so.
   *
   * @throws {RangeError} for a line of more than `INPUT_LINE_LIMIT` characters
   */
  input(line: string): InputResult {
    if (!this.#begun || this.#ended) return "no-callback";
    const result = this.#input.push(line);
    if (result === "queue-full") {
      this.#options.console.write("notice", `a line of input was lost: ${INPUT_QUEUE_LIMIT} lines already wait for zone.console.onInput`, {
        notice: { code: "input-full", limit: INPUT_QUEUE_LIMIT },
      });
    }
    return result;
  }

  /** Lines of input that wait for the script's callback. */
  get inputWaiting(): number {
    return this.#input.waiting;
  }

  /** No further line of input comes. A program that has nothing but `zone.console.onInput` to live for ends once it has had those that wait. */
  endInput(): void {
    this.#input.finish();
    if (this.#begun) this.#settle();
  }

  /** One frame: first what was typed, then `zone.update`. `deltaSeconds` is the time since the last one; the script sees it as `dt`. */
  frame(deltaSeconds: number): void {
    if (!this.#begun || this.#ended) return;
    this.#frameSeconds = deltaSeconds;
    const begun = this.#now();
    this.#guard(() => this.#input.deliver(() => this.#alive));
    // While an update waits for the network, frames do not pile up behind it.
    if (!this.#updating && this.#alive) {
      this.#guard(() => {
        this.#updating = true;
        this.#call("update", [deltaSeconds], () => {
          this.#updating = false;
        });
      });
      this.#hintAtUpdate();
      this.#api.socket.hints.check();
    }
    if (this.#options.observer !== undefined) this.#api.reportReads();
    this.#frameMs = this.#now() - begun;
    this.#settle();
  }

  /** Runs `zone.cleanup`, closes every socket in good order and frees the VM. A second call does nothing. */
  stop(): void {
    this.#end("stopped");
  }

  /** Whether the script's callbacks may still be called. */
  get #alive(): boolean {
    return this.#error === undefined && !this.#quitting;
  }

  /** Ends the program once the script code that asks for it has returned, or waits. */
  #quit(): void {
    if (this.#quitting || this.#ended) return;
    this.#quitting = true;
    queueMicrotask(() => this.#settle());
  }

  /** Runs a callback of the script, if there is one. */
  #call(name: CallbackName, args: readonly Pushable[], onFinished: () => void, budgetMs?: number): void {
    const fn = this.#api.zone.get(name);
    if (fn instanceof LuauFunction) {
      this.#tasks.start(`zone.${name}`, fn, args, { onFinished }, budgetMs);
      fn.dispose();
    } else {
      if (fn instanceof LuauRef) fn.dispose();
      if (fn !== undefined) throw new Error(`zone.${name} is set to something that is not a function`);
      onFinished();
    }
  }

  /** A program without frames, sockets and input has nothing left to do. */
  #settle(): void {
    if (this.#ended || this.#tasks.inside) return;
    if (this.#error !== undefined) return this.#end("failed");
    if (this.#quitting) return this.#end("stopped");
    if (!this.#ready || this.#tasks.waiting > 0 || this.#api.socket.inUse || this.#input.inUse) return;
    const update = this.#api.zone.get("update");
    if (update instanceof LuauRef) update.dispose();
    if (update === undefined) this.#end("stopped");
  }

  #hintAtUpdate(): void {
    if (this.#hinted || this.#ended || this.#api.socket.queue.neglectedMs < UPDATE_HINT_MS) return;
    this.#hinted = true;
    const seconds = UPDATE_HINT_MS / 1000;
    this.#options.console.write(
      "notice",
      `something happened on the network ${seconds} s ago, and zone.socket.update() has not been called since; call it every frame, in zone.update`,
      { notice: { code: "update-missing", seconds } },
    );
  }

  /** Notes the first error; the program ends once no script code is on the host's stack. */
  #fail(error: unknown, entry = 0): void {
    if (this.#error !== undefined) return;
    this.#failedEntry = entry;
    const shown = toProgramError(error, this.#options.files, this.#cleaning ? CLEANUP_BUDGET_MS : this.#budgetMs);
    const networkFailure = this.#failures.codeOf(shown.message);
    this.#error = networkFailure === undefined ? shown : { ...shown, networkFailure };
    if (!this.#tasks.inside) queueMicrotask(() => this.#settle());
  }

  /** Lets what the VM throws at its host (a compile error, no memory, a crash) fail the program. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#fail(error);
    }
  }

  #enter(state: ProgramState): void {
    if (this.#ended || this.#state === state) return;
    this.#state = state;
    this.#options.events?.onState?.(state);
  }

  #end(state: "stopped" | "failed"): void {
    if (this.#ended) return;
    if (this.#error !== undefined) this.#report(this.#error);
    this.#cleanUp();
    this.#ended = true;
    this.#guard(() => this.#api.reportReads());
    this.#guard(() => this.#api.socket.closeAll());
    if (this.#input.wanted) this.#options.events?.onInputWanted?.(false);
    this.#guard(() => this.#input.close());
    this.#tasks.close();
    this.#api.system.close();
    this.#guard(() => {
      this.#api.zone.dispose();
      this.#vm.dispose();
    });
    this.#state = this.#error !== undefined ? "failed" : state;
    this.#options.observer?.onState(this.#state === "failed" ? "failed" : "stopped");
    this.#options.events?.onState?.(this.#state, this.#error);
  }

  /** Runs `zone.cleanup` once, after a failure too; a further error in it is shown and changes nothing. */
  #cleanUp(): void {
    if (!this.#begun) return;
    const before = this.#error;
    let finished = false;
    this.#error = undefined;
    this.#cleaning = true;
    this.#guard(() =>
      this.#call(
        "cleanup",
        [],
        () => {
          finished = true;
        },
        CLEANUP_BUDGET_MS,
      ),
    );
    const after = this.#error as ProgramError | undefined;
    if (after !== undefined) this.#report(after);
    else if (!finished) {
      this.#options.console.write("notice", "zone.cleanup was waiting for a call such as listen or delay, so the program ended before it was finished", {
        notice: { code: "cleanup-waits" },
      });
    }
    this.#error = before ?? after;
  }

  #report(error: ProgramError): void {
    this.#options.console.write("error", error.text, {
      ...(error.chunk !== undefined && { chunk: error.chunk }),
      ...(error.line !== undefined && { line: error.line }),
      stack: error.stack,
      ...((error.networkFailure !== undefined || error.explanation !== undefined) && { isExplained: true }),
    });
    if (error.networkFailure !== undefined) writeFailureNotice(this.#options.console, error.networkFailure);
    else if (error.explanation !== undefined) writeErrorNotice(this.#options.console, error.explanation);
  }
}
