/** UTF-16 units of a line that are looked at. */
const LINE_LIMIT = 200;

/** A line of a source by its number, from 1, or as much of it as an explanation looks at. */
export function lineOf(source: string, number: number): string {
  let from = 0;
  for (let line = 1; line < number; line++) {
    const end = source.indexOf("\n", from);
    if (end < 0) return "";
    from = end + 1;
  }
  const end = source.indexOf("\n", from);
  return source.slice(from, Math.min(end < 0 ? source.length : end, from + LINE_LIMIT));
}
