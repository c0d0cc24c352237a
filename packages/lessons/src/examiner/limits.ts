/** Every limit of a check, with its unit and reason. A check may come from a stranger, and the learner's program is anybody's. */

/** Milliseconds for a whole check, all steps together: longer than anybody waits for a result. */
export const CHECK_LIMIT_MS = 60_000;

/** Milliseconds for one step, where the check says nothing else. */
export const STEP_LIMIT_MS = 10_000;

/** Milliseconds for one step at most: a slow reader needs as long. */
export const MAX_STEP_MS = 30_000;

/** Milliseconds that an expectation waits, where the check says nothing else: a hundred frames, and not so long that a wrong program bores. */
export const EXPECT_MS = 2_000;

/** Milliseconds that an expectation waits at most. */
export const MAX_EXPECT_MS = 20_000;

/** Milliseconds for one entry into the check's code, as for every program: less, and a busy computer would make a good check fail. */
export const CHECK_ENTRY_MS = 5_000;

/** Bytes that a check's script may have. */
export const CHECK_MEMORY_BYTES = 64 * 1024 * 1024;

/** Lines that are kept of what a check prints, the newest: its author looks at them. */
export const CHECK_LOG_LINES = 100;

/** Characters that are kept of each of them. */
export const CHECK_LOG_LINE_CHARS = 500;

/** Connections and listeners of one step: a class of clients. */
export const MAX_PEERS = 100;

/** Programs of the learner that run in one step. */
export const MAX_STARTED = 8;

/** Bytes of one send of a check. */
export const MAX_SEND_BYTES = 4 * 1024 * 1024;

/** Pieces of one send: with the gap between them, more would not end within a step. */
export const MAX_SLICES = 2_000;

/** Milliseconds between two pieces: longer than a frame, so that the learner's program hears of each by itself. */
export const SLICE_GAP_MS = 30;

/** Milliseconds of a gap or a delay at most. */
export const MAX_GAP_MS = 5_000;

/** Bytes that a connection of the examiner holds unread before it takes no more. */
export const UNREAD_BYTES = 1024 * 1024;

/** Bytes that one call reads or expects at most: above every buffer between two programs. */
export const MAX_READ_BYTES = 32 * 1024 * 1024;

/** Lines that are kept of what a learner's program prints, the newest; one that prints without end must not fill the memory. */
export const PRINTED_LINES = 2_000;

/** Characters that are kept of each of them. */
export const PRINTED_LINE_CHARS = 4_096;

/** Milliseconds that are waited for the rest of what has arrived wrong. */
export const SETTLE_MS = 100;

/**
 * Milliseconds that a failure with an ended connection waits for the error of a program that may have ended it: both come by ways of their
 * own, and on a busy computer the error later.
 */
export const LATE_ERROR_MS = 500;

/** Seconds that `check.wait` waits at most. */
export const MAX_DELAY_SECONDS = 10;
