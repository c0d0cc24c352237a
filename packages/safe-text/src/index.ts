export { LETTER, type LetterClass, letterClass } from "./letter-class.ts";
export { COLOUR, MAX_JOINED, plainText, safeText } from "./safe-text.ts";
