import { type SafeStorage, tabStorage } from "../storage/safe-storage.ts";

const NAME_KEY = "zone-playground:machine-name:";
const PASSWORD_KEY = "zone-playground:room-password:";

/** What a tab remembers of its room through reloads, beside its machine's token: the name it chose, and the password that let it in. */
export class RoomMemory {
  readonly #room: string;
  readonly #storage: SafeStorage;
  /** What the browser will not store, such as in a frame of another site: it lasts as long as the page. */
  readonly #kept = new Map<string, string>();

  constructor(room: string, storage: SafeStorage = tabStorage) {
    this.#room = room;
    this.#storage = storage;
  }

  get name(): string | undefined {
    return this.#read(NAME_KEY);
  }

  set name(name: string | undefined) {
    this.#put(NAME_KEY, name);
  }

  get password(): string | undefined {
    return this.#read(PASSWORD_KEY);
  }

  set password(password: string | undefined) {
    this.#put(PASSWORD_KEY, password);
  }

  #read(key: string): string | undefined {
    return this.#kept.get(key) ?? this.#storage.read(key + this.#room);
  }

  #put(key: string, value: string | undefined): void {
    this.#kept.delete(key);
    if (value === undefined || value === "") this.#storage.remove(key + this.#room);
    else if (!this.#storage.write(key + this.#room, value)) this.#kept.set(key, value);
  }
}
