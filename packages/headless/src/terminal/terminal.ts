import { plainText, safeText } from "@playground/safe-text";
import type { ConsoleLevel } from "@playground/zone";
import type { Language } from "../command-line.ts";
import type { OutputEntry } from "../program/messages.ts";
import { entryText } from "./entry-text.ts";

/** A stream to write to, as `process.stdout` is one. */
export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string, written?: () => void): unknown;
}

/** Choices of colours (SGR, ECMA-48 8.3.117). */
const RESET = "\x1b[0m";
const LEVEL_COLOURS: Readonly<Record<ConsoleLevel, string>> = { print: "", warn: "\x1b[33m", error: "\x1b[31m", notice: "\x1b[36m" };
/** Tell programs apart, beside their names; none of them is that of a level. */
const PROGRAM_COLOURS = ["\x1b[32m", "\x1b[35m", "\x1b[34m", "\x1b[92m", "\x1b[95m", "\x1b[94m"];

/** The program that something is from. */
export interface OutputSource {
  readonly name: string;
  /** Counted from 0. */
  readonly place: number;
}

/** Where programs are read: what they print goes to standard output, all else to standard error. A stranger's text can do nothing but be read. */
export class Terminal {
  readonly #out: OutputStream;
  readonly #errors: OutputStream;
  readonly #language: Language;
  readonly #isColourWanted: boolean;

  constructor(
    out: OutputStream,
    errors: OutputStream,
    { language, environment }: { readonly language: Language; readonly environment: Readonly<Record<string, string | undefined>> },
  ) {
    this.#out = out;
    this.#errors = errors;
    this.#language = language;
    this.#isColourWanted = !environment["NO_COLOR"] && environment["TERM"] !== "dumb";
  }

  /** Writes what a program says; `source` where several do. `written` is called when it is out. */
  write(entries: readonly OutputEntry[], source: OutputSource | undefined, written: () => void): void {
    let left = 1;
    const one = (): void => {
      left -= 1;
      if (left === 0) written();
    };
    // What follows each other to the same stream goes out in one piece.
    let stream: OutputStream | undefined;
    let text = "";
    const flush = (): void => {
      if (stream === undefined || text === "") return;
      left += 1;
      stream.write(text, one);
      text = "";
    };
    for (const entry of entries) {
      const words = entryText(entry, this.#language);
      if (words === undefined) continue;
      const to = entry.level === "print" ? this.#out : this.#errors;
      if (to !== stream) flush();
      stream = to;
      text += this.#lines(words, entry.level, source, this.#hasColours(to));
    }
    flush();
    one();
  }

  /** A word of the command's own, about a program where `source` is given. */
  notice(text: string, source?: OutputSource): void {
    this.#errors.write(this.#lines(text, "notice", source, this.#hasColours(this.#errors)));
  }

  /** What has gone wrong, in one line, with the program where `source` is given. */
  error(text: string, source?: OutputSource): void {
    this.#errors.write(this.#lines(text, "error", source, this.#hasColours(this.#errors)));
  }

  #hasColours(stream: OutputStream): boolean {
    return this.#isColourWanted && stream.isTTY === true;
  }

  #lines(text: string, level: ConsoleLevel, source: OutputSource | undefined, hasColours: boolean): string {
    const colour = hasColours ? LEVEL_COLOURS[level] : "";
    const name = source === undefined ? "" : `${plainText(source.name)}: `;
    const front = name === "" || !hasColours ? name : `${PROGRAM_COLOURS[source!.place % PROGRAM_COLOURS.length]}${name}${RESET}`;
    const safe = hasColours ? safeText(text) : plainText(text);
    let lines = "";
    for (const line of safe.split("\n")) {
      // A colour that a script has chosen ends with its line.
      const isColoured = colour !== "" || line.includes("\x1b");
      lines += `${front}${colour}${line}${isColoured ? RESET : ""}\n`;
    }
    return lines;
  }
}
