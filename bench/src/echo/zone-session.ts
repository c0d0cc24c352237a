import { ClientSession, WISP_V2_SUBPROTOCOL } from "@playground/wire";
import { WebSocket } from "ws";

/** A session with the bridge as a program's worker has it, over the WebSocket of `ws`. */
export function zoneSession(url: string): ClientSession {
  const socket = new WebSocket(url, WISP_V2_SUBPROTOCOL, { perMessageDeflate: false });
  // As Node has them: an ArrayBuffer would take one more copy.
  socket.binaryType = "nodebuffer";
  const drained = (): void => session.transportDrained();
  const session = new ClientSession(
    {
      send: (message) => socket.send(message, drained),
      bufferedAmount: () => socket.bufferedAmount,
      close: (code, reason) => socket.close(code, reason),
    },
    {
      machineToken: crypto.getRandomValues(new Uint8Array(16)),
      events: {
        onReady: () => {},
        onEnded: (failure) => {
          throw new Error(failure.message);
        },
      },
    },
  );
  socket.on("message", (data: Buffer) => session.receive(data));
  socket.on("error", () => {});
  socket.on("close", (code, reason) => session.transportClosed(code, reason.toString()));
  return session;
}
