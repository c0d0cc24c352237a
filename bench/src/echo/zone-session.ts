import { ClientSession, WISP_V2_SUBPROTOCOL } from "@playground/wire";
import { WebSocket } from "ws";

/** A session with the bridge as a program's worker has it, over the WebSocket of `ws`. */
export function zoneSession(url: string): ClientSession {
  const socket = new WebSocket(url, WISP_V2_SUBPROTOCOL, { perMessageDeflate: false });
  socket.binaryType = "arraybuffer";
  const session = new ClientSession(
    {
      send: (message) => socket.send(message),
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
  socket.on("message", (data: ArrayBuffer) => session.receive(new Uint8Array(data)));
  socket.on("error", () => {});
  socket.on("close", (code, reason) => session.transportClosed(code, reason.toString()));
  return session;
}
