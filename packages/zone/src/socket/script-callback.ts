import type { ScriptPlace } from "@playground/capture";
import type { LuauFunction } from "@playground/luau-wasm";

/** A place that holds at most one function of the script; a new one replaces the old. */
export class ScriptCallback {
  #fn: LuauFunction | undefined;
  #place: ScriptPlace | undefined;

  get fn(): LuauFunction | undefined {
    return this.#fn;
  }

  /** Where the function begins, if that is known. */
  get place(): ScriptPlace | undefined {
    return this.#place;
  }

  /** Takes the reference over. */
  set(fn: LuauFunction, place?: ScriptPlace): void {
    this.#fn?.dispose();
    this.#fn = fn;
    this.#place = place;
  }

  clear(): void {
    this.#fn?.dispose();
    this.#fn = undefined;
  }
}
