/** A part of a text in UTF-16 units from its start; `to` is behind the last one. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** A part of a file of the project. */
export interface Place {
  readonly file: string;
  readonly range: TextRange;
}

/** Line and column as people count them: both from 1, the column in UTF-16 units. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", start)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}
