/** What is open at a point of the text, and what decides how a line inside it is indented. */
export interface Block {
  /** `if` is an if-expression, which has no `end`; `params` the parameter list of a function. */
  readonly kind: "function" | "do" | "then" | "else" | "repeat" | "(" | "[" | "{" | "if" | "params";
  /** Columns that the line with the opening word is indented by. */
  readonly indent: number;
  /** The type that goes on behind this block: it is the bracket of `typeof(...)`. */
  readonly resumes?: TypeState;
}

/** A string or long comment that has begun. `carried`: it goes on although its line has ended. */
export type OpenText =
  | { readonly kind: "quoted"; readonly quote: string; readonly carried: boolean }
  | { readonly kind: "interpolated"; readonly carried: boolean }
  | { readonly kind: "long"; readonly level: number; readonly isComment: boolean };

/** A type that is being read. */
export interface TypeState {
  /** Brackets open in it, outermost first. */
  brackets: string;
  /** Columns that the line with each of these brackets is indented by. */
  indents: number[];
  /** Whether an operand is due; otherwise only an operator can go on with the type. */
  wantsType: boolean;
  /** The `<T, U>` of `function f<T>` or `type X<T>`: over with its closing bracket. */
  isParameterList: boolean;
}

/** The token before, where it decides what the next one is. */
export type Previous = "function" | "function-name" | "type" | "type-name" | "typeof" | "params-end" | "name" | "." | ":";

/** What the tokenizer knows between two tokens. Plain data, copied at the ends of lines. */
export interface LuauState {
  blocks: Block[];
  /** Strings around the current place, outermost first: an interpolated one may hold code, and that another string. */
  texts: OpenText[];
  /** Length of `blocks` at each `{` of an interpolated string whose expression is being read. */
  expressions: number[];
  /** Whether an operand is due: then `if` begins an expression, and `type` is a name. */
  wantsOperand: boolean;
  /** Undefined outside types. */
  type: TypeState | undefined;
  /** Where names are being declared, so that `:` begins a type: after `local`, in a `for` header. */
  declares: "local" | "for" | undefined;
  previous: Previous | undefined;
  /** Columns that the current line is indented by. */
  lineIndent: number;
}

/**
 * Blocks that are kept open: Luau's parser gives up long before, and every closing word looks through them, so that a
 * text of nothing but brackets would take time with the square of its length.
 */
export const MAX_OPEN_BLOCKS = 200;

/** Opens a block inside the others; one too deep is passed over. */
export function openBlock(state: LuauState, block: Block): void {
  if (state.blocks.length < MAX_OPEN_BLOCKS) state.blocks.push(block);
}

export function startState(): LuauState {
  return { blocks: [], texts: [], expressions: [], wantsOperand: false, type: undefined, declares: undefined, previous: undefined, lineIndent: 0 };
}

export function copyState(state: LuauState): LuauState {
  return {
    ...state,
    blocks: [...state.blocks],
    texts: [...state.texts],
    expressions: [...state.expressions],
    type: state.type && { ...state.type, indents: [...state.type.indents] },
  };
}
