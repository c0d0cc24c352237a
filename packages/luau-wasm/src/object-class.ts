import type { StateCore } from "./core.ts";
import { LuauUsageError } from "./errors.ts";
import { Wrapped } from "./wrapped.ts";

/** A class of userdata in one state. */
export class LuauClass<T extends object> {
  readonly name: string;
  readonly #core: StateCore;
  readonly #tag: number;
  readonly #onCollect: ((object: T) => void) | undefined;
  readonly #wrapped = new WeakMap<T, Wrapped<T>>();

  /** @internal */
  constructor(core: StateCore, tag: number, name: string, onCollect: ((object: T) => void) | undefined) {
    this.name = name;
    this.#core = core;
    this.#tag = tag;
    this.#onCollect = onCollect;
  }

  /** Makes an object pushable. The same object gives the same userdata for as long as a script can reach it. */
  wrap(object: T): Wrapped<T> {
    let wrapped = this.#wrapped.get(object);
    if (!wrapped) {
      wrapped = new Wrapped(this.#core, this.#tag, object, this.#onCollect);
      this.#wrapped.set(object, wrapped);
    }
    return wrapped;
  }

  /** Whether a value has been wrapped by this class. */
  is(value: unknown): value is T {
    return typeof value === "object" && value !== null && this.#wrapped.has(value as T);
  }

  /** Whether a script may still reach the object: its userdata has not been collected. */
  isReachable(object: T): boolean {
    return (this.#wrapped.get(object)?.id ?? 0) !== 0;
  }

  /** @internal The tag, for a call of that state. */
  tagIn(core: StateCore): number {
    if (core !== this.#core) throw new LuauUsageError("wrong-state", `the class ${this.name} belongs to another Luau state`);
    return this.#tag;
  }
}
