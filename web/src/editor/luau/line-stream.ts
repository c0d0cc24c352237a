import type { TokenStream } from "./token-stream.ts";

/** Columns of a tab stop. */
const TAB_COLUMNS = 4;

/** One line as the tokenizer reads it, for code that is shown without an editor. */
export class LineStream implements TokenStream {
  readonly string: string;
  pos = 0;
  /** Where the current token begins. */
  start = 0;

  constructor(line: string) {
    this.string = line;
  }

  sol(): boolean {
    return this.pos === 0;
  }

  eol(): boolean {
    return this.pos >= this.string.length;
  }

  peek(): string | undefined {
    return this.string.charAt(this.pos) || undefined;
  }

  next(): string | undefined {
    return this.eol() ? undefined : this.string.charAt(this.pos++);
  }

  eatSpace(): boolean {
    return this.eatWhile(/\s/);
  }

  eatWhile(match: string | RegExp | ((character: string) => boolean)): boolean {
    const before = this.pos;
    while (!this.eol() && matches(match, this.string.charAt(this.pos))) this.pos++;
    return this.pos > before;
  }

  skipToEnd(): void {
    this.pos = this.string.length;
  }

  match(pattern: string | RegExp, consume = true, caseInsensitive = false): boolean | RegExpMatchArray | null {
    if (typeof pattern === "string") {
      const fold = (text: string): string => (caseInsensitive ? text.toLowerCase() : text);
      if (fold(this.string.slice(this.pos, this.pos + pattern.length)) !== fold(pattern)) return null;
      if (consume) this.pos += pattern.length;
      return true;
    }
    const match = this.string.slice(this.pos).match(pattern);
    if (match === null || (match.index ?? 0) > 0) return null;
    if (consume) this.pos += match[0].length;
    return match;
  }

  current(): string {
    return this.string.slice(this.start, this.pos);
  }

  indentation(): number {
    let columns = 0;
    for (const character of this.string) {
      if (character === "\t") columns += TAB_COLUMNS - (columns % TAB_COLUMNS);
      else if (character === " ") columns++;
      else break;
    }
    return columns;
  }
}

function matches(match: string | RegExp | ((character: string) => boolean), character: string): boolean {
  if (typeof match === "string") return match === character;
  return match instanceof RegExp ? match.test(character) : match(character);
}
