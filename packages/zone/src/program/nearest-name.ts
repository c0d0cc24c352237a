/** UTF-16 units of a name that is compared; longer ones are nobody's slip of a key. */
const NAME_LIMIT = 64;
/** Names that are compared with one that is wrong. */
const NAMES_LIMIT = 2_000;

/**
 * The name that was probably meant by `wrong`: as few slips away as its length allows, a slip being a letter that is
 * missing, too much, another one, or swapped with its neighbour. Upper and lower case do not count as slips.
 */
export function nearestName(wrong: string, names: Iterable<string>): string | undefined {
  if (wrong.length < 2 || wrong.length > NAME_LIMIT) return undefined;
  const most = wrong.length <= 4 ? 1 : wrong.length <= 8 ? 2 : 3;
  let nearest: string | undefined;
  let least = most + 1;
  let compared = 0;
  for (const name of names) {
    if (name === wrong || name.length > NAME_LIMIT || Math.abs(name.length - wrong.length) > most) continue;
    if (++compared > NAMES_LIMIT) break;
    const slips = slipsBetween(wrong.toLowerCase(), name.toLowerCase());
    // The order that names come in is the VM's own: of two that are as near, the alphabet chooses.
    if (slips < least || (slips === least && nearest !== undefined && name < nearest)) {
      nearest = name;
      least = slips;
    }
  }
  // A short name that keeps next to nothing of the wrong one is another name.
  return least < wrong.length ? nearest : undefined;
}

/** The restricted Damerau-Levenshtein distance. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, beforeLast[j - 2]! + 1);
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
