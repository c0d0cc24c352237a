/** First byte of a frame that is a whole binary message: FIN, no reserved bits, opcode 2 (RFC 6455, section 5.2). */
export const WHOLE_BINARY_MESSAGE = 0x82;

/** Values of the length byte that say that the length follows in two bytes, or in eight (RFC 6455, section 5.2). */
export const LENGTH_IN_2_BYTES = 126;
export const LENGTH_IN_8_BYTES = 127;
