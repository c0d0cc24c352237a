import { type SafeStorage, tabStorage } from "../storage/safe-storage.ts";

const NAME_KEY = "zone-playground:machine-name:";
const PASSWORD_KEY = "zone-playground:room-password:";

/** What a tab remembers of its room through reloads, beside its machine's token: the name it chose, and the password that let it in. */
export class RoomMemory {
  readonly #room: string;
  readonly #storage: SafeStorage;

  constructor(room: string, storage: SafeStorage = tabStorage) {
    this.#room = room;
    this.#storage = storage;
  }

  get name(): string | undefined {
    return this.#storage.read(NAME_KEY + this.#room);
  }

  set name(name: string | undefined) {
    this.#put(NAME_KEY, name);
  }

  get password(): string | undefined {
    return this.#storage.read(PASSWORD_KEY + this.#room);
  }

  set password(password: string | undefined) {
    this.#put(PASSWORD_KEY, password);
  }

  #put(key: string, value: string | undefined): void {
    if (value === undefined || value === "") this.#storage.remove(key + this.#room);
    else this.#storage.write(key + this.#room, value);
  }
}
