/** How an address says that the reference is to be shown, and what of it: `#reference=zone.socket.update`. */
const REFERENCE_HASH = "#reference=";

/** The topic that an address leads to, as it is written there; undefined when it leads to none. Empty for the beginning. */
export function topicOfHash(hash: string): string | undefined {
  if (!hash.startsWith(REFERENCE_HASH)) return undefined;
  const topic = hash.slice(REFERENCE_HASH.length);
  try {
    return decodeURIComponent(topic);
  } catch {
    return topic;
  }
}

/** An address that leads to a topic, in whatever room the reader is. */
export function referenceLink(topic: string, { origin }: Pick<Location, "origin">): string {
  return `${origin}/${REFERENCE_HASH}${encodeURIComponent(topic)}`;
}
