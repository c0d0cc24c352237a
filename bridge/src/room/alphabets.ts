/**
 * The alphabets that names may be in: the scripts that are recommended for identifiers (UAX #31, table 5), with what is written
 * together in one language as one alphabet (UTS #39, 5.2). Each pattern is for one letter or mark.
 */
const ALPHABETS: readonly RegExp[] = [
  /\p{Script_Extensions=Latin}/u,
  /\p{Script_Extensions=Cyrillic}/u,
  /\p{Script_Extensions=Greek}/u,
  /\p{Script_Extensions=Armenian}/u,
  /\p{Script_Extensions=Georgian}/u,
  /\p{Script_Extensions=Hebrew}/u,
  /\p{Script_Extensions=Arabic}/u,
  /\p{Script_Extensions=Thaana}/u,
  /\p{Script_Extensions=Ethiopic}/u,
  /\p{Script_Extensions=Devanagari}/u,
  /\p{Script_Extensions=Bengali}/u,
  /\p{Script_Extensions=Gurmukhi}/u,
  /\p{Script_Extensions=Gujarati}/u,
  /\p{Script_Extensions=Oriya}/u,
  /\p{Script_Extensions=Tamil}/u,
  /\p{Script_Extensions=Telugu}/u,
  /\p{Script_Extensions=Kannada}/u,
  /\p{Script_Extensions=Malayalam}/u,
  /\p{Script_Extensions=Sinhala}/u,
  /\p{Script_Extensions=Thai}/u,
  /\p{Script_Extensions=Lao}/u,
  /\p{Script_Extensions=Tibetan}/u,
  /\p{Script_Extensions=Myanmar}/u,
  /\p{Script_Extensions=Khmer}/u,
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}]/u,
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hangul}]/u,
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Bopomofo}]/u,
];

/** A mark that goes with the letters of any alphabet. */
const COMMON_MARK = /\p{Script=Inherited}/u;

/** Whether all of these letters and marks belong to one alphabet. */
export function isOneAlphabet(letters: string): boolean {
  const own = [...letters].filter((letter) => !COMMON_MARK.test(letter));
  return ALPHABETS.some((alphabet) => own.every((letter) => alphabet.test(letter)));
}
