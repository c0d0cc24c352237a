/** A part of a file that an author put between `--#region hidden` or `--#region folded` and `--#endregion`. */
export interface Region {
  readonly kind: "hidden" | "folded";
  /** First and last line, counted from 1, with the lines of the marks themselves. */
  readonly from: number;
  readonly to: number;
  /** What stands behind `folded`. */
  readonly title: string;
}

const BEGIN = /^\s*--\s*#region\s+(hidden|folded)\b[\s:]*([^]*)/;
const END = /^\s*--\s*#endregion\b/;

/** The regions of a source, in order. They do not nest: the first end closes; one without an end goes on to the end of the file. */
export function findRegions(source: string): Region[] {
  const lines = source.split("\n");
  const regions: Region[] = [];
  let open: { kind: Region["kind"]; from: number; title: string } | undefined;
  for (const [index, line] of lines.entries()) {
    if (open === undefined) {
      const begin = BEGIN.exec(line);
      if (begin !== null) open = { kind: begin[1] as Region["kind"], from: index + 1, title: (begin[2] ?? "").trim() };
    } else if (END.test(line)) {
      regions.push({ ...open, to: index + 1 });
      open = undefined;
    }
  }
  if (open !== undefined) regions.push({ ...open, to: lines.length });
  return regions;
}
