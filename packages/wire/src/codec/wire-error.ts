/** What can be wrong with a packet. The codes are stable; `docs/protocol.md` lists them. */
export const WIRE_ERROR_CODES = [
  /** The bytes end before the packet does. */
  "truncated",
  /** Bytes are left after the end of the packet. */
  "trailing-bytes",
  /** The message is longer than a message may be. */
  "message-too-long",
  /** No packet has this type number. */
  "unknown-type",
  /** The id is not one that this type of packet may carry. */
  "bad-id",
  /** The stream type is neither TCP nor UDP. */
  "bad-stream-type",
  /** The port is 0 where a real one is needed, or no port at all. */
  "bad-port",
  /** The address family is unknown, or the text is not an IP address. */
  "bad-address",
  /** The text is not UTF-8. */
  "bad-text",
  /** The text is empty where some is needed, or longer than its limit. */
  "bad-text-length",
  /** A byte count or a packet count is 0 or above its limit. */
  "bad-count",
  /** The list of extensions repeats an id or is too long. */
  "bad-extensions",
  /** The metadata of the zone extension is not valid. */
  "bad-metadata",
  /** A reason code, a protocol version or another small number is out of its range. */
  "bad-value",
] as const;

/** One of the codes above. */
export type WireErrorCode = (typeof WIRE_ERROR_CODES)[number];

/** Where in which packet the fault lies, as far as it could be read. */
export interface WireErrorPlace {
  /** Type number of the packet, when its first byte was there. */
  readonly packetType?: number;
  /** The id in the packet's header, when the header was complete. A CONNECT at fault can be answered under it. */
  readonly id?: number;
}

/** The only error that the codec throws. The message names the value at fault. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: WireErrorCode;
  readonly packetType: number | undefined;
  readonly id: number | undefined;

  constructor(code: WireErrorCode, message: string, place: WireErrorPlace = {}) {
    super(message);
    this.code = code;
    this.packetType = place.packetType;
    this.id = place.id;
  }
}
