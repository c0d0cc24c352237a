import { LETTER, type LetterClass, letterClass } from "./letter-class.ts";

/** Code points of one kind that may follow each other within one letter: more than any language's spelling takes, few enough to be drawn at once. */
export const MAX_JOINED = 8;

/** Characters of one choice of colours; a longer one is shown as text. xterm.js reads 32 parameters, and the longest colour takes 16 characters. */
const MAX_COLOUR_CHARS = 128;
/** Escape sequences that only choose colours and weight (SGR, ECMA-48 8.3.117): those of a program's output that are let through. */
export const COLOUR = `\\x1b\\[[\\d;:]{0,${MAX_COLOUR_CHARS}}m`;

/** A text that has none of these is as it is to be shown: most are. What is above U+02FF is looked at letter by letter, save Cyrillic and Greek. */
// eslint-disable-next-line no-control-regex
const ANYTHING = /[^\x09\x0a\x20-\x7e\xa0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]/;

/**
 * A text that can only be read: control characters are shown as pictures, save tab, line break and colours; marks that
 * turn the reading order are shown as U+FFFD; and a letter has no end of marks, so that no text can move the cursor over
 * what others wrote, talk to the terminal, pass for another, or keep the browser drawing.
 */
export function safeText(text: string): string {
  return ANYTHING.test(text) ? read(text, true) : text;
}

/** The same for the accessibility tree, the clipboard and files: no colours, and what would be shown as a picture is left out. */
export function plainText(text: string): string {
  return ANYTHING.test(text) ? read(text, false) : text;
}

/** Goes through a text once. */
function read(text: string, isShown: boolean): string {
  const result: string[] = [];
  /** From here on, nothing is in `result` yet. */
  let from = 0;
  /** What the letters before were, and how many of that kind there have been in a row. */
  let before: LetterClass = LETTER.plain;
  let run = 0;
  let joiners = 0;
  let index = 0;
  while (index < text.length) {
    const point = text.codePointAt(index) ?? 0;
    const length = point > 0xffff ? 2 : 1;
    const kind = letterClass(point);
    run = kind === before ? run + 1 : 1;
    // Joined pictures are one letter: its joiners count until a letter comes that is not joined.
    if (kind === LETTER.joiner) joiners++;
    else if (kind === LETTER.plain && before !== LETTER.joiner) joiners = 0;
    before = kind;
    let shown: string | undefined;
    let taken = length;
    if (kind === LETTER.control) {
      const colour = point === 0x1b ? colourLength(text, index) : 0;
      if (point === 0x0d && text.charCodeAt(index + 1) === 0x0a) shown = "";
      else if (colour > 0) {
        taken = colour;
        if (!isShown) shown = "";
      } else shown = isShown ? picture(point) : "";
    } else if (kind === LETTER.turning) shown = isShown ? "\ufffd" : "";
    else if (kind !== LETTER.plain && (run > MAX_JOINED || (kind === LETTER.joiner && joiners > MAX_JOINED))) shown = "";
    if (shown !== undefined) {
      if (index > from) result.push(text.slice(from, index));
      if (shown !== "") result.push(shown);
      from = index + taken;
    }
    index += taken;
  }
  result.push(text.slice(from));
  return result.join("");
}

/** Characters of the choice of colours that begins at `index`; 0 where there is none. */
function colourLength(text: string, index: number): number {
  if (text.charCodeAt(index + 1) !== 0x5b) return 0;
  for (let at = index + 2; at <= index + 2 + MAX_COLOUR_CHARS; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x6d) return at + 1 - index;
    // Digits, a colon, a semicolon.
    if (!(unit >= 0x30 && unit <= 0x3b)) return 0;
  }
  return 0;
}

function picture(code: number): string {
  // Unicode has a picture of every control character up to 0x1F, and of DEL.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
