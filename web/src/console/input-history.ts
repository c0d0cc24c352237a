/** Lines that a console remembers: more than anybody goes back through. */
export const MAX_HISTORY_LINES = 100;

/** What was typed before, gone through as in a shell: upwards to the older lines, and back down to the one that was begun. */
export class InputHistory {
  readonly #lines: string[] = [];
  /** How many lines back. */
  #back = 0;
  /** What stood there when going up began. */
  #begun = "";

  /** Remembers a line that was sent, unless it is empty or the same as the last. */
  add(line: string): void {
    this.#back = 0;
    if (line === "" || line === this.#lines.at(-1)) return;
    this.#lines.push(line);
    if (this.#lines.length > MAX_HISTORY_LINES) this.#lines.shift();
  }

  /** The line before; undefined when there is none. `current` is what stands there now. */
  older(current: string): string | undefined {
    if (this.#back >= this.#lines.length) return undefined;
    if (this.#back === 0) this.#begun = current;
    this.#back += 1;
    return this.#lines.at(-this.#back);
  }

  /** The line after, at the end what was begun; undefined when it stands there already. */
  newer(): string | undefined {
    if (this.#back === 0) return undefined;
    this.#back -= 1;
    return this.#back === 0 ? this.#begun : this.#lines.at(-this.#back);
  }
}
