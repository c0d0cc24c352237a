import { scrypt } from "node:crypto";
import { MAX_HASHES_AT_A_TIME, MAX_HASHES_WAITING, MAX_HASHES_WAITING_PER_ADDRESS } from "../limits.ts";
import { FairTree } from "../turns/fair-tree.ts";

/** Bytes of a hash. */
const HASH_BYTES = 32;

/** Cost of scrypt: 16 MiB and some 50 ms each, which makes guessing from a stolen memory slow (RFC 7914). */
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;

/** Too many passwords wait to be hashed, of this address or of all. */
export class HashesBusyError extends Error {
  override readonly name = "HashesBusyError";

  constructor() {
    super("too many passwords wait to be hashed");
  }
}

/** A password that waits. */
interface Waiting {
  readonly start: () => void;
  readonly giveWay: () => void;
}

/**
 * Hashes passwords off the main thread, a few at a time: the same four threads of the process read files and look names up.
 * Addresses take turns, and each may have some waiting.
 */
export class HashQueue {
  readonly #perAddress: number;
  #running = 0;
  readonly #waiting = new FairTree<Waiting>();
  /** How many wait, by client. */
  readonly #counts = new Map<string, number>();

  /** `perAddress`: how many may wait of one client. */
  constructor(perAddress = MAX_HASHES_WAITING_PER_ADDRESS) {
    this.#perAddress = perAddress;
  }

  /** Whether another one of this client may be asked for. `path`: its groups and itself, as `addressPath` gives them. */
  hasRoomFor(path: readonly string[]): boolean {
    return (this.#counts.get(path.at(-1) ?? "") ?? 0) < this.#perAddress;
  }

  /** @throws {HashesBusyError} */
  async hash(password: string, salt: Uint8Array, path: readonly string[] = []): Promise<Buffer> {
    if (this.#running >= MAX_HASHES_AT_A_TIME) await this.#turn(path);
    else this.#running += 1;
    try {
      return await new Promise((resolve, reject) => {
        // Two ways of typing the same character must not make two passwords.
        scrypt(password.normalize("NFC"), salt, HASH_BYTES, SCRYPT, (error, hash) => {
          if (error === null) resolve(hash);
          else reject(error);
        });
      });
    } finally {
      this.#next();
    }
  }

  /** Waits for the place of one that has finished. */
  #turn(path: readonly string[]): Promise<void> {
    if (!this.hasRoomFor(path)) return Promise.reject(new HashesBusyError());
    const client = path.at(-1) ?? "";
    this.#counts.set(client, (this.#counts.get(client) ?? 0) + 1);
    const over = (): void => {
      const left = (this.#counts.get(client) ?? 1) - 1;
      if (left === 0) this.#counts.delete(client);
      else this.#counts.set(client, left);
    };
    return new Promise((resolve, reject) => {
      this.#waiting.add(path, {
        start: () => {
          over();
          resolve();
        },
        giveWay: () => {
          over();
          reject(new HashesBusyError());
        },
      });
      if (this.#waiting.size > MAX_HASHES_WAITING) this.#waiting.takeLast()?.giveWay();
    });
  }

  #next(): void {
    const next = this.#waiting.take();
    if (next === undefined) this.#running -= 1;
    else next.start();
  }
}

/** The one of the process, whose threads it spares. */
export const hashQueue = new HashQueue();
