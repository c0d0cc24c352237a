/** What a link's hash begins with when it holds a project. */
const HASH_PREFIX = "#share=";

/** The hash, with its #, of a link that holds the text of `encodeShare`. */
export function shareHash(text: string): string {
  return HASH_PREFIX + text;
}

/** The text of a project in a link's hash; undefined when the hash is about something else. */
export function shareTextOf(hash: string): string | undefined {
  return hash.startsWith(HASH_PREFIX) ? hash.slice(HASH_PREFIX.length) : undefined;
}
