import { scrypt } from "node:crypto";
import { MAX_HASHES_AT_A_TIME, MAX_HASHES_WAITING } from "../limits.ts";

/** Bytes of a hash. */
const HASH_BYTES = 32;

/** Cost of scrypt: 16 MiB and some 50 ms each, which makes guessing from a stolen memory slow (RFC 7914). */
const SCRYPT = { N: 16_384, r: 8, p: 1 } as const;

/** Hashes passwords off the main thread, a few at a time: the same four threads of the process read files and look names up. */
class HashQueue {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** Whether another one may be asked for. */
  get hasRoom(): boolean {
    return this.#waiting.length < MAX_HASHES_WAITING;
  }

  hash(password: string, salt: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        this.#running += 1;
        // Two ways of typing the same character must not make two passwords.
        scrypt(password.normalize("NFC"), salt, HASH_BYTES, SCRYPT, (error, hash) => {
          this.#running -= 1;
          this.#waiting.shift()?.();
          if (error === null) resolve(hash);
          else reject(error);
        });
      };
      if (this.#running < MAX_HASHES_AT_A_TIME) start();
      else this.#waiting.push(start);
    });
  }
}

/** The one of the process, whose threads it spares. */
export const hashQueue = new HashQueue();
