import type { HostCall, LuauFunction, LuauState, LuauThread, Pushable, ResumeResult } from "@playground/luau-wasm";
import { LuauRef } from "@playground/luau-wasm";

/** How a task is told of its end. */
export interface TaskEvents {
  /** It is about to run for the first time, as this entry. */
  readonly onStarting?: ((entry: number) => void) | undefined;
  /** The script function has returned. */
  onFinished?(): void;
}

/** What a host call waits for. */
export type Awaited = "network" | "time";

/** A script coroutine that a host call holds, until one of these is called, once. */
export interface Suspension {
  /** Lets the call return these values. */
  resume(...values: Pushable[]): void;
  /** Lets the call raise an error, which `pcall` catches. */
  fail(message: string): void;
}

interface Task {
  readonly thread: LuauThread;
  /** Which entry into the script it is, counted from 1, or of which it is a coroutine. */
  readonly entry: number;
  readonly events: TaskEvents;
  /** What to say when the script yields here, where nothing would ever resume it; absent for a coroutine of the script. */
  readonly name: string | undefined;
  waiting: boolean;
}

/**
 * The script's threads of execution: each entry from the host (main chunk, a frame, a callback) is a task on a
 * coroutine of its own, so that one that waits for the network holds up nothing else.
 */
export class TaskRunner {
  readonly #state: LuauState;
  readonly #budgetMs: number;
  readonly #onError: (error: unknown, entry: number) => void;
  readonly #onWaitingChanged: (waitingForNetwork: number) => void;
  /** Tasks that are inside of the VM right now, the innermost last. */
  readonly #running: Task[] = [];
  readonly #waiting = new Set<Task>();
  #waitingForNetwork = 0;
  /** Entries so far. */
  #entries = 0;
  #closed = false;

  constructor(
    state: LuauState,
    options: {
      /** Milliseconds for each entry. */
      readonly budgetMs: number;
      /** An error that the script has not caught, a LuauRuntimeError; or what the VM threw at its host. `entry` is the one that it ended. */
      readonly onError: (error: unknown, entry: number) => void;
      /** The number of tasks that wait for the network has changed. */
      readonly onWaitingChanged: (waitingForNetwork: number) => void;
    },
  ) {
    this.#state = state;
    this.#budgetMs = options.budgetMs;
    this.#onError = options.onError;
    this.#onWaitingChanged = options.onWaitingChanged;
  }

  /** Coroutines that a host call holds. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether script code is on the host's stack. */
  get inside(): boolean {
    return this.#running.length > 0;
  }

  /** The entry into the script that is on the host's stack, the innermost of several; 0 for none. */
  get entry(): number {
    return this.#running.at(-1)?.entry ?? 0;
  }

  /** Runs a script function in a new coroutine until it returns, fails or waits. `fn` stays the caller's. */
  start(name: string, fn: LuauFunction, args: readonly Pushable[], events: TaskEvents = {}, budgetMs = this.#budgetMs): void {
    const task: Task = { thread: this.#state.createThread(fn), entry: ++this.#entries, events, name, waiting: false };
    events.onStarting?.(task.entry);
    this.#advance(task, () => task.thread.resume(args, { budgetMs }));
  }

  /** To be called by a host function that is about to return SUSPEND. */
  suspend(call: HostCall, awaited: Awaited = "network"): Suspension {
    const current = this.#running.at(-1);
    // A coroutine that the script made is running on top of the task's own; its resumer sees an ordinary yield.
    const own = current?.thread.status === "running";
    const task: Task = own ? current : { thread: call.thread(), entry: current?.entry ?? 0, events: {}, name: undefined, waiting: false };
    task.waiting = true;
    this.#waiting.add(task);
    this.#count(awaited, 1);
    const answer = (give: () => ResumeResult): void => {
      if (this.#closed || !this.#waiting.delete(task)) return;
      task.waiting = false;
      this.#count(awaited, -1);
      // The script may have resumed its own coroutine by hand meanwhile, and then nothing waits for the answer.
      try {
        if (task.thread.status === "suspended") this.#advance(task, give);
        else task.thread.dispose();
      } catch (error) {
        // The network that brings the answer has no use for the VM's troubles.
        this.#onError(error, task.entry);
      }
    };
    return {
      resume: (...values) => answer(() => task.thread.resume(values, { budgetMs: this.#budgetMs })),
      fail: (message) => answer(() => task.thread.fail(message, { budgetMs: this.#budgetMs })),
    };
  }

  /** Forgets every waiting coroutine; no script code runs in this runner afterwards. */
  close(): void {
    this.#closed = true;
    for (const task of this.#waiting) task.thread.dispose();
    this.#waiting.clear();
  }

  #count(awaited: Awaited, change: number): void {
    if (awaited !== "network") return;
    this.#waitingForNetwork += change;
    this.#onWaitingChanged(this.#waitingForNetwork);
  }

  #advance(task: Task, enter: () => ResumeResult): void {
    this.#running.push(task);
    let result: ResumeResult;
    try {
      result = enter();
    } finally {
      this.#running.pop();
    }
    if (result.status === "failed") {
      task.thread.dispose();
      this.#onError(result.error, task.entry);
      return;
    }
    for (const value of result.values) if (value instanceof LuauRef) value.dispose();
    if (result.status === "finished") {
      task.thread.dispose();
      task.events.onFinished?.();
    } else if (!task.waiting && task.name !== undefined) {
      this.#advance(task, () => task.thread.fail(`${task.name} called coroutine.yield, and nothing would ever resume it`));
    } else if (!task.waiting) {
      task.thread.dispose();
    }
  }
}
