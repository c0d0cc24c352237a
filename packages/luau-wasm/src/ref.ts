import { LuauUsageError } from "./errors.ts";

/** The state of a reference, as far as every reference needs it. */
export interface RefOwner {
  liveRefs: number;
  /** Lets go of a reference in the state's registry, while there still is one. */
  releaseReference(reference: number): void;
}

/**
 * An owned reference to a value inside of a state: the value stays alive until `dispose`, or until the state is disposed.
 * References that are forgotten are leaks; `LuauState.liveRefs` counts them.
 */
export class LuauRef<Owner extends RefOwner = RefOwner> {
  /** @internal */
  readonly core: Owner;
  #reference: number;
  #handedOver = false;

  /** @internal */
  constructor(core: Owner, reference: number) {
    this.core = core;
    this.#reference = reference;
    core.liveRefs++;
  }

  get disposed(): boolean {
    return this.#reference === 0;
  }

  /** Lets go of the value. A second call does nothing. */
  dispose(): void {
    if (this.#reference === 0) return;
    const reference = this.#reference;
    this.#reference = 0;
    this.core.liveRefs--;
    this.core.releaseReference(reference);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Gives the reference away with its next push, so that `return fn.handOver()` in a host function leaves nothing to dispose. */
  handOver(): this {
    this.#handedOver = true;
    return this;
  }

  /** @internal The reference's number in the state's registry. */
  get reference(): number {
    if (this.#reference === 0) throw new LuauUsageError("disposed", "this Luau reference is disposed");
    return this.#reference;
  }

  /** @internal Whether the push takes the reference away; it counts as disposed then. */
  takeHandedOver(): boolean {
    if (!this.#handedOver) return false;
    this.#reference = 0;
    this.core.liveRefs--;
    return true;
  }
}
