import { connect } from "node:net";
import { WebSocket } from "ws";
import type { OpenStream } from "./echo-stream.ts";

/** Each stream a WebSocket of its own: to a bare echo server, or to websockify, which has no other way. */
export function webSocketStreams(url: string): OpenStream {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.binaryType = "nodebuffer";
      socket.once("error", reject);
      socket.once("open", () =>
        resolve({
          send: (bytes) => socket.send(bytes),
          onData: (receive) => {
            socket.removeAllListeners("message");
            socket.on("message", (data: Buffer) => receive(data));
          },
        }),
      );
    });
}

/** Each stream a TCP connection straight to the echo server. */
export function tcpStreams(host: string, port: number): OpenStream {
  return () =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () =>
        resolve({
          send: (bytes) => void socket.write(bytes),
          onData: (receive) => {
            socket.removeAllListeners("data");
            socket.on("data", receive);
          },
        }),
      );
    });
}
