/** The WebSocket as a session needs it. */
export interface Transport {
  /** Sends one binary message. The session does not touch the bytes again, so they need not be copied. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Bytes given to `send` that have not left yet: `WebSocket.bufferedAmount`. */
  bufferedAmount(): number;
  /** Closes the WebSocket after what was sent. */
  close(code?: number, reason?: string): void;
}

/** Runs a function later, once; for the session's two needs of a clock. Returns what cancels it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

/** The clock of the environment. */
export const scheduleByTimer: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
};

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
} as const;

/** One of the codes above. */
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
