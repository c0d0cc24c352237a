/**
 * Every limit of the protocol and of the client session, with unit and reason. The ones that are part
 * of the protocol are listed in `docs/protocol.md` too; a test compares the two.
 */

/** Largest WebSocket message either side takes, bytes: above it nothing is gained, and memory per message stays small. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** Most bytes in one DATA packet of a zone stream: small enough that streams interleave, big enough that headers cost nothing. */
export const MAX_DATA_BYTES = 65_536;

/** Byte credit each stream starts with, per direction: measured as enough to keep loopback busy while bounding memory and delay. */
export const DEFAULT_WINDOW_BYTES = 262_144;

/** Smallest window a side may announce, bytes: below one Ethernet frame's worth the credit packets outweigh the data. */
export const MIN_WINDOW_BYTES = 1_024;

/** Largest window, and the most unspent credit a stream may ever have, bytes: bounds what a faulty sum can grow to. */
export const MAX_WINDOW_BYTES = 16_777_216;

// A client's windows grow as far as those of a program without a bridge.
export { MAX_GROWN_WINDOW_BYTES, WINDOW_GROWTH_BYTES } from "@playground/network";

/** Longest host name or address in text, bytes of UTF-8: a DNS name has at most 253, rounded up to what one length byte holds. */
export const MAX_HOST_BYTES = 255;

/** Longest reason message, bytes of UTF-8: a sentence or two; longer ones are cut by the encoder. */
export const MAX_REASON_BYTES = 1_024;

/** Longest room name in the metadata, bytes of UTF-8: its length field is one byte. */
export const MAX_ROOM_BYTES = 255;

/** Most extensions in one INFO: ids are one byte and may not repeat, and no implementation offers more than a handful. */
export const MAX_EXTENSIONS = 64;

/** Length of a machine token, bytes: 128 random bits cannot be guessed. */
export const MACHINE_TOKEN_BYTES = 16;

/** Length of a session id, bytes: 128 random bits cannot be guessed. */
export const SESSION_ID_BYTES = 16;

/** Longest grace time a bridge may announce, ms: a day; beyond it a session that is away is one that is gone. */
export const MAX_GRACE_MS = 86_400_000;

/** Longest machine name, bytes: 32 Cyrillic or Greek letters, which fit beside an address on a phone. */
export const MAX_MACHINE_NAME_BYTES = 64;

/** Longest password of a room, bytes of UTF-8: 64 UTF-16 units of any alphabet; longer ones only cost time to hash. */
export const MAX_PASSWORD_BYTES = 192;

/** Most machines in one packet about a room: the packet stays below 100 KiB. */
export const MAX_PRESENCE_MACHINES = 128;

/** Most machines that one packet says have left: their number is one byte. */
export const MAX_PRESENCE_GONE = 255;

/** Most listeners that are told of one machine: more than fit a screen help nobody. */
export const MAX_PRESENCE_LISTENERS = 32;

/** Payload bytes received after which an ACK is due: half a default window, so that the other side keeps little, for one small packet in many. */
export const ACK_AFTER_BYTES = 131_072;

/** Packets received after which an ACK is due: bounds how many small ones the other side keeps. */
export const ACK_AFTER_PACKETS = 64;

/** Time after which the last packets are acknowledged at the latest, ms: a quiet session keeps nothing. */
export const ACK_DELAY_MS = 1_000;

/** Bytes sent and not acknowledged above which streams wait: bounds what a session keeps; fills a path of 100 ms at 40 MB/s. */
export const REPLAY_HIGH_WATER_BYTES = 4_194_304;

/** Packets sent and not acknowledged above which streams wait, too: one of few bytes takes some hundred in memory; 256 times as many as are due for an ACK. */
export const REPLAY_HIGH_WATER_PACKETS = 16_384;

/** First stream id that the bridge gives out (ACCEPT); the ids below it, without 0, are the client's (CONNECT). */
export const FIRST_BRIDGE_STREAM_ID = 0x8000_0000;

/** Last id of any kind: the field has 32 bits. */
export const LAST_ID = 0xffff_ffff;

/** Packets a plain Wisp stream may have under way to the bridge: the figure of the reference server, which clients are tuned to. */
export const PLAIN_WINDOW_PACKETS = 128;
