import { persistent, type SafeStorage } from "../storage/safe-storage.ts";
import { isTokenText } from "./token-text.ts";

const STORAGE_KEY = "zone-playground:machines";

/** Machines that are kept, the ones used last: a few tabs in each of the rooms of a school year. */
const MAX_MACHINES = 64;

/** Machines of one room that are kept: nobody has more tabs of it open at a time. */
const MAX_MACHINES_OF_ROOM = 8;

/** A machine that a tab of this browser was. */
interface KnownMachine {
  readonly room: string;
  /** In hex. */
  readonly token: string;
  readonly name?: string;
}

/** The machines that tabs of this browser were in one room, so that who closes a tab comes back as the same one. */
export class KnownMachines {
  readonly room: string;
  readonly #storage: SafeStorage;

  constructor(room: string, storage: SafeStorage = persistent) {
    this.room = room;
    this.#storage = storage;
  }

  /** Their tokens in hex, the one used last first. */
  get tokens(): readonly string[] {
    return this.#all.filter(({ room }) => room === this.room).map(({ token }) => token);
  }

  /** The name that a machine had here last. */
  nameOf(token: string): string | undefined {
    return this.#find(token)?.name;
  }

  /** A tab is this machine. */
  use(token: string): void {
    this.#put(token, this.nameOf(token));
  }

  /** The machine is called so; undefined: as the bridge likes. */
  rename(token: string, name: string | undefined): void {
    this.#put(token, name);
  }

  #find(token: string): KnownMachine | undefined {
    return this.#all.find((machine) => machine.room === this.room && machine.token === token);
  }

  #put(token: string, name: string | undefined): void {
    const own: KnownMachine = { room: this.room, token, ...(name !== undefined && name !== "" && { name }) };
    let ofRoom = 0;
    const kept = [own, ...this.#all.filter((machine) => machine.room !== this.room || machine.token !== token)].filter(
      ({ room }) => room !== this.room || ++ofRoom <= MAX_MACHINES_OF_ROOM,
    );
    this.#storage.write(STORAGE_KEY, JSON.stringify(kept.slice(0, MAX_MACHINES)));
  }

  /** What is stored, without what is none: other tabs, and other versions of the page, write there too. */
  get #all(): readonly KnownMachine[] {
    try {
      const found: unknown = JSON.parse(this.#storage.read(STORAGE_KEY) ?? "[]");
      return Array.isArray(found) ? found.filter(isKnownMachine) : [];
    } catch {
      return [];
    }
  }
}

function isKnownMachine(value: unknown): value is KnownMachine {
  if (typeof value !== "object" || value === null || !("room" in value) || !("token" in value)) return false;
  const { room, token, name } = value as { room: unknown; token: unknown; name?: unknown };
  return typeof room === "string" && typeof token === "string" && isTokenText(token) && (name === undefined || typeof name === "string");
}
