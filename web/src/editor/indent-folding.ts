import { foldService } from "@codemirror/language";
import type { EditorState, Extension, Line } from "@codemirror/state";

/** Lines looked at for the end of a fold: longer blocks are not folded, so that scrolling a long file stays quick. */
const MAX_FOLD_LINES = 2_000;

/** Folds what is indented deeper than the line above it: in Luau as it is written, the body of a block. */
export const indentFolding: Extension = foldService.of((state, from) => {
  const first = state.doc.lineAt(from);
  const depth = indentOf(state, first);
  if (depth === undefined) return null;
  let last: Line | undefined;
  const limit = Math.min(state.doc.lines, first.number + MAX_FOLD_LINES);
  for (let number = first.number + 1; number <= limit; number++) {
    const line = state.doc.line(number);
    const own = indentOf(state, line);
    if (own === undefined) continue;
    if (own <= depth) break;
    last = line;
  }
  return last === undefined ? null : { from: first.to, to: last.to };
});

/** Columns that a line is indented by; undefined for one that is empty. */
function indentOf(state: EditorState, line: Line): number | undefined {
  let columns = 0;
  for (const character of line.text) {
    if (character === "\t") columns += state.tabSize - (columns % state.tabSize);
    else if (character === " ") columns++;
    else return columns;
  }
  return undefined;
}
