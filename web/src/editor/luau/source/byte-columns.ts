/**
 * Turns the compiler's positions, lines and bytes of UTF-8, into offsets of UTF-16 units. Both count from 0; lines end
 * with a line feed, and a carriage return before it belongs to the line, as the compiler has it.
 */
export class ByteColumns {
  readonly #text: string;
  readonly #starts: number[] = [0];
  // Where the last position was found: names come in the order of the text, and a line may hold all of it.
  #line = 0;
  #at = 0;
  #bytes = 0;

  constructor(text: string) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The offset of a byte; one in the middle of a character gives the character's beginning, one beyond the line its end. */
  offset(line: number, column: number): number {
    const start = this.#starts[line];
    if (start === undefined) return this.#text.length;
    const next = this.#starts[line + 1];
    const end = next === undefined ? this.#text.length : next - 1;
    if (line !== this.#line || column < this.#bytes) {
      this.#line = line;
      this.#at = start;
      this.#bytes = 0;
    }
    while (this.#at < end) {
      const code = this.#text.codePointAt(this.#at) as number;
      const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (this.#bytes + bytes > column) break;
      this.#bytes += bytes;
      this.#at += code < 0x10000 ? 1 : 2;
    }
    return this.#at;
  }
}
