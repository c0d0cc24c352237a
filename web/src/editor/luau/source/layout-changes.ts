/** A range of the old text and what stands there in the new one; ranges come in order and do not touch what lies between. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Units that are looked ahead for where two texts meet again: a formatter adds or drops a comma, a bracket or quotes. */
const LOOK_AHEAD = 24;
/** Units besides spaces that must be alike for the texts to have met again, and how many are looked at for them. */
const MEETING = 3;
const MEETING_WITHIN = 40;
const SPACE = /\s/;

/**
 * The small changes that lead from a text to the same text in another layout. Cursors, marks and folds move with such
 * changes; with one that replaces all they would be lost. Whatever the texts are, the changes lead from one to the other.
 */
export function layoutChanges(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const changes: TextChange[] = [];
  let i = 0;
  let j = 0;
  const put = (to: number, end: number): void => {
    if (before.slice(i, to) !== after.slice(j, end)) changes.push({ from: i, to, insert: after.slice(j, end) });
    i = to;
    j = end;
  };
  while (i < before.length || j < after.length) {
    const a = before[i];
    const b = after[j];
    if (a === b) {
      i++;
      j++;
    } else if ((a !== undefined && SPACE.test(a)) || (b !== undefined && SPACE.test(b))) {
      put(skipSpace(before, i), skipSpace(after, j));
    } else {
      const [to, end] = meeting(before, i, after, j);
      put(to, end);
    }
  }
  return changes;
}

function skipSpace(text: string, at: number): number {
  while (at < text.length && SPACE.test(text[at] as string)) at++;
  return at;
}

/** The next units that are no spaces. */
function solid(text: string, at: number): string {
  return text
    .slice(at, at + MEETING_WITHIN)
    .replaceAll(/\s+/g, "")
    .slice(0, MEETING);
}

/** Where both texts go on alike, a little later; else their ends. */
function meeting(before: string, i: number, after: string, j: number): [number, number] {
  for (let distance = 1; distance <= LOOK_AHEAD; distance++) {
    for (let skipped = 0; skipped <= distance; skipped++) {
      const to = i + distance - skipped;
      const end = j + skipped;
      if (to > before.length || end > after.length) continue;
      const next = solid(before, to);
      if (next.length === MEETING && next === solid(after, end)) return [to, end];
    }
  }
  return [before.length, after.length];
}
