import type { StateCore } from "./core.ts";
import { LuauUsageError } from "./errors.ts";
import type { HostFunction } from "./host-call.ts";
import { Wrapped } from "./wrapped.ts";

/** The metamethods that a class may have. `__index` and the lock of the metatable are the binding's own. */
export type MetamethodName =
  | "__len"
  | "__tostring"
  | "__eq"
  | "__lt"
  | "__le"
  | "__add"
  | "__sub"
  | "__mul"
  | "__div"
  | "__idiv"
  | "__mod"
  | "__pow"
  | "__unm"
  | "__concat"
  | "__call"
  | "__iter"
  | "__newindex";

export interface ClassSpec<T extends object> {
  /** What `typeof` says, and what errors call it. */
  readonly name: string;
  readonly methods: Readonly<Record<string, HostFunction>>;
  /** `self()` is the object, argument 1 the other operand. For operators, `self()` is the operand of this class that comes first. */
  readonly metamethods?: Readonly<Partial<Record<MetamethodName, HostFunction>>>;
  /**
   * Called once no userdata of the object is left: soon after the collector has found that, and at `LuauState.dispose()`.
   * The same object may be pushed again afterwards.
   */
  onCollect?(object: T): void;
}

/** A class of userdata in one state. */
export class LuauClass<T extends object> {
  readonly name: string;
  readonly #core: StateCore;
  readonly #tag: number;
  readonly #onCollect: ((object: T) => void) | undefined;
  readonly #wrapped = new WeakMap<T, Wrapped<T>>();

  /** @internal */
  constructor(core: StateCore, tag: number, spec: ClassSpec<T>) {
    this.name = spec.name;
    this.#core = core;
    this.#tag = tag;
    this.#onCollect = spec.onCollect && ((object) => spec.onCollect!(object));
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
