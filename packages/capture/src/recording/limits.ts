/** Every limit of a recorder, with its unit and its reason: what a program does costs it at most so much to be recorded, and its page too. */

/** Events a second: twenty connections that say something in every frame. What comes faster is counted, and is no story that anybody reads. */
export const EVENTS_PER_SECOND = 4_000;

/** Events that may come at once, and that wait to be taken: a second's worth. */
export const MAX_WAITING_EVENTS = 4_096;

/** Events of `MAX_WAITING_EVENTS` that are kept free for those that tell what becomes of connections: without them the others mean little. */
export const RESERVED_EVENTS = 512;

/** Events that are counted as lost without a look at the clock, after one that was: to read it takes longer than all else that a lost event costs. */
export const LOST_IN_A_ROW = 16;

/** Typed fields that cost as much as one event. */
export const FIELDS_PER_EVENT = 8;

/** Bytes a second up to which pieces are kept whole: far more than a conversation has, and half a minute of it fits a page's capture. */
export const WHOLE_BYTES_PER_SECOND = 524_288;

/** Bytes that may come at once and are kept whole; so much waits to be taken at most, but for `CUT_BYTES` of each further event. */
export const WHOLE_BYTES_BURST = 1_048_576;

/** Bytes of a piece that are kept where pieces are not kept whole: what a row of the ladder shows. */
export const CUT_BYTES = 64;

/** Printed lines a second, and at once, that are among the events: the console has them all. */
export const PRINTED_PER_SECOND = 200;
export const PRINTED_BURST = 400;

/** Characters of a printed line that are kept. */
export const PRINTED_CHARS = 200;

/** Characters of a host's name that are kept: DNS has no longer ones. */
export const HOST_CHARS = 255;

/** Milliseconds between two looks at the levels of connections: less than a frame of a display, and no more looks than that where a program has 1,000 frames a second. */
export const GAUGE_INTERVAL_MS = 10;

/** Connections that are asked for their levels in one frame. */
export const GAUGES_PER_FRAME = 100;

/** Milliseconds between two batches: as often as a display shows something new. */
export const BATCH_INTERVAL_MS = 15;

/** Batches on their way that whoever takes them has not had yet. */
export const MAX_BATCHES_IN_FLIGHT = 4;
