/** Examiners that are remembered: as many checks as one goes back to in the network view. */
const MAX_EXAMINERS = 32;

/**
 * At which addresses examiners were, and what they are called: when somebody looks at an exchange, its examiner has often left the room,
 * and the address may be another machine's.
 */
export class ExaminerNames {
  readonly #names = new Map<string, string>();
  #present: string | undefined;

  /** An examiner has come into the room. */
  came(address: string, name: string): void {
    this.#present = address;
    this.#names.delete(address);
    this.#names.set(address, name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > MAX_EXAMINERS && oldest !== undefined) this.#names.delete(oldest);
  }

  /** The examiner has gone. */
  left(): void {
    this.#present = undefined;
  }

  /** The name of the examiner that is there; undefined for all other addresses. */
  present(address: string): string | undefined {
    return address === this.#present ? this.#names.get(address) : undefined;
  }

  /** The name of the examiner that is or was there last. */
  former(address: string): string | undefined {
    return this.#names.get(address);
  }
}
