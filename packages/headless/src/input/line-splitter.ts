import { StringDecoder } from "node:string_decoder";

/** A line that was longer than a line may be: it is left out. */
export interface LongLine {
  /** From 1. */
  readonly number: number;
  /** Characters (UTF-16 units). */
  readonly length: number;
}

/** Bytes cut into lines, of LF or CR LF; holds no more than one line of the longest kind. */
export class LineSplitter {
  readonly #limit: number;
  readonly #onLong: (line: LongLine) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";
  /** Characters of a line that is too long which were thrown away. */
  #lost = 0;
  #number = 0;

  /** `limit`: characters of one line. */
  constructor(limit: number, onLong: (line: LongLine) => void) {
    this.#limit = limit;
    this.#onLong = onLong;
  }

  /** The lines that are complete with these bytes. */
  push(bytes: Uint8Array): string[] {
    return this.#split(this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)));
  }

  /** The last line, where it has no line break. */
  end(): string[] {
    const lines = this.#split(this.#decoder.end());
    if (this.#rest === "" && this.#lost === 0) return lines;
    return [...lines, ...this.#complete("")];
  }

  #split(text: string): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      lines.push(...this.#complete(text.slice(from, at)));
      from = at + 1;
    }
    this.#keep(text.slice(from));
    return lines;
  }

  #keep(part: string): void {
    this.#rest += part;
    // One more, for the CR of CR LF.
    const over = this.#rest.length - (this.#limit + 1);
    if (this.#lost > 0 || over > 0) {
      this.#lost += this.#rest.length;
      this.#rest = "";
    }
  }

  #complete(part: string): string[] {
    this.#number += 1;
    const whole = this.#lost === 0 ? this.#rest + part : "";
    const length = this.#lost === 0 ? whole.length : this.#lost + this.#rest.length + part.length;
    this.#rest = "";
    this.#lost = 0;
    const line = whole.endsWith("\r") ? whole.slice(0, -1) : whole;
    if (length - (whole.length - line.length) <= this.#limit) return [line];
    this.#onLong({ number: this.#number, length });
    return [];
  }
}
