/** A line of two texts that are compared: in both, only in the first (`removed`), or only in the second (`added`). */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Lines of each text that are compared one by one; what is behind them counts as changed. A lesson's files are far shorter, and the work grows with the square. */
const MAX_LINES = 1_000;

/** How a text becomes another, line by line, with as few changed lines as can be. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const [rows, columns] = [Math.min(a.length, MAX_LINES), Math.min(b.length, MAX_LINES)];
  // Of the rest from (i, j) on: the most lines that can stay.
  const stay = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  const at = (i: number, j: number): number => stay[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) stay[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    if (a[i] === b[j]) {
      lines.push({ kind: "same", text: a[i++]! });
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) lines.push({ kind: "removed", text: a[i++]! });
    else lines.push({ kind: "added", text: b[j++]! });
  }
  for (const text of a.slice(i)) lines.push({ kind: "removed", text });
  for (const text of b.slice(j)) lines.push({ kind: "added", text });
  return lines;
}

/** Lines of a comparison, from `from` up to before `to`. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
}

/** The first stretch of lines that differ; undefined where none does. */
export function firstHunk(lines: readonly DiffLine[]): Hunk | undefined {
  const from = lines.findIndex(({ kind }) => kind !== "same");
  if (from < 0) return undefined;
  const length = lines.slice(from).findIndex(({ kind }) => kind === "same");
  return { from, to: length < 0 ? lines.length : from + length };
}

/** The first text with one stretch as in the second, and all else as it was. */
export function withHunk(lines: readonly DiffLine[], { from, to }: Hunk): string {
  const left = (index: number): DiffLine["kind"] => (index >= from && index < to ? "removed" : "added");
  return lines.flatMap(({ kind, text }, index) => (kind === left(index) ? [] : [text])).join("\n");
}
