import { ClientSession } from "@playground/wire/client";
import { WISP_V2_SUBPROTOCOL } from "@playground/wire/codec";
import { WebSocket } from "ws";

/** A session with the bridge as a program's worker has it, over the WebSocket of `ws`; one that can be resumed, as all of the page's. */
export function zoneSession(url: string): ClientSession {
  return new ClientSession({
    open: (events) => {
      const socket = new WebSocket(url, WISP_V2_SUBPROTOCOL, { perMessageDeflate: false });
      // As Node has them: an ArrayBuffer would take one more copy.
      socket.binaryType = "nodebuffer";
      socket.on("message", (data: Buffer) => events.receive(data));
      socket.on("error", () => {});
      socket.on("close", (code, reason) => events.closed(code, reason.toString()));
      const drained = (): void => events.drained();
      return {
        send: (message) => socket.send(message, drained),
        bufferedAmount: () => socket.bufferedAmount,
        close: (code, reason) => socket.close(code, reason),
      };
    },
    machineToken: crypto.getRandomValues(new Uint8Array(16)),
    events: {
      onReady: () => {},
      onEnded: (failure) => {
        throw new Error(failure.message);
      },
    },
  });
}
