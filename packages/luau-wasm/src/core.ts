import type { VmExports } from "./abi.ts";
import { LuauUsageError } from "./errors.ts";
import type { LuauRef } from "./ref.ts";
import type { Vm } from "./vm.ts";
import type { Wrapped } from "./wrapped.ts";

/** Makes the object of an owned reference, by the kind of what it refers to. */
export type RefFactory = (core: StateCore, kind: number, reference: number) => LuauRef;

/** Where an error happened that the host knows of, and what it says without the position. */
export interface HostPlace {
  readonly chunk: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Places of the host's errors that are remembered: more than a script holds on to. */
const NOTED_PLACES = 16;

/** What all parts of the binding share for one state. Not exported from the package. */
export class StateCore {
  readonly vm: Vm;
  /** The state's number among those of the module. */
  readonly id: number;
  readonly makeRef: RefFactory;
  /** Address of the state's record in the module; 0 once it is disposed. */
  runtime: number;
  /** Address of the thread that the binding works on. */
  readonly main: number;
  liveRefs = 0;
  /** How many entries into script code are under way. */
  entries = 0;
  /** The host's own error that was last raised in the script, to become the `cause` of what the script fails with. */
  lastHostError: { readonly message: string; readonly error: unknown } | undefined;
  /** Where errors happened that the host has raised along with their place, by their text. */
  readonly #places = new Map<string, HostPlace>();

  /** Objects with userdata alive, by id. Id 0 stands for none. */
  readonly #objects: (Wrapped<object> | undefined)[] = [undefined];
  readonly #freeIds: number[] = [];
  readonly #collected: Wrapped<object>[] = [];

  constructor(vm: Vm, id: number, runtime: number, makeRef: RefFactory) {
    this.vm = vm;
    this.id = id;
    this.runtime = runtime;
    this.makeRef = makeRef;
    this.main = vm.exports.main_thread(runtime);
  }

  /** The module's functions, for an operation on this state. Throws when it is disposed or the module has crashed. */
  use(): VmExports {
    if (this.runtime === 0) throw new LuauUsageError("disposed", "this Luau state is disposed");
    if (this.vm.crashed) throw this.vm.crashed;
    return this.vm.exports;
  }

  get liveObjects(): number {
    return this.#objects.length - 1 - this.#freeIds.length;
  }

  objectOf(id: number): object {
    return this.#objects[id]!.object;
  }

  /** Remembers where an error happened that is raised with `text`; the script may catch it and raise it later. */
  notePlace(text: string, place: HostPlace): void {
    this.#places.delete(text);
    this.#places.set(text, place);
    const [oldest] = this.#places.keys();
    if (this.#places.size > NOTED_PLACES && oldest !== undefined) this.#places.delete(oldest);
  }

  placeOfText(text: string): HostPlace | undefined {
    return this.#places.get(text);
  }

  /** Lets go of a reference; the registry of a state that is disposed or has crashed is gone already. */
  releaseReference(reference: number): void {
    if (this.runtime !== 0 && !this.vm.crashed) this.vm.exports.reference_release(this.runtime, reference);
  }

  /** The id of an object that is about to be pushed. */
  idOf(wrapped: Wrapped<object>): number {
    if (wrapped.id === 0) {
      wrapped.id = this.#freeIds.pop() ?? this.#objects.length;
      this.#objects[wrapped.id] = wrapped;
    }
    return wrapped.id;
  }

  /** Called in the middle of a collection, so this only takes notes. */
  noteCollected(id: number): void {
    const wrapped = this.#objects[id];
    // The same object twice on one way that was given up.
    if (!wrapped) return;
    this.#objects[id] = undefined;
    this.#freeIds.push(id);
    wrapped.id = 0;
    if (wrapped.onCollect) this.#collected.push(wrapped);
  }

  /** Tells the owners of collected objects. To be called where calling into the module is allowed. */
  tellCollected(): void {
    while (this.#collected.length > 0) {
      const wrapped = this.#collected.pop()!;
      // Pushed again meanwhile: it lives on.
      if (wrapped.id === 0) wrapped.onCollect!(wrapped.object);
    }
  }
}
