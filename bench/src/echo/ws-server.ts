/** A process: a WebSocket server of `ws` that sends back every message. Prints its address. */
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false }, () => {
  console.log(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.on("message", (data) => socket.send(data, { binary: true }));
});
