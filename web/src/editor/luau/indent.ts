import type { LuauState } from "./state.ts";

/** Words and brackets that stand at the depth of the line which they close. */
const CLOSES = /^\s*(?:(?:end|else|elseif|until)\b|[)\]}])/;

/** Brackets of types, and words before which an open type is over: it is still to be typed. */
const CLOSES_TYPE = /^\s*[)\]}>]/;
const CLOSES_BLOCK = /^\s*(?:end|else|elseif|until)\b/;

/** Columns for the line that begins with `textAfter`; null inside a string that goes on, whose spaces are its own. */
export function indentation(state: LuauState, textAfter: string, unit: number): number | null {
  const text = state.texts.length > state.expressions.length ? state.texts.at(-1) : undefined;
  if (text !== undefined && (text.kind === "long" || text.carried)) return null;
  // The fields of a type's table, the parameters of a function's type.
  const typeIndent = state.type?.indents.at(-1);
  if (typeIndent !== undefined && !CLOSES_BLOCK.test(textAfter)) return CLOSES_TYPE.test(textAfter) ? typeIndent : typeIndent + unit;
  const block = state.blocks.at(-1);
  if (block === undefined) return 0;
  // An if-expression hangs below its first line, its `else` too.
  if (!CLOSES.test(textAfter) || (block.kind === "if" && /^\s*else/.test(textAfter))) return block.indent + unit;
  return (state.blocks.findLast((candidate) => candidate.kind !== "if") ?? block).indent;
}
