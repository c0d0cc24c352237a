import { type LuauState, MAX_OPEN_BLOCKS, type OpenText } from "./state.ts";
import type { TokenStream } from "./token-stream.ts";

/** Escapes of Luau strings: `\n`, `\z`, `\065`, `\x41`, `\u{1F600}`. */
const ESCAPE = /^\\(?:[abfnrtvz\\"'`{]|x[\da-fA-F]{2}|\d{1,3}|u\{[\da-fA-F]{1,8}\})/;

/** Reads on in the innermost open string or long comment. Gives null, and takes nothing, where that ended with its line. */
export function textToken(stream: TokenStream, state: LuauState): string | null {
  const text = state.texts.at(-1) as OpenText;
  if (text.kind === "long") return longToken(stream, state, text.level, text.isComment);
  if (stream.sol()) {
    if (!text.carried) {
      // One typed quote does not colour the rest of the file.
      state.texts.pop();
      return null;
    }
    carry(state, false);
    if (stream.eatSpace()) return "string";
  }
  const next = stream.peek();
  if (next === "\\") return escapeToken(stream, state);
  const mayHoldCode = text.kind === "interpolated" && state.expressions.length < MAX_OPEN_BLOCKS;
  if (next === "{" && mayHoldCode) {
    stream.next();
    state.expressions.push(state.blocks.length);
    state.wantsOperand = true;
    state.previous = undefined;
    return "interpolation";
  }
  const end = text.kind === "quoted" ? text.quote : "`";
  while (!stream.eol()) {
    const next = stream.peek();
    if (next === "\\" || (next === "{" && mayHoldCode)) return "string";
    stream.next();
    if (next === end) {
      state.texts.pop();
      break;
    }
  }
  return "string";
}

function longToken(stream: TokenStream, state: LuauState, level: number, isComment: boolean): string {
  const end = `]${"=".repeat(level)}]`;
  const at = stream.string.indexOf(end, stream.pos);
  if (at < 0) {
    stream.skipToEnd();
  } else {
    stream.pos = at + end.length;
    state.texts.pop();
  }
  return isComment ? "comment" : "string";
}

function escapeToken(stream: TokenStream, state: LuauState): string {
  if (stream.match(ESCAPE)) {
    // After `\z` white space counts for nothing, line breaks included.
    if (stream.current() === "\\z" && /^\s*$/.test(stream.string.slice(stream.pos))) {
      stream.skipToEnd();
      carry(state, true);
    }
    return "escape";
  }
  stream.next();
  if (stream.eol()) {
    // A backslash at the end of a line carries the string to the next.
    carry(state, true);
    return "escape";
  }
  // Any other character after a backslash stands for itself, but `\x`, `\u` and `\300` have rules to keep.
  return /[xu\d]/.test(stream.next() as string) ? "invalid" : "escape";
}

function carry(state: LuauState, carried: boolean): void {
  const text = state.texts.at(-1) as Exclude<OpenText, { kind: "long" }>;
  state.texts[state.texts.length - 1] = { ...text, carried };
}
