import { createHmac, randomBytes } from "node:crypto";
import type { Storage } from "unstorage";
import { addressGroup } from "../client/address-group.ts";

/** The key under which the secret is kept, which is no id of a project. */
const SECRET_KEY = "secret";

/** Bytes of the secret: as many as the hash has. */
const SECRET_BYTES = 32;

/** Characters of a name, in hex, which no command line takes for an option: 72 bits, so that two addresses are not taken for one. */
const NAME_CHARS = 18;

/**
 * Names for the client addresses that store projects, so that each has a share of the store that outlives the process, and no
 * address stands on the disk: a name is a hash of the address under a secret of this store.
 */
export class ProjectOwners {
  readonly #storage: Storage;
  #secret: Promise<Buffer> | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The name of a client's address. @throws what the storage throws */
  async nameOf(address: string): Promise<string> {
    this.#secret ??= this.#readSecret();
    try {
      return createHmac("sha256", await this.#secret)
        .update(addressGroup(address).client)
        .digest("hex")
        .slice(0, NAME_CHARS);
    } catch (error) {
      this.#secret = undefined;
      throw error;
    }
  }

  async #readSecret(): Promise<Buffer> {
    const stored = await this.#storage.getItem(SECRET_KEY);
    if (typeof stored === "object" && stored !== null && "hex" in stored && typeof stored.hex === "string" && /^[0-9a-f]{64}$/.test(stored.hex)) {
      return Buffer.from(stored.hex, "hex");
    }
    const secret = randomBytes(SECRET_BYTES);
    await this.#storage.setItem(SECRET_KEY, { hex: secret.toString("hex") });
    return secret;
  }
}
