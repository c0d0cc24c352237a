import { LETTER, letterClass } from "@playground/safe-text";

/** Characters that a browser lays out, with any letters, within a few milliseconds. */
export const PART_CHARS = 2_048;
/** Characters from the end of a part within which a better place to cut is looked for. */
const LOOK_BACK_CHARS = 256;

/** Cuts a long text into parts of at most `PART_CHARS`, which make the text when joined: behind a line break where there is one, else behind a space, and never within a letter or a sequence of colours. */
export function* textParts(text: string): Generator<string, void> {
  let from = 0;
  while (text.length - from > PART_CHARS) {
    const end = cutIn(text, from);
    yield text.slice(from, end);
    from = end;
  }
  yield text.slice(from);
}

function cutIn(text: string, from: number): number {
  const end = from + PART_CHARS;
  const line = text.slice(from, end).lastIndexOf("\n") + 1;
  if (line > 0) return from + line;
  const look = text.slice(end - LOOK_BACK_CHARS, end);
  const space = look.lastIndexOf(" ") + 1;
  if (space > 0) return end - LOOK_BACK_CHARS + space;
  // Sequences are shorter than what is looked through (see safe-text.ts).
  const sequence = look.lastIndexOf("\x1b");
  if (sequence > 0 && !look.includes("m", sequence)) return end - LOOK_BACK_CHARS + sequence;
  let cut = end;
  for (let steps = 0; steps < LOOK_BACK_CHARS && isWithinLetter(text, cut); steps++) cut--;
  return cut;
}

/** Whether what stands at `index` belongs to the letter before it. */
function isWithinLetter(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit >= 0xdc00 && unit < 0xe000) return true;
  return letterClass(text.codePointAt(index) ?? 0) !== LETTER.plain || letterClass(text.charCodeAt(index - 1)) === LETTER.joiner;
}
