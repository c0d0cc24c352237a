/** The WebSocket as a session needs it. */
export interface Transport {
  /** Sends one binary message. Its bytes stay as they are until the other side has acknowledged it, so that they need not be copied. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Bytes given to `send` that have not left yet: `WebSocket.bufferedAmount`. */
  bufferedAmount(): number;
  /** Closes the WebSocket after what was sent. */
  close(code?: number, reason?: string): void;
}

/** What a WebSocket tells the session that it was opened for. What comes from one that has been replaced is ignored. */
export interface TransportEvents {
  /** One binary message; the bytes belong to the session from now on. */
  receive(message: Uint8Array): void;
  /** A text message, which the protocol has not. */
  receiveText(): void;
  /** The WebSocket has closed, or could not be opened. */
  closed(code: number, reason: string): void;
  /** There may be room again. Calling it is never needed. */
  drained(): void;
}

/** Closes a transport that is of no use any more; that it cannot be closed changes nothing then. */
export function closeQuietly(transport: Transport | undefined, code: number, reason: string): void {
  try {
    transport?.close(code, reason);
  } catch {
    // It is closed already, or was never open.
  }
}

/** Runs a function later, once; for the session's needs of a clock. Returns what cancels it. */
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
  /** The client gives up on this WebSocket, but not on the session: it comes back over another one. */
  RECONNECTING: 4003,
  /** The client's page goes away, and every other session of its machine with it: none of them comes back once it is cut. */
  LEAVING: 4004,
} as const;

/** One of the codes above. */
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];
