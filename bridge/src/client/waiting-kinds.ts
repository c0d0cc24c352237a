import { SERVED_MS } from "../limits.ts";
import type { PlaceLimits } from "./waiting-places.ts";

/** WebSockets from the upgrade to their INFO. Who comes back to a session is known by that only, so that a newcomer is let in and the silent go. */
export const HANDSHAKES: PlaceLimits = {
  share: "handshakes",
  limit: "handshakes",
  sentence: (limit) => `${limit} clients are connecting at this moment, which is the most the bridge takes. Try again.`,
  servedMs: SERVED_MS,
};

/** HTTP connections that are not WebSockets. */
export const CONNECTIONS: PlaceLimits = {
  share: "connections",
  limit: "connections",
  sentence: (limit) => `The bridge has ${limit} HTTP connections, which is the most it takes. Try again in a moment.`,
  servedMs: SERVED_MS,
};

/** Projects for short links that are being read and stored. */
export const POSTS: PlaceLimits = {
  share: "posts",
  limit: "posts",
  sentence: (limit) =>
    `${limit} short links are being sent at this moment, which is the most the bridge takes. Try again in a moment; the long link works at once.`,
  servedMs: SERVED_MS,
};
