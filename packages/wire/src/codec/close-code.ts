/** Codes for closing the WebSocket. Browsers let a page use only 1000 and 3000 to 4999. */
export const CloseCode = {
  /** The client is done. */
  NORMAL: 1000,
  /** The bridge is being stopped. */
  GOING_AWAY: 1001,
  /** The handshake was refused, or the sides do not fit together. */
  REFUSED: 4001,
  /** The other side broke the protocol. */
  VIOLATION: 4002,
  /** The client gives up on this WebSocket, but not on the session: it comes back over another one. */
  RECONNECTING: 4003,
  /** The client's page goes away, and every other session of its machine with it: none of them comes back once it is cut. */
  LEAVING: 4004,
} as const;

/** One of the codes above. */
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
