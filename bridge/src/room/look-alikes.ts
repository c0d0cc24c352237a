/**
 * Letters and digits that look like a small Latin letter in most typefaces, by that letter: of other alphabets, and of Latin itself.
 * Capitals stand here where only they look so. The part of Unicode's list of confusables (UTS #39) that can stand in names.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: "аαɑ",
  b: "ЬьВΒ",
  c: "сϲ",
  d: "ԁ",
  e: "еҽΕ",
  f: "ẝϝ",
  g: "ɡցƍ",
  h: "һհНΗ",
  i: "іιıɩӏ",
  j: "јϳյ",
  k: "кκΚ",
  l: "1IΙІӀǀוןا",
  m: "МΜ",
  n: "ոռΝ",
  o: "0оοօσסهഠՕ",
  p: "рρΡ",
  q: "ԛգզ",
  r: "гᴦ",
  s: "ѕʂՏ",
  t: "ТΤ",
  u: "υսʋՍ",
  v: "ѵνט",
  w: "ԝѡաɯ",
  x: "хχΧ",
  y: "уγүҮΥ",
  z: "ᴢΖ",
};

const SKELETON: ReadonlyMap<string, string> = new Map(Object.entries(LOOK_ALIKES).flatMap(([latin, others]) => [...others].map((other) => [other, latin])));

function skeletonOfLetter(letter: string): string {
  return SKELETON.get(letter) ?? SKELETON.get(letter.toLowerCase()) ?? letter.toLowerCase();
}

/** What a name looks like: two names with the same skeleton are taken for one another, whatever alphabets they are in. */
export function skeletonOf(name: string): string {
  return [...name].map(skeletonOfLetter).join("");
}
