import { randomBytes, timingSafeEqual } from "node:crypto";
import { hashQueue } from "./hash-queue.ts";

/** Bytes of salt: no two hashes of the process are alike. */
const SALT_BYTES = 16;

/** The password of a room, which only its hash is kept of, and that in memory for as long as the room lives. */
export class RoomPassword {
  #stored: { readonly salt: Buffer; readonly hash: Buffer } | undefined;
  /** Counts changes, so that the one asked for last wins. */
  #change = 0;

  get isSet(): boolean {
    return this.#stored !== undefined;
  }

  /** Sets it, or with an empty text takes it away. Resolves to whether this was still the last wish. */
  async set(password: string): Promise<boolean> {
    this.#change += 1;
    const change = this.#change;
    if (password === "") {
      this.#stored = undefined;
      return true;
    }
    const salt = randomBytes(SALT_BYTES);
    const hash = await hashQueue.hash(password, salt);
    if (change !== this.#change) return false;
    this.#stored = { salt, hash };
    return true;
  }

  /** Whether this is the password that the room had when it was asked; any is, when it had none. */
  async matches(password: string): Promise<boolean> {
    const stored = this.#stored;
    if (stored === undefined) return true;
    return timingSafeEqual(await hashQueue.hash(password, stored.salt), stored.hash);
  }
}
