import type { LuauState, LuauTable } from "@playground/luau-wasm";
import { INPUT_LINE_LIMIT, INPUT_QUEUE_LIMIT } from "../limits.ts";
import { ScriptCallback } from "../program/script-callback.ts";
import type { TaskRunner } from "../program/task.ts";

/** `zone.console` in one VM. */
export interface InputBinding {
  /** The table `zone.console`. The caller disposes it. */
  readonly table: LuauTable;
  /** Whether the script takes lines. */
  readonly isWanted: boolean;
  /** Keeps a line for the next `deliver`. False when it is not taken: too many wait, or it is longer than `INPUT_LINE_LIMIT`. */
  push(line: string): boolean;
  /** Calls the script's function with every line that waits. */
  deliver(): void;
  /** Forgets the function and the lines. */
  close(): void;
}

/** Puts `zone.console` into a VM. `onWantedChanged` is told when the script begins or ceases to take lines. */
export function bindInput(
  state: LuauState,
  parts: { readonly tasks: TaskRunner; readonly alive: () => boolean; readonly onWantedChanged: (wanted: boolean) => void },
): InputBinding {
  const callback = new ScriptCallback();
  const lines: string[] = [];
  const table = state.createTable();
  using onInput = state.createFunction("onInput", (call) => {
    const wanted = callback.fn !== undefined;
    if (call.isNoneOrNil(1)) callback.clear();
    else callback.set(call.function(1));
    if (wanted !== (callback.fn !== undefined)) parts.onWantedChanged(!wanted);
  });
  table.set("onInput", onInput);
  table.freeze();
  return {
    table,
    get isWanted() {
      return callback.fn !== undefined;
    },
    push: (line) => {
      if (lines.length >= INPUT_QUEUE_LIMIT || line.length > INPUT_LINE_LIMIT) return false;
      lines.push(line);
      return true;
    },
    deliver: () => {
      // What a call brings about comes with the next frame; without a function lines wait for one.
      for (let left = lines.length; left > 0 && callback.fn !== undefined && parts.alive(); left--) {
        parts.tasks.start("the callback of zone.console.onInput", callback.fn, [lines.shift()!]);
      }
    },
    close: () => {
      callback.clear();
      lines.length = 0;
    },
  };
}
