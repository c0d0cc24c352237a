/** Longest name that the bridge takes, characters. */
const MAX_CHARS = 32;

/**
 * The name for a machine that somebody may have meant who typed one that the bridge does not take: words of letters and digits with
 * hyphens between them, the first beginning with a letter. Empty where nothing is left.
 */
export function nearestName(asked: string): string {
  const words = asked
    .normalize("NFKC")
    .split(/[^\p{L}\p{M}0-9]+/u)
    .filter((word) => word !== "");
  const first = words.findIndex((word) => /^\p{L}/u.test(word));
  // Where no word begins with a letter, what stands before the first one is left out.
  const kept = first === -1 ? [words.join("").replace(/^[^\p{L}]+/u, "")] : words.slice(first);
  while (kept.length > 1 && [...kept.join("-")].length > MAX_CHARS) kept.pop();
  return [...kept.join("-")].slice(0, MAX_CHARS).join("");
}
