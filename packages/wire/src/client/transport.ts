/** The WebSocket as a session needs it. */
export interface Transport {
  /** Sends one binary message. Its bytes stay as they are until the other side has acknowledged it, so that they need not be copied. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Bytes given to `send` that have not left yet: `WebSocket.bufferedAmount`. */
  bufferedAmount(): number;
  /** Closes the WebSocket after what was sent. */
  close(code?: number, reason?: string): void;
}

/** Opens a WebSocket to the bridge, and gives what happens on it to `events`. It may still be connecting: nothing is sent before the bridge has spoken. */
export type OpenTransport = (events: TransportEvents) => Transport;

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
