/** How far the windows of a program's connections grow, whichever network it is on. */

/** Largest window that a connection grows to, bytes: what 60 frames a second read at 250 MB/s, and as much as the other side of a session keeps unacknowledged. */
export const MAX_GROWN_WINDOW_BYTES = 4_194_304;

/** Bytes that all windows of a program may have grown by together: what four scripts' busiest connections want, and little beside a script's memory. */
export const WINDOW_GROWTH_BYTES = 16_777_216;
