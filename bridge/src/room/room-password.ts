import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { hashQueue } from "./hash-queue.ts";
import type { OperatorPassword } from "./operator-password.ts";

/** Bytes of salt: no two hashes of the process are alike. */
const SALT_BYTES = 16;

/** Key of the process for the check byte. */
const checkKey = randomBytes(32);

/**
 * One byte by which all wrong passwords but one in 256 are told at once, so that those who guess do not take the time that the
 * right one needs to be hashed. Whoever stole the process's memory would be spared as many hashes; more bits would spare all of them.
 */
function checkByte(password: string, salt: Uint8Array): number {
  return createHmac("sha256", checkKey).update(salt).update(password.normalize("NFC")).digest().readUInt8();
}

/** A password that people of the room have chosen. */
interface Stored {
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly check: number;
}

/**
 * The password of a room: the operator's, or else one that people of the room choose, which only its hash is kept of,
 * and that in memory for as long as the room lives.
 */
export class RoomPassword {
  readonly #fixed: OperatorPassword | undefined;
  #stored: Stored | undefined;
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

  /**
   * Sets one that is not fixed, or with an empty text takes it away. Resolves to whether this was still the last wish. `path`: the
   * groups of the client's address, which take turns. @throws {HashesBusyError}
   */
  async set(password: string, path: readonly string[] = []): Promise<boolean> {
    if (this.isFixed) throw new Error("the password of this room is the operator's");
    this.#change += 1;
    const change = this.#change;
    if (password === "") {
      this.#stored = undefined;
      return true;
    }
    const salt = randomBytes(SALT_BYTES);
    const hash = await hashQueue.hash(password, salt, path);
    if (change !== this.#change) return false;
    this.#stored = { salt, hash, check: checkByte(password, salt) };
    return true;
  }

  /** Whether this is the password that the room had when it was asked; any is, when it had none. `path`: as above. @throws {HashesBusyError} */
  async matches(password: string, path: readonly string[] = []): Promise<boolean> {
    if (this.#fixed !== undefined) return this.#fixed.matches(password);
    const stored = this.#stored;
    if (stored === undefined) return true;
    if (checkByte(password, stored.salt) !== stored.check) return false;
    return timingSafeEqual(await hashQueue.hash(password, stored.salt, path), stored.hash);
  }
}
