import { codeToken } from "./code-tokens.ts";
import type { LuauState } from "./state.ts";
import { textToken } from "./text-tokens.ts";
import type { TokenStream } from "./token-stream.ts";
import { typeToken } from "./type-tokens.ts";

/** Reads the next token of a line: its name as in the table of `language.ts`, or null for what has no colour. May take nothing where a state ended. */
export function token(stream: TokenStream, state: LuauState): string | null {
  if (stream.sol()) state.lineIndent = stream.indentation();
  // Inside an expression of an interpolated string, code is read; the string itself waits on the stack.
  if (state.texts.length > state.expressions.length) return textToken(stream, state);
  if (stream.eatSpace()) return null;
  const comment = stream.match(/^--(?:\[(=*)\[)?/);
  if (comment !== null && Array.isArray(comment)) return commentToken(stream, state, comment);
  if (state.type !== undefined) {
    const type = typeToken(stream, state);
    if (type !== undefined) return type;
  }
  return codeToken(stream, state);
}

function commentToken(stream: TokenStream, state: LuauState, match: RegExpMatchArray): string | null {
  if (match[1] !== undefined) {
    state.texts.push({ kind: "long", level: match[1].length, isComment: true });
    return textToken(stream, state);
  }
  const isDirective = stream.peek() === "!";
  stream.skipToEnd();
  return isDirective ? "directive" : "comment";
}
