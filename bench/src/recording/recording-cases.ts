import type { Transfer } from "../echo/carrying-script.ts";

/** What is carried, by its name on the command line of a measurement. */
export const TRANSFERS: Readonly<Record<string, Transfer>> = {
  "large-blocks": { connections: 10, blockBytes: 65_536, underWay: 1_048_576, warmUpBytes: 48 * 1_048_576, measuredBytes: 144 * 1_048_576 },
  "small-blocks": { connections: 10, blockBytes: 4_096, underWay: 262_144, warmUpBytes: 32 * 1_048_576, measuredBytes: 96 * 1_048_576 },
};

/** How often a few bytes go there and back. */
export const ROUND_TRIPS = { trips: 40_000, warmUp: 30_000 } as const;

/** What a script in a browser carries, a tenth of what it can over this computer's own sockets. */
export const PAGE_TRANSFERS: Readonly<Record<string, Transfer>> = {
  "large-blocks": { connections: 1, blockBytes: 65_536, underWay: 4_194_304, warmUpBytes: 40 * 1_048_576, measuredBytes: 80 * 1_048_576 },
  "small-blocks": { connections: 10, blockBytes: 4_096, underWay: 262_144, warmUpBytes: 4 * 1_048_576, measuredBytes: 8 * 1_048_576 },
};

/** In a browser a round trip takes a frame. */
export const PAGE_ROUND_TRIPS = { trips: 180, warmUp: 30 } as const;
