import { STATUS_NOT_SUSPENDED, STATUS_OK, STATUS_SUSPENDED } from "./abi.ts";
import type { StateCore } from "./core.ts";
import { LuauUsageError } from "./errors.ts";
import type { LuauRuntimeError } from "./errors.ts";
import { readFailure } from "./failure.ts";
import { readValue } from "./value-reader.ts";
import { LuauRef } from "./ref.ts";
import type { LuauValue, Pushable } from "./value.ts";

/**
 * - `suspended`: not started yet, or waiting to be resumed
 * - `running`: the thread that the host was called from
 * - `normal`: it resumed the running one
 */
export type ThreadStatus = "suspended" | "running" | "normal" | "finished" | "failed";

/** By the THREAD_ figures of abi.ts. */
const STATUS_NAMES: readonly ThreadStatus[] = ["running", "suspended", "normal", "finished", "failed"];

export interface EntryOptions {
  /**
   * Milliseconds after which the script is stopped by an error that no `pcall` holds up. Absent: no limit, but for that of
   * an entry around this one, which applies in any case.
   */
  readonly budgetMs?: number;
}

export type ResumeResult =
  | { readonly status: "finished"; readonly values: LuauValue[] }
  | { readonly status: "suspended"; readonly values: LuauValue[] }
  | { readonly status: "failed"; readonly error: LuauRuntimeError };

const NOTHING: readonly Pushable[] = [];

/** An owned reference to a thread (a coroutine): the way into script code. */
export class LuauThread extends LuauRef<StateCore> {
  /** What the reference is to. */
  readonly kind = "thread" as const;

  get status(): ThreadStatus {
    return STATUS_NAMES[this.core.use().thread_status(this.core.runtime, this.reference)]!;
  }

  /**
   * Starts the thread with arguments, or gives a suspended call its results, and runs it until it finishes, fails or is
   * suspended again. May be called from inside of a host function.
   *
   * Throws LuauUsageError `not-suspended` when there is nothing to resume. Errors of the script are in the result.
   */
  resume(args: readonly Pushable[] = NOTHING, options?: EntryOptions): ResumeResult {
    const exports = this.core.use();
    const { reference } = this;
    const budget = budgetOf(options);
    this.core.vm.writer.writeAll(this.core, args);
    return this.#enter(() => exports.thread_resume(this.core.runtime, reference, args.length, budget));
  }

  /** Resumes a suspended thread by raising an error where it is suspended; its position is put in front. Else as `resume`. */
  fail(message: string, options?: EntryOptions): ResumeResult {
    const exports = this.core.use();
    const { reference } = this;
    const budget = budgetOf(options);
    this.core.vm.writer.writeOne(this.core, message);
    return this.#enter(() => exports.thread_fail(this.core.runtime, reference, budget));
  }

  /** Runs the VM by a call that gives the thread's status. */
  #enter(call: () => number): ResumeResult {
    let status: number;
    this.core.entries++;
    try {
      status = call();
    } catch (error) {
      this.core.vm.thrown ??= error;
      throw this.core.vm.crashed;
    } finally {
      this.core.entries--;
    }
    return this.#finish(status);
  }

  #finish(status: number): ResumeResult {
    const { core } = this;
    if (status === STATUS_NOT_SUSPENDED) throw new LuauUsageError("not-suspended", `this thread cannot be resumed: it is ${this.status}`);
    let result: ResumeResult;
    if (status === STATUS_OK || status === STATUS_SUSPENDED) {
      const thread = core.vm.first;
      const count = core.vm.second;
      const values: LuauValue[] = [];
      try {
        for (let i = 1; i <= count; i++) values.push(readValue(core, thread, i));
      } catch (error) {
        for (const value of values) if (value instanceof LuauRef) value.dispose();
        throw error;
      } finally {
        core.vm.exports.stack_clear(thread);
      }
      result = { status: status === STATUS_OK ? "finished" : "suspended", values };
    } else {
      result = { status: "failed", error: readFailure(core, status) };
    }
    core.tellCollected();
    return result;
  }
}

function budgetOf(options: EntryOptions | undefined): number {
  const budget = options?.budgetMs;
  if (budget === undefined) return Infinity;
  if (!(budget >= 0)) throw new LuauUsageError("bad-option", `budgetMs must be a number of milliseconds from 0 up, not ${budget}`);
  return budget;
}
