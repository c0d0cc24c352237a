/** What a script can have waiting to be sent, whichever network it is on. */

/** Most bytes waiting on one stream: a program that sends faster than its peer reads must notice by `send`'s number, not by its host's memory. */
export const STREAM_BUFFER_BYTES = 16_777_216;

/** Most bytes waiting in one program, over all streams: bounds what a program can make its page, or its process, hold. */
export const SESSION_BUFFER_BYTES = 67_108_864;

/** Bytes that a stream may have waiting even when the program's buffer is full: peers that read nothing must not silence the other streams. */
export const STREAM_RESERVE_BYTES = 65_536;
