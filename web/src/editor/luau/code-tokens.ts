import { type Block, type LuauState, openBlock } from "./state.ts";
import { textToken } from "./text-tokens.ts";
import { beginType } from "./type-tokens.ts";
import { BUILTINS, CONSTANTS, KEYWORDS, WORD_OPERATORS } from "./source/words.ts";
import type { TokenStream } from "./token-stream.ts";

const NAME = /^[A-Za-z_]\w*/;
const NUMBER = /^(?:0[xX][\da-fA-F_]*|0[bB][01_]*|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?)/;
const COMPOUND_ASSIGNMENT = /^(?:\/\/|\.\.|[-+*/%^])=(?!=)/;
const OPERATOR = /^(?:==|~=|<=|>=|\/\/|\.\.(?!\.)|[-+*/%^#<>=])/;
const LONG_BRACKET = /^\[(=*)\[/;

/** Reads one token of code, outside strings and types. */
export function codeToken(stream: TokenStream, state: LuauState): string | null {
  const longString = stream.match(LONG_BRACKET);
  if (longString !== null && Array.isArray(longString)) {
    operandEnds(state);
    state.texts.push({ kind: "long", level: longString[1]?.length ?? 0, isComment: false });
    return textToken(stream, state);
  }
  const name = stream.match(NAME);
  if (name !== null && Array.isArray(name)) return wordToken(stream, state, name[0]);

  const next = stream.peek() as string;
  if (next === '"' || next === "'" || next === "`") {
    stream.next();
    operandEnds(state);
    state.texts.push(next === "`" ? { kind: "interpolated", carried: false } : { kind: "quoted", quote: next, carried: false });
    return "string";
  }
  if (/[\d.]/.test(next) && stream.match(NUMBER)) {
    operandEnds(state);
    // `3x` and `0xZZ` are no numbers.
    return stream.eatWhile(/\w/) ? "invalid" : "number";
  }
  if (next === "@") return attributeToken(stream, state);
  if (stream.match("...")) {
    operandEnds(state);
    return "constant";
  }
  if (stream.match("::")) {
    beginType(state);
    state.wantsOperand = false;
    return "punctuation";
  }
  if (stream.match("->")) return "operator";
  if (next === ":") return colonToken(stream, state);
  if ("([{".includes(next)) return openingToken(stream, state, next as "(" | "[" | "{");
  if (")]}".includes(next)) return closingToken(stream, state, next);
  if (next === "<" && (state.previous === "function-name" || state.previous === "type-name" || state.previous === "function")) {
    beginType(state, true);
    return null;
  }
  if (stream.match(COMPOUND_ASSIGNMENT)) return operatorDue(state, "operator");
  if (stream.match(OPERATOR)) {
    const operator = stream.current();
    if (operator === "=" && state.previous === "type-name") {
      state.previous = undefined;
      beginType(state);
      state.wantsOperand = false;
      return "operator";
    }
    if (operator === "=") state.declares = undefined;
    return operatorDue(state, "operator");
  }
  if (stream.match(",")) {
    state.wantsOperand = state.declares === undefined;
    state.previous = undefined;
    return "punctuation";
  }
  if (stream.match(";")) {
    state.wantsOperand = innermost(state)?.kind === "{";
    state.declares = undefined;
    state.previous = undefined;
    return "punctuation";
  }
  if (stream.match(".")) {
    // In `function a.b` the name goes on.
    if (state.previous !== "function-name") state.previous = ".";
    return "punctuation";
  }
  stream.next();
  return "invalid";
}

/** Whether a table is open among the blocks from an index on. */
function isInTable(state: LuauState, from: number): boolean {
  for (let index = from; index < state.blocks.length; index++) if (state.blocks[index]?.kind === "{") return true;
  return false;
}

function innermost(state: LuauState): Block | undefined {
  return state.blocks.at(-1);
}

function operandEnds(state: LuauState): void {
  state.wantsOperand = false;
  state.previous = undefined;
  if (state.declares === "local") state.declares = undefined;
}

function operatorDue(state: LuauState, token: string): string {
  state.wantsOperand = true;
  state.previous = undefined;
  return token;
}

function open(state: LuauState, kind: Block["kind"]): void {
  openBlock(state, { kind, indent: state.lineIndent });
}

/** Closes the innermost block of one of these kinds, and what was left open inside it. Never leaves an interpolated string. */
function close(state: LuauState, kinds: readonly Block["kind"][]): Block | undefined {
  const floor = state.expressions.at(-1) ?? 0;
  for (let index = state.blocks.length - 1; index >= floor; index--) {
    const block = state.blocks[index] as Block;
    if (kinds.includes(block.kind)) {
      state.blocks.length = index;
      return block;
    }
  }
  return undefined;
}

function wordToken(stream: TokenStream, state: LuauState, word: string): string {
  const { previous } = state;
  if (previous === "." || (previous === ":" && !KEYWORDS.has(word))) {
    operandEnds(state);
    return isCalled(stream) ? "method" : "property";
  }
  if (KEYWORDS.has(word)) return keywordToken(state, word);

  if (previous === "function" || previous === "function-name") {
    state.previous = "function-name";
    return "functionName";
  }
  if (previous === "type") {
    state.previous = "type-name";
    return "typeName";
  }
  // `local x` and then another name, without a comma: the next statement.
  if (state.declares === "local" && previous === "name") state.declares = undefined;
  if (!state.wantsOperand && state.declares === undefined) {
    const rest = stream.string.slice(stream.pos);
    // Words that are keywords only where a statement begins and what follows fits.
    if (word === "type" && /^\s+(?:function\b|[A-Za-z_])/.test(rest)) {
      state.previous = "type";
      return "keyword";
    }
    if (word === "export" && /^\s+type\b/.test(rest)) return "keyword";
    if (word === "continue" && !/^\s*(?:[.:=({["'`,[]|[-+*/%^]=|\.\.=)/.test(rest)) return "keyword";
  }
  const declared = state.declares !== undefined || innermost(state)?.kind === "params";
  const inTable = innermost(state)?.kind === "{" && state.wantsOperand && /^\s*=(?!=)/.test(stream.string.slice(stream.pos));
  state.wantsOperand = false;
  state.previous = "name";
  if (inTable) return "property";
  if (declared) return "definition";
  if (word === "self") return "self";
  if (BUILTINS.has(word)) return "builtin";
  return isCalled(stream) ? "functionCall" : "variable";
}

function isCalled(stream: TokenStream): boolean {
  return /^\s*(?:[({"'`]|\[=*\[)/.test(stream.string.slice(stream.pos));
}

function keywordToken(state: LuauState, word: string): string {
  const { wantsOperand } = state;
  state.previous = undefined;
  state.declares = undefined;
  if (CONSTANTS.has(word)) {
    operandEnds(state);
    return "constant";
  }
  if (WORD_OPERATORS.has(word)) return operatorDue(state, "keyword");
  switch (word) {
    case "function":
      state.previous = "function";
      state.wantsOperand = false;
      open(state, "function");
      return "keyword";
    case "local":
      state.declares = "local";
      state.wantsOperand = false;
      return "keyword";
    case "for":
      state.declares = "for";
      state.wantsOperand = false;
      return "keyword";
    case "in":
      state.wantsOperand = true;
      return "keyword";
    case "if":
      if (wantsOperand) open(state, "if");
      state.wantsOperand = true;
      return "keyword";
    case "then":
      state.wantsOperand = innermost(state)?.kind === "if";
      if (!state.wantsOperand) open(state, "then");
      return "keyword";
    case "elseif":
      if (innermost(state)?.kind !== "if") close(state, ["then", "else"]);
      state.wantsOperand = true;
      return "keyword";
    case "else":
      if (innermost(state)?.kind === "if") {
        state.blocks.pop();
        state.wantsOperand = true;
      } else {
        close(state, ["then"]);
        open(state, "else");
        state.wantsOperand = false;
      }
      return "keyword";
    case "do":
      state.wantsOperand = false;
      open(state, "do");
      return "keyword";
    case "repeat":
      state.wantsOperand = false;
      open(state, "repeat");
      return "keyword";
    case "until":
      close(state, ["repeat"]);
      state.wantsOperand = true;
      return "keyword";
    case "end":
      close(state, ["function", "do", "then", "else"]);
      state.wantsOperand = false;
      return "keyword";
    default:
      // `return` and `while` are followed by a value, `break` by nothing.
      state.wantsOperand = word !== "break";
      return "keyword";
  }
}

function attributeToken(stream: TokenStream, state: LuauState): string {
  stream.next();
  state.previous = undefined;
  if (stream.peek() === "[") return "annotation";
  return stream.match(NAME) ? "annotation" : "invalid";
}

function colonToken(stream: TokenStream, state: LuauState): string {
  stream.next();
  const inParameters = innermost(state)?.kind === "params";
  if (state.previous === "params-end" || inParameters || state.declares !== undefined) {
    beginType(state);
    state.previous = state.declares === undefined ? undefined : "name";
    return "punctuation";
  }
  // In `function a:b` the name goes on; elsewhere it is a method.
  if (state.previous !== "function-name") state.previous = ":";
  return "punctuation";
}

function openingToken(stream: TokenStream, state: LuauState, bracket: "(" | "[" | "{"): string {
  stream.next();
  const isParameters = bracket === "(" && (state.previous === "function" || state.previous === "function-name");
  if (state.previous === "typeof" && state.type !== undefined) {
    openBlock(state, { kind: bracket, indent: state.lineIndent, resumes: state.type });
    state.type = undefined;
  } else {
    open(state, isParameters ? "params" : bracket);
  }
  if (state.declares === "local" && state.type === undefined) state.declares = undefined;
  state.wantsOperand = !isParameters;
  state.previous = undefined;
  return "bracket";
}

function closingToken(stream: TokenStream, state: LuauState, bracket: string): string {
  stream.next();
  const expression = state.expressions.at(-1);
  // The `}` that ends an expression in an interpolated string, and not a table inside it.
  if (bracket === "}" && expression !== undefined && !isInTable(state, expression)) {
    state.expressions.pop();
    state.blocks.length = expression;
    state.wantsOperand = false;
    state.previous = undefined;
    return "interpolation";
  }
  const wasParameters = bracket === ")" && innermost(state)?.kind === "params";
  const closed = close(state, bracket === ")" ? ["(", "params"] : bracket === "]" ? ["["] : ["{"]);
  state.wantsOperand = false;
  state.declares = undefined;
  state.previous = wasParameters ? "params-end" : undefined;
  if (closed?.resumes !== undefined) state.type = { ...closed.resumes };
  return "bracket";
}
