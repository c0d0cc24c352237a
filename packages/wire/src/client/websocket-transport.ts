import type { Transport, TransportEvents } from "./transport.ts";

/** What a transport needs of a WebSocket of the HTML standard, which those of browsers, of Node and of the package `ws` have alike. */
export interface StandardWebSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  send(message: Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  addEventListener(type: "error", listener: () => void): void;
}

/**
 * The transport over a WebSocket that was just made, which may still be connecting. What happens on it is told to `events`, but for
 * `drained`: the standard does not say when there is room again.
 */
export function transportOver(webSocket: StandardWebSocket, events: Omit<TransportEvents, "drained">): Transport {
  webSocket.binaryType = "arraybuffer";
  webSocket.addEventListener("message", ({ data }) => {
    if (typeof data === "string") events.receiveText();
    else events.receive(new Uint8Array(data as ArrayBuffer));
  });
  // A failed connection gives an "error" without a reason, which `ws` throws where nobody listens, and then a "close".
  webSocket.addEventListener("error", () => {});
  webSocket.addEventListener("close", ({ code, reason }) => events.closed(code, reason));
  return {
    send: (message) => webSocket.send(message),
    bufferedAmount: () => webSocket.bufferedAmount,
    close: (code, reason) => webSocket.close(code, reason),
  };
}
