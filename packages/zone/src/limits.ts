/** Every limit of a running program, with its unit and its reason. */

/** Bytes of one ByteStream: half of the default memory cap, so that one growth (old and new room at once) still fits. */
export const BYTE_STREAM_LIMIT = 128 * 1024 * 1024;

/** Bytes that a script may have: Luau's heap, byte streams, sockets, and bytes that wait for its callbacks. Enough for a classroom program, and twenty of them fit a laptop. */
export const MEMORY_LIMIT = 256 * 1024 * 1024;

/** Milliseconds for one entry into the VM (main chunk, a frame, a callback): far above a slow frame, short enough to wait for. */
export const ENTRY_BUDGET_MS = 5_000;

/** Milliseconds for `zone.cleanup`: the page kills a worker that does not answer Stop within 1.5 s. */
export const CLEANUP_BUDGET_MS = 1_000;

/** Milliseconds that events wait before the console hints at a missing `zone.socket.update()`. */
export const UPDATE_HINT_MS = 3_000;

/** Milliseconds that bytes wait for an onReceive, or an end for an onDisconnect, before the console hints at it: callbacks are often set a little later. */
export const CONNECTION_HINT_MS = 3_000;

/** Milliseconds that onDisconnect waits for an onReceive that would take the unread bytes; scripts of the original API have none. */
export const UNREAD_END_GRACE_MS = 1_000;

/** Pieces of data of one connection that keep their place among the events of others; further ones join the last. */
export const ARRIVALS_IN_ORDER = 16;

/** Milliseconds up to which a frame leaves time for twice as many bytes: half a frame of 60 a second. */
export const IDLE_FRAME_MS = 8;

/** Milliseconds from which on a frame is long enough for people to see: two frames of 60 a second. Fewer bytes then reach the script in each. */
export const BUSY_FRAME_MS = 33;

/** Part of its memory that a script may use before fewer bytes are let come for it to read. */
export const ROOMY_MEMORY_SHARE = 0.5;

/** Typed writes of one ByteStream, and typed reads, that are noted for whoever watches the program: more than a message of any lesson has. */
export const FIELD_LIMIT = 256;

/** Characters of a noted text: what fits beside its bytes. */
export const FIELD_TEXT_LIMIT = 64;

/** ByteStreams of which reads wait to be reported: a callback has one, and a frame few. */
export const READ_REPORT_LIMIT = 64;

/** Characters of one printed line: a longer one would stall the terminal that shows it. */
export const PRINT_LINE_LIMIT = 64 * 1024;

/** Characters of a path for `require`: a few folders and a name of 64; each is compared with the names that there are. */
export const MODULE_PATH_LIMIT = 512;

/** Bytes of a source for `loadstring`: 8,000 lines, compiled in a fraction of a second. Nothing can interrupt the compiler. */
export const LOADSTRING_LIMIT = 256 * 1024;

/** Lines of input that wait for the script: far more than anyone types in a frame, and a paste of a page of text fits. */
export const INPUT_QUEUE_LIMIT = 1_000;

/** Characters (UTF-16 units) of one line of input: longer than any sentence, and the whole queue stays under 10 MB. */
export const INPUT_LINE_LIMIT = 4_096;

/** Seconds that `zone.system.delay` takes at most: a day; timers of browsers end at 24 of them. */
export const DELAY_SECONDS_LIMIT = 24 * 60 * 60;

/** Delays of one program at a time: more than a script can make sense of, and each holds a coroutine and a timer. */
export const DELAY_LIMIT = 10_000;

/** Frames a second that `zone.system.setTargetFPS` takes, both included: as fast as the fastest common displays. */
export const TARGET_RATE_RANGE = [1, 240] as const;

/** Connections of one program, waiting ones included: ten times a class, and each may hold a receive window of bytes. */
export const CONNECTION_LIMIT = 1_000;
