import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Bytes of the key under which passwords are kept: digests of one process mean nothing to another. */
const KEY_BYTES = 32;

const key = randomBytes(KEY_BYTES);

/** The name that stands for every room that has no entry of its own; no room can be called so. */
export const OTHER_ROOMS = "*";

/**
 * A password that whoever runs the bridge has set. It stands in a file of the operator's, so a hash that is slow to
 * compute would protect nothing; that it cannot be guessed over the network is the matter of `Admission`.
 */
export class OperatorPassword {
  readonly #digest: Buffer;

  constructor(password: string) {
    this.#digest = digest(password);
  }

  /** Whether this is the password. Takes the same time, whatever is given. */
  matches(password: string): boolean {
    return timingSafeEqual(digest(password), this.#digest);
  }
}

/** The passwords that whoever runs the bridge has set, by room. */
export class OperatorPasswords {
  readonly #byRoom: ReadonlyMap<string, OperatorPassword>;

  /** `passwords`: by the room's name, or `OTHER_ROOMS`. */
  constructor(passwords: ReadonlyMap<string, string> = new Map()) {
    this.#byRoom = new Map([...passwords].map(([room, password]) => [room, new OperatorPassword(password)]));
  }

  /** The password of a room; undefined when its people may choose one. */
  of(room: string): OperatorPassword | undefined {
    return this.#byRoom.get(room) ?? this.#byRoom.get(OTHER_ROOMS);
  }
}

/** Two ways of typing the same character must not make two passwords. */
function digest(password: string): Buffer {
  return createHmac("sha256", key).update(password.normalize("NFC")).digest();
}
