/** Every limit of a capture, with its unit and its reason. What is captured comes from strangers: scripts, peers, links and files. */

/** Bytes of memory that a page keeps events in: a few seconds of a fast transfer, minutes of a lesson; a phone has them to spare. */
export const MAX_CAPTURE_BYTES = 16 * 1024 * 1024;

/** Events that a page keeps: three for each item of the ladder. */
export const MAX_CAPTURE_EVENTS = 60_000;

/** Bytes of a block of encoded events: some hundred events, so that what a block costs beside them is little, and what waits in one for its last event too. */
export const EVENT_BLOCK_BYTES = 16 * 1024;

/** Bytes that a block takes beside what is written in it: its objects, and what an allocator adds. */
export const EVENT_BLOCK_COST_BYTES = 1_024;

/** Bytes of an event's place in a block's list of who shows it. */
export const HOLDER_COST_BYTES = 8;

/** Bytes that is known of a connection beside its events: its entry, and how many there are. */
export const CONNECTION_COST_BYTES = 128;

/** Bytes that an event takes as an object, measured in V8 without compressed pointers, where nothing else does: beside its bytes, call site, fields, endpoints and texts. */
export const EVENT_COST_BYTES = 240;

/** Bytes of a view of a piece's memory, beside the piece. */
export const VIEW_COST_BYTES = 112;

/** Bytes of a call site with its place. */
export const SITE_COST_BYTES = 96;

/** Bytes of an endpoint with its address. */
export const ENDPOINT_COST_BYTES = 96;

/** Bytes of a typed field. */
export const FIELD_COST_BYTES = 200;

/** Bytes of one piece that are kept to begin with: one huge `send` must not push out all that went before it. */
export const MAX_PIECE_BYTES = 1024 * 1024;

/** Bytes of a piece that stay where room has run out: what a row of the ladder shows as text. */
export const KEPT_PIECE_BYTES = 64;

/** Typed fields of one piece: a packet of a lesson has ten. */
export const MAX_PIECE_FIELDS = 256;

/** Typed fields of a capture that is read: a program that writes by typed calls alone has four for each of its events. */
export const MAX_CAPTURE_FIELDS = 256 * 1024;

/** Runs that a capture keeps: a lesson's programs, each run again fifty times. */
export const MAX_CAPTURE_RUNS = 256;

/** Items of the ladder: more than anybody scrolls through, and what a page lays out without a pause. */
export const MAX_LADDER_ITEMS = 20_000;

/** Ends of connections that the ladder knows: the bridge gives a page fewer at a time. */
export const MAX_LADDER_CONNECTIONS = 1_000;

/** Listeners that the ladder knows, for saying who listens where: the bridge gives a page fewer at a time. */
export const MAX_LADDER_LISTENERS = 1_000;

/** Gauges of one end: a point for each pixel or two of the strip. Older ones are thinned. */
export const MAX_GAUGES = 256;

/** Lifelines of addresses that are no program of the page; what further addresses do is on one line together. */
export const MAX_ADDRESS_LIFELINES = 128;

/** Ends with the same two endpoints that wait for their other end: ports are reused, but not so quickly. */
export const MAX_UNMATCHED_ENDS = 8;

/** Milliseconds between the end of one side's connection and the beginning of the other's, as scripts see them, up to which they may be one connection: a busy server accepts late. */
export const MATCH_SLACK_MS = 10_000;

/** Milliseconds that bytes wait for the script before a note says so: as long as the console waits before it hints at the same. */
export const WAIT_NOTE_MS = 3_000;

/** Pauses of which what other runs tell may come late: a reader makes one after the other. */
export const MAX_LADDER_PAUSES = 16;

/** Milliseconds by which one program hears of a pause before another: a frame of a busy one. */
export const PAUSE_SLACK_MS = 500;

/** Refused connections whose note is made again when a listener comes to be known late, by another worker's batch: a frame has fewer. */
export const MAX_LATE_REFUSALS = 64;

/** Listeners that a note names: the reader looks for one. */
export const MAX_NAMED_LISTENERS = 8;

/** Bytes of an encoded capture: twice what the largest one has here, so that one of a page with other limits can be read. */
export const MAX_ENCODED_BYTES = 2 * MAX_CAPTURE_BYTES;

/** Bytes of one text in an encoded capture: a printed line of 64 Ki characters. */
export const MAX_TEXT_BYTES = 256 * 1024;

/** Bytes of a file that is opened: all that a full capture is written as, and what Wireshark saves of a lesson. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
