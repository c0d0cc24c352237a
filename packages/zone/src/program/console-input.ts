import type { LuauState, LuauTable } from "@playground/luau-wasm";
import { INPUT_LINE_LIMIT, INPUT_QUEUE_LIMIT } from "../limits.ts";
import { ScriptCallback } from "../socket/script-callback.ts";
import type { TaskRunner } from "../task/task.ts";

/**
 * What became of a typed line.
 *
 * - `taken`: the script's callback will be called with it
 * - `no-callback`: the script takes no input at the moment
 * - `queue-full`: `INPUT_QUEUE_LIMIT` lines wait already
 */
export type InputResult = "taken" | "no-callback" | "queue-full";

/** Lines that were typed at a program's console and wait for its callback. */
export class ConsoleInput {
  readonly #tasks: TaskRunner;
  readonly #onWantedChanged: (wanted: boolean) => void;
  readonly #callback = new ScriptCallback();
  #lines: string[] = [];
  /** The callback has not returned yet: it waits for the network. */
  #busy = false;
  #isOver = false;

  /** `onWantedChanged` is told when the script sets its callback and when it takes it away. */
  constructor(tasks: TaskRunner, onWantedChanged: (wanted: boolean) => void) {
    this.#tasks = tasks;
    this.#onWantedChanged = onWantedChanged;
  }

  /** Whether the script has a callback. */
  get wanted(): boolean {
    return this.#callback.fn !== undefined;
  }

  /** Whether lines may still reach the script. */
  get inUse(): boolean {
    return this.#busy || (this.wanted && !(this.#isOver && this.#lines.length === 0));
  }

  /** Lines that wait for the script. */
  get waiting(): number {
    return this.#lines.length;
  }

  /** No further line comes: once those that wait are delivered, the callback is nothing that a program lives for. */
  finish(): void {
    this.#isOver = true;
  }

  /**
   * Takes a line, without its line break, for the next frame.
   *
   * @throws {RangeError} for a line of more than `INPUT_LINE_LIMIT` characters
   */
  push(line: string): InputResult {
    if (line.length > INPUT_LINE_LIMIT) throw new RangeError(`a line of input has at most ${INPUT_LINE_LIMIT} characters, got ${line.length}`);
    if (!this.wanted) return "no-callback";
    if (this.#lines.length >= INPUT_QUEUE_LIMIT) return "queue-full";
    this.#lines.push(line);
    return "taken";
  }

  /**
   * Calls the script with the lines that wait, in the order in which they were typed; those that come up meanwhile wait for the next
   * frame. While a callback waits for the network, the lines behind it wait too. `proceed` is asked before each: a
   * program that has failed hears nothing more.
   */
  deliver(proceed: () => boolean): void {
    for (let left = this.#lines.length; left > 0 && !this.#busy && proceed(); left--) {
      const { fn } = this.#callback;
      const line = this.#lines[0];
      if (fn === undefined || line === undefined) return;
      this.#busy = true;
      try {
        this.#tasks.start("a callback of zone.console.onInput", fn, [line], {
          onFinished: () => {
            this.#busy = false;
          },
        });
      } catch (error) {
        // There was no memory to call it.
        this.#busy = false;
        throw error;
      }
      this.#lines.shift();
    }
  }

  /** The table `zone.console`. The caller disposes it. */
  bind(state: LuauState): LuauTable {
    const table = state.createTable();
    using onInput = state.createFunction("onInput", (call) => {
      const before = this.wanted;
      if (call.isNoneOrNil(1)) this.#clear();
      else this.#callback.set(call.function(1));
      if (this.wanted !== before) this.#onWantedChanged(this.wanted);
    });
    table.set("onInput", onInput);
    table.freeze();
    return table;
  }

  /** Lets go of the script's function; nothing is called afterwards. */
  close(): void {
    this.#clear();
  }

  #clear(): void {
    this.#callback.clear();
    this.#lines = [];
  }
}
