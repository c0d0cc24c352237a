/**
 * Luau's positions and an editor's, for one text.
 *
 * Luau counts lines, which end in "\n" alone, and bytes of UTF-8 in them. Editors count UTF-16 units from the start of
 * the text. Everything that crosses the border is converted here, once.
 */
export class TextPositions {
  readonly text: string;
  /** Offset of each line's first unit. */
  readonly #lines: number[] = [0];
  // Where the last conversion ended: the next one is often a little behind it on the same line.
  #line = 0;
  #column = 0;
  #offset = 0;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lines.push(at + 1);
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /**
   * The offset of a position. One in the middle of a character is moved to its beginning, or to its end with `"up"`;
   * one behind the end of a line or of the text is moved there.
   */
  offsetOf(line: number, column: number, rounding: "down" | "up" = "down"): number {
    if (line < 0) return 0;
    if (line >= this.#lines.length) return this.text.length;
    const end = this.#endOf(line);
    if (line !== this.#line || column < this.#column) this.#goTo(line);
    while (this.#column < column && this.#offset < end) {
      const bytes = this.#bytesAt(this.#offset);
      if (this.#column + bytes > column) return rounding === "down" ? this.#offset : this.#offset + unitsOf(bytes);
      this.#column += bytes;
      this.#offset += unitsOf(bytes);
    }
    return this.#offset;
  }

  /** The position of an offset; one between the halves of a surrogate pair counts as its beginning. */
  positionOf(offset: number): { readonly line: number; readonly column: number } {
    const wanted = Math.max(0, Math.min(offset, this.text.length));
    const line = this.lineOf(wanted);
    if (line !== this.#line || wanted < this.#offset) this.#goTo(line);
    while (this.#offset < wanted) {
      const bytes = this.#bytesAt(this.#offset);
      if (this.#offset + unitsOf(bytes) > wanted) break;
      this.#column += bytes;
      this.#offset += unitsOf(bytes);
    }
    return { line, column: this.#column };
  }

  /** The line that an offset lies on, from 0. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset at which a line begins. */
  startOf(line: number): number {
    return this.#lines[line] ?? this.text.length;
  }

  #goTo(line: number): void {
    this.#line = line;
    this.#column = 0;
    this.#offset = this.#lines[line]!;
  }

  /** The offset of a line's "\n", or the end of the text. */
  #endOf(line: number): number {
    const next = this.#lines[line + 1];
    return next === undefined ? this.text.length : next - 1;
  }

  /** How many bytes the character at an offset takes. Half of a surrogate pair travels as U+FFFD. */
  #bytesAt(offset: number): number {
    const unit = this.text.charCodeAt(offset);
    if (unit < 0x80) return 1;
    if (unit < 0x800) return 2;
    if (unit < 0xd800 || unit > 0xdbff) return 3;
    const next = this.text.charCodeAt(offset + 1);
    return next >= 0xdc00 && next <= 0xdfff ? 4 : 3;
  }
}

/** UTF-16 units of a character that takes so many bytes. */
function unitsOf(bytes: number): number {
  return bytes === 4 ? 2 : 1;
}
