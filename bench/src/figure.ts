/** One measured figure beside its peer. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  /** The same measured of the peer in the same run; absent where there is none. */
  readonly peer?: number;
  readonly peerName?: string;
  /** What must hold, in words; absent for a figure that is shown for information. */
  readonly target?: string;
  readonly holds?: boolean;
}

/** A figure, and the name of the benchmark that measured it. */
export interface NamedFigure extends Figure {
  readonly benchmark: string;
}

/** The figures as a table in Markdown, each with the command that measures it again. */
export function figureTable(figures: readonly NamedFigure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${short(figure.ours)} ${figure.unit}`,
    figure.peer === undefined ? "" : `${short(figure.peer)} ${figure.unit} (${figure.peerName})`,
    figure.peer === undefined ? "" : short(figure.ours / figure.peer),
    figure.target ?? "",
    figure.holds === undefined ? "" : figure.holds ? "yes" : "NO",
    `npm run bench -- ${figure.benchmark}`,
  ]);
  const head = ["figure", "measured", "peer", "ratio", "target", "holds", "command"];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

/** Three significant digits, without an exponent. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The middle value; noise of a shared machine falls to both sides of it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Progress goes to standard error, so that the table stands alone on standard output. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
