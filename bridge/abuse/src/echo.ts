import type { AddressInfo, Server } from "node:net";

/** Connections that may wait to be accepted: an attacker opens thousands at once. */
const BACKLOG = 4_096;

/** Makes a server an echo, and gives its port on 127.0.0.1. */
export async function listenEcho(server: Server): Promise<number> {
  server.on("connection", (socket) => {
    socket.on("error", () => {});
    socket.setNoDelay(true).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", BACKLOG, resolve));
  return (server.address() as AddressInfo).port;
}
