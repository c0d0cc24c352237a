/** What a code point does to the text around it, as far as a console has to know. */
export const LETTER = {
  plain: 0,
  /** A control character (ECMA-48), other than tab and line break. */
  control: 1,
  /** Turns the reading order of what stands around it (UAX 9, 2.1 to 2.6): with it, a line can be made to read as another. */
  turning: 2,
  /** Joins the letter before it: marks, variation selectors, joiners, skin tones, tags (UAX 29, Extend and SpacingMark). */
  extend: 3,
  /** Joins the letter behind it (UAX 29, Prepend). */
  prepend: 4,
  /** Parts of a Korean syllable (UAX 29, L, V and T): it goes first, middle, last, and only a run of one kind has no end. */
  first: 5,
  middle: 6,
  last: 7,
  /** Zero width joiner: joins the picture behind it to the one before. */
  joiner: 8,
} as const;

export type LetterClass = (typeof LETTER)[keyof typeof LETTER];

const KINDS: readonly (readonly [RegExp, LetterClass])[] = [
  // eslint-disable-next-line no-control-regex
  [/[\x00-\x08\x0b-\x1f\x7f-\x9f]/, LETTER.control],
  [/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/, LETTER.turning],
  [/\u200d/, LETTER.joiner],
  [/[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}]/u, LETTER.prepend],
  [/[\u1100-\u115f\ua960-\ua97c]/, LETTER.first],
  [/[\u1160-\u11a7\ud7b0-\ud7c6]/, LETTER.middle],
  [/[\u11a8-\u11ff\ud7cb-\ud7fb]/, LETTER.last],
  [/[\p{M}\p{EMod}\u200c\u0e33\u0eb3\u{e0020}-\u{e007f}]/u, LETTER.extend],
];

/** Code points that are looked up at a time. */
const PAGE = 256;
/** By page, made when a text first needs one: asking the patterns for each letter would cost more than showing it. */
const pages: (Uint8Array | undefined)[] = [];

/** The class of a code point. */
export function letterClass(point: number): LetterClass {
  const page = point >> 8;
  return (pages[page] ??= pageOf(page))[point & (PAGE - 1)] as LetterClass;
}

function pageOf(page: number): Uint8Array {
  return Uint8Array.from({ length: PAGE }, (_, index) => {
    const letter = String.fromCodePoint(page * PAGE + index);
    return KINDS.find(([pattern]) => pattern.test(letter))?.[1] ?? LETTER.plain;
  });
}
