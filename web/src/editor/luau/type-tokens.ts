import { CONSTANTS, KEYWORDS } from "./source/words.ts";
import { type LuauState, MAX_OPEN_BLOCKS, type TypeState } from "./state.ts";
import type { TokenStream } from "./token-stream.ts";

const NAME = /^[A-Za-z_]\w*/;
const OPENING = "(<{[";
const CLOSING: Readonly<Record<string, string>> = { ")": "(", ">": "<", "}": "{", "]": "[" };

export function beginType(state: LuauState, isParameterList = false): void {
  state.type = { brackets: "", indents: [], wantsType: true, isParameterList };
}

/**
 * Reads one token of the type in `state.type`. Gives undefined, and takes nothing, where the type is over: after a complete
 * operand, with no bracket open, only an operator can go on with it. So a type ends in the right place
 * even where the next statement follows without a line break.
 */
export function typeToken(stream: TokenStream, state: LuauState): string | undefined {
  const type = state.type as TypeState;
  const next = stream.peek() as string;
  // The bracket of `typeof(`: code-tokens.ts takes the type up again behind it.
  if (state.previous === "typeof") return undefined;
  const inBrackets = type.brackets !== "";

  if (type.wantsType || inBrackets) {
    const name = stream.match(NAME, false);
    if (name !== null && Array.isArray(name)) {
      if (!KEYWORDS.has(name[0]) || CONSTANTS.has(name[0])) return nameToken(stream, state, type, name[0]);
      // `end` after `x:`: the type is still to be typed.
      state.type = undefined;
      return undefined;
    }
    if (next === '"' || next === "'") {
      stream.next();
      state.texts.push({ kind: "quoted", quote: next, carried: false });
      type.wantsType = false;
      return "string";
    }
  }
  if (OPENING.includes(next) && (type.wantsType || inBrackets || next === "<")) {
    stream.next();
    if (type.brackets.length < MAX_OPEN_BLOCKS) {
      type.brackets += next;
      type.indents.push(state.lineIndent);
    }
    type.wantsType = true;
    return "bracket";
  }
  if (inBrackets && next in CLOSING) {
    stream.next();
    // A bracket that does not fit closes what is open all the same: the text is being typed.
    type.brackets = type.brackets.slice(0, -1);
    type.indents.pop();
    type.wantsType = false;
    if (type.isParameterList && type.brackets === "") state.type = undefined;
    return "bracket";
  }
  if (stream.match("->") || stream.match(/^[|&]/)) {
    type.wantsType = true;
    return "typeOperator";
  }
  if (stream.match("...")) {
    // `...T` is a pack of T, `T...` a generic pack: after the first a type is due, after the second none.
    type.wantsType = type.wantsType && (inBrackets || NAME.test(stream.string.slice(stream.pos)));
    return "typeOperator";
  }
  if (!type.wantsType && stream.match("?")) return "typeOperator";
  if (!type.wantsType && /^\.[A-Za-z_]/.test(stream.string.slice(stream.pos))) {
    stream.next();
    type.wantsType = true;
    return "punctuation";
  }
  if (inBrackets && stream.match(/^[,:=;]/)) {
    type.wantsType = true;
    return "punctuation";
  }
  state.type = undefined;
  return undefined;
}

function nameToken(stream: TokenStream, state: LuauState, type: TypeState, name: string): string {
  const rest = stream.string.slice(stream.pos + name.length);
  stream.match(NAME);
  if (name === "typeof" && /^\s*\(/.test(rest)) {
    // `typeof(expression)`: code again, and behind the bracket the type goes on.
    type.wantsType = false;
    state.previous = "typeof";
    return "builtin";
  }
  // `name: type` in a table or a parameter list names a property.
  if (type.brackets !== "" && !type.brackets.endsWith("<") && /^\s*:(?!:)/.test(rest)) return "property";
  if (type.brackets.endsWith("{") && (name === "read" || name === "write") && /^\s+[A-Za-z_[]/.test(rest)) return "keyword";
  type.wantsType = false;
  if (CONSTANTS.has(name)) return "constant";
  return "type";
}
