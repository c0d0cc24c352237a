import { createHmac, randomBytes } from "node:crypto";

/** Letters of a label: 48 bits, so that two rooms of a process hardly share one. */
const LABEL_LENGTH = 12;

const key = randomBytes(32);

/**
 * What a room is called in logs. Its name is the key to it, and may be short enough to be guessed from a plain hash;
 * so this one is keyed with a secret of the process, and lines of one room belong together until the bridge is started again.
 */
export function roomLabel(name: string): string {
  return createHmac("sha256", key).update(name).digest("hex").slice(0, LABEL_LENGTH);
}
