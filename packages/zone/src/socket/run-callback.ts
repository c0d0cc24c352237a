import type { LuauFunction, Pushable } from "@playground/luau-wasm";
import type { TaskRunner } from "../task/task.ts";

/** One whose callbacks run one after another. */
export interface Caller {
  busy: boolean;
}

/**
 * Runs a callback of the script as a task of its own; `caller` is busy until it returns. `onStarting` hears which entry it is, before it runs.
 *
 * @throws {LuauMemoryError} where there is no memory to call it; it has not been called then
 */
export function runCallback(
  tasks: TaskRunner,
  caller: Caller,
  name: string,
  fn: LuauFunction,
  args: readonly Pushable[],
  onStarting?: (entry: number) => void,
): void {
  caller.busy = true;
  try {
    tasks.start(name, fn, args, {
      onStarting,
      onFinished: () => {
        caller.busy = false;
      },
    });
  } catch (error) {
    caller.busy = false;
    throw error;
  }
}
