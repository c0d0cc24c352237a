/** Longest name of a room, characters: 64 of the 38 allowed ones hold 335 bits. */
export const MAX_ROOM_NAME_LENGTH = 64;

/**
 * Letters and digits that are not taken for one another when somebody reads them aloud, writes them on a board or types them on a
 * phone: what names of new rooms and short links are made of.
 */
export const READABLE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** What names are made of: one case, since a name is read aloud, dictated, and typed on phones that begin with a capital. */
const ROOM_NAME = /^[a-z0-9_-]+$/;

/** The same in either case, as links of projects have had it. */
const ROOM_NAME_IN_ANY_CASE = /^[a-z0-9_-]+$/i;

/** Longest text that is looked at, characters: the longest name, with letters that become four each way round. */
const MAX_TEXT_LENGTH = 4 * MAX_ROOM_NAME_LENGTH;

/** Cyrillic letters of Russian, Ukrainian, Belarusian, Bulgarian and Serbian, as passports and road signs spell them, near enough. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  ґ: "g",
  д: "d",
  ђ: "dj",
  е: "e",
  ё: "e",
  є: "ie",
  ж: "zh",
  з: "z",
  ѕ: "dz",
  и: "i",
  і: "i",
  ї: "i",
  й: "i",
  ј: "j",
  к: "k",
  л: "l",
  љ: "lj",
  м: "m",
  н: "n",
  њ: "nj",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  ћ: "c",
  ќ: "k",
  у: "u",
  ў: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  џ: "dz",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "iu",
  я: "ia",
};

/** Letters that have no decomposition into a Latin letter and a mark. */
const LATIN: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };

const MARK = /\p{M}/u;
const SPACE = /[\s.]/u;

/** Whether a text is the name of a room, as it stands in addresses: `docs/protocol.md`, section 1. */
export function isRoomName(text: string): boolean {
  return text.length <= MAX_ROOM_NAME_LENGTH && ROOM_NAME.test(text);
}

/** As `isRoomName`, but for capitals, which lead to the same room. */
export function isRoomNameInAnyCase(text: string): boolean {
  return text.length <= MAX_ROOM_NAME_LENGTH && ROOM_NAME_IN_ANY_CASE.test(text);
}

/**
 * The name of the room that a person means: in lower case, with Cyrillic letters and Latin ones with marks written in a to z, and
 * hyphens for spaces and dots. Everybody who writes the same gets the same room. Undefined when that gives no name.
 */
export function roomNameOf(text: string): string | undefined {
  if (text.length > MAX_TEXT_LENGTH) return undefined;
  let name = "";
  for (const letter of text.normalize("NFC").trim().toLowerCase()) name += CYRILLIC[letter] ?? latin(letter);
  return isRoomName(name) ? name : undefined;
}

function latin(letter: string): string {
  if (SPACE.test(letter)) return "-";
  return [...letter.normalize("NFD")].map((part) => (MARK.test(part) ? "" : (LATIN[part] ?? part))).join("");
}
