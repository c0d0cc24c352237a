import type { KnownMachines } from "../session/known-machines.ts";
import { type SafeStorage, tabStorage } from "../storage/safe-storage.ts";

const NAME_KEY = "zone-playground:machine-name:";
const PASSWORD_KEY = "zone-playground:room-password:";

/** Where the browser remembers a page's machine by its token. */
export interface RememberedMachine {
  readonly known: KnownMachines;
  /** In hex. */
  readonly token: string;
}

/**
 * What a tab remembers of its room through reloads, beside its machine's token: the name it chose, and the password that let it in.
 * The name is the browser's to remember, too, with the machine: who closes the tab comes back under it.
 */
export class RoomMemory {
  readonly #storage: SafeStorage;
  readonly #machine: RememberedMachine | undefined;
  readonly #nameKey: string;
  readonly #passwordKey: string;
  /** What the browser will not store, such as in a frame of another site: it lasts as long as the page. */
  readonly #kept = new Map<string, string>();

  /** `machine`: without it, nothing outlives the tab. */
  constructor(room: string, { storage = tabStorage, machine }: { readonly storage?: SafeStorage; readonly machine?: RememberedMachine } = {}) {
    this.#storage = storage;
    this.#machine = machine;
    // With the token: a duplicated tab starts with a copy of the other's store, and is another machine.
    this.#nameKey = NAME_KEY + room + (machine === undefined ? "" : `:${machine.token}`);
    this.#passwordKey = PASSWORD_KEY + room;
  }

  get name(): string | undefined {
    return this.#machine?.known.nameOf(this.#machine.token) ?? this.#read(this.#nameKey);
  }

  set name(name: string | undefined) {
    this.#machine?.known.rename(this.#machine.token, name);
    this.#put(this.#nameKey, name);
  }

  get password(): string | undefined {
    return this.#read(this.#passwordKey);
  }

  set password(password: string | undefined) {
    this.#put(this.#passwordKey, password);
  }

  #read(key: string): string | undefined {
    return this.#kept.get(key) ?? this.#storage.read(key);
  }

  #put(key: string, value: string | undefined): void {
    this.#kept.delete(key);
    if (value === undefined || value === "") this.#storage.remove(key);
    else if (!this.#storage.write(key, value)) this.#kept.set(key, value);
  }
}
