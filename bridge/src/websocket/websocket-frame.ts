/** First byte of a frame that is a whole binary message: FIN, no reserved bits, opcode 2 (RFC 6455, section 5.2). */
export const WHOLE_BINARY_MESSAGE = 0x82;

/** Values of the length byte that say that the length follows in two bytes, or in eight (RFC 6455, section 5.2). */
export const LENGTH_IN_2_BYTES = 126;
export const LENGTH_IN_8_BYTES = 127;

/** Bit of the first byte that says that the frame is the last of its message (RFC 6455, section 5.2). */
const FIN = 0x80;

/** First bytes of the control frames: FIN, no reserved bits, opcodes 8 to 10 (RFC 6455, section 5.5). */
const CLOSE_FRAME = 0x88;
const PING_FRAME = 0x89;
const PONG_FRAME = 0x8a;

/** Opcodes of the other frames (RFC 6455, section 5.2). */
const CONTINUATION = 0x00;
const TEXT = 0x01;
const BINARY = 0x02;

/** Bit of the second byte that says that the payload is masked, as it is in every frame of a client (RFC 6455, section 5.1). */
export const MASKED = 0x80;
export const MASK_BYTES = 4;

/** Longest header of a frame, bytes: two, a length in eight, a mask. */
export const MAX_HEADER_BYTES = 2 + 8 + MASK_BYTES;

/** What becomes of the bytes of a frame: the first of a message or text, or another of their fragments. */
export type FrameKind = "message" | "text" | "fragment" | "control" | "close";

/** What a frame is by its first two bytes; undefined for one that a client may not send. */
export function frameKindOf(first: number, second: number): FrameKind | undefined {
  if ((second & MASKED) === 0) return undefined;
  switch (first & ~FIN) {
    case BINARY:
      return "message";
    case TEXT:
      return "text";
    case CONTINUATION:
      return "fragment";
    default:
  }
  if ((second & ~MASKED) >= LENGTH_IN_2_BYTES) return undefined;
  if (first === PING_FRAME || first === PONG_FRAME) return "control";
  return first === CLOSE_FRAME ? "close" : undefined;
}

/** The header of a fragment of no message: whoever is given it closes the WebSocket with the code of a broken protocol. */
export const ORPHAN_FRAGMENT = Buffer.from([FIN | CONTINUATION, MASKED, 0, 0, 0, 0]);

/** The header of a message that is longer than may be: whoever is given it closes the WebSocket with the code of a message too big. */
export function tooLongFrame(maxMessageBytes: number): Buffer {
  const header = Buffer.alloc(MAX_HEADER_BYTES);
  header[0] = WHOLE_BINARY_MESSAGE;
  header[1] = MASKED | LENGTH_IN_8_BYTES;
  header.writeBigUInt64BE(BigInt(maxMessageBytes) + 1n, 2);
  return header;
}
