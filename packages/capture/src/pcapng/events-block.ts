/**
 * Our events lie in blocks of their own beside the packets. The type is one of those that pcapng keeps for local use, since programs skip
 * what they do not know: Wireshark shows a custom block, which was the other choice, as a packet among the packets, and a custom block
 * needs an enterprise number of IANA, which we have not. Since anybody may use the type, a magic text says whose the block is.
 */
export const EVENTS_BLOCK = 0x8000_5a50;

/** "ZonePlay": what our blocks begin with. Behind it: the part's number from 0, the number of parts, the part's bytes, and they themselves. */
export const EVENTS_MAGIC = Uint8Array.from("ZonePlay", (character) => character.charCodeAt(0));

/** Bytes of events in one block: Wireshark refuses files with blocks above 16 MiB. */
export const EVENTS_PART_BYTES = 1024 * 1024;
