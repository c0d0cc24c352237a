import type { LuauFunction } from "@playground/luau-wasm";

/** A place that holds at most one function of the script; a new one replaces the old. */
export class ScriptCallback {
  #fn: LuauFunction | undefined;

  get fn(): LuauFunction | undefined {
    return this.#fn;
  }

  /** Takes the reference over. */
  set(fn: LuauFunction): void {
    this.#fn?.dispose();
    this.#fn = fn;
  }

  clear(): void {
    this.#fn?.dispose();
    this.#fn = undefined;
  }
}
