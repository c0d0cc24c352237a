/** Every limit of conditions, with its unit and reason. */

/** Milliseconds of delay, of jitter, and of gluing: longer than to any place on Earth and back, and short enough to wait for. */
export const MAX_DELAY_MS = 10_000;

/** Bytes a second, least and most: one byte is the slowest that still moves; the most is a gigabit, above which no limit is felt. */
export const BYTES_PER_SECOND_RANGE = [1, 125_000_000] as const;

/** Bytes of a slice, least and most: a slice as large as what one `send` may leave waiting would cut nothing. */
export const SLICE_BYTES_RANGE = [1, 1_048_576] as const;

/** Largest seed: what fits into 32 bits. */
export const MAX_SEED = 4_294_967_295;

/**
 * Milliseconds from one slice to the next: more than a frame, so that a script's `update()` finds them one by one, and a peer's `read`
 * too. It bounds the deliveries of a direction to 40 a second however small the slices are.
 */
export const SLICE_GAP_MS = 25;

/** Milliseconds of a limited rate that go through together: 40 deliveries a second look like a flow, and cost little. */
export const RATE_STEP_MS = 25;

/** Milliseconds between two looks at what is due: all streams share one timer. A delay is at most so much longer than asked for. */
export const TICK_MS = 4;

/** Deliveries in one go; other work of the thread comes between two of them, however much was held. */
export const MAX_DELIVERIES_AT_ONCE = 1_000;

/** Pieces that a direction of a stream holds apart. What comes beyond that is added to the last one, so that memory is bounded by bytes alone. */
export const MAX_HELD_PIECES = 4_096;

/** Clients of a listener that wait to be announced: as many as a kernel lets wait by default. More are reset, which a full backlog does too. */
export const MAX_HELD_CLIENTS = 512;

/** Milliseconds after which a connection that was asked for while the cable is cut fails: as long as the bridge waits for an answer. */
export const CUT_CONNECT_MS = 10_000;

/** Milliseconds between two looks at connections that wait behind a cut cable. */
export const CUT_CHECK_MS = 500;

/** Streams of which it is said what they hold: more than anybody reads. */
export const MAX_HELD_STREAMS_TOLD = 50;

/** Endpoints of a program that have a row of chances each; those beyond that share one. A script may ask for any number of them. */
export const MAX_NAMES = 10_000;
