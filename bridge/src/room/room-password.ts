import { randomBytes, timingSafeEqual } from "node:crypto";
import { hashQueue } from "./hash-queue.ts";
import type { OperatorPassword } from "./operator-password.ts";

/** Bytes of salt: no two hashes of the process are alike. */
const SALT_BYTES = 16;

/**
 * The password of a room: the operator's, or else one that people of the room choose, which only its hash is kept of,
 * and that in memory for as long as the room lives.
 */
export class RoomPassword {
  readonly #fixed: OperatorPassword | undefined;
  #stored: { readonly salt: Buffer; readonly hash: Buffer } | undefined;
  /** Counts changes, so that the one asked for last wins. */
  #change = 0;

  constructor(fixed?: OperatorPassword) {
    this.#fixed = fixed;
  }

  get isSet(): boolean {
    return this.isFixed || this.#stored !== undefined;
  }

  /** Whether the operator has set it: then it is checked at once, and nobody can change it. */
  get isFixed(): boolean {
    return this.#fixed !== undefined;
  }

  /** Sets one that is not fixed, or with an empty text takes it away. Resolves to whether this was still the last wish. */
  async set(password: string): Promise<boolean> {
    if (this.isFixed) throw new Error("the password of this room is the operator's");
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
    if (this.#fixed !== undefined) return this.#fixed.matches(password);
    const stored = this.#stored;
    if (stored === undefined) return true;
    return timingSafeEqual(await hashQueue.hash(password, stored.salt), stored.hash);
  }
}
