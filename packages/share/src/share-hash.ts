/** What a link's hash begins with when it holds a project. */
const HASH_PREFIX = "#share=";

/** The same anywhere in a hash, to which some programs add parameters of their own, and whatever stands behind it. */
const SHARE_PARAMETER = /^#(?:.*?[&;])??share=(.*)$/s;

/** What `encodeShare` writes, in front of anything else. */
const SHARE_TEXT = /^v\d{1,4}\.[A-Za-z0-9_-]*/;

/** What mail programs and editors put into long lines: breaks and marks of no width. */
const BREAKS = /[\r\n\t\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** The hash, with its #, of a link that holds the text of `encodeShare`. */
export function shareHash(text: string): string {
  return HASH_PREFIX + text;
}

/**
 * The text of a project in a link's hash; undefined when the hash is about something else. Takes what chats and mail programs make
 * of a link: escaped letters, lines that were broken, and behind it a bracket, the sentence's punctuation or parameters.
 */
export function shareTextOf(hash: string): string | undefined {
  const value = SHARE_PARAMETER.exec(unescaped(hash))?.[1];
  if (value === undefined) return undefined;
  const whole = value.replace(BREAKS, "");
  return SHARE_TEXT.exec(whole)?.[0] ?? whole;
}

/** Escaped letters again, one by one: a single wrong escape must not leave the others as they are. */
function unescaped(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
