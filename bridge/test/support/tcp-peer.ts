import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A plain TCP server that is not ours, on a free port of loopback unless told otherwise. */
export async function tcpServer(
  onConnection: (socket: Socket) => void,
  host = "127.0.0.1",
  port = 0,
): Promise<{ server: Server; port: number; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, sockets };
}

/** How a plain TCP client's connection went. */
export interface PeerLog {
  readonly socket: Socket;
  readonly bytes: () => Buffer;
  /** Resolves at the peer's FIN. */
  readonly ended: Promise<void>;
  /** Resolves when the socket is gone; with the error code when that was an error. */
  readonly closed: Promise<string | undefined>;
}

/** A plain TCP client that is not ours. */
export async function tcpClient(host: string, port: number): Promise<PeerLog> {
  const socket = connect({ host, port, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  return watch(socket);
}

/** Collects what happens on a socket. */
export function watch(socket: Socket): PeerLog {
  const chunks: Buffer[] = [];
  let code: string | undefined;
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => void socket.on("end", resolve));
  const closed = new Promise<string | undefined>((resolve) => {
    socket.on("error", (error) => {
      code = "code" in error ? String(error.code) : error.message;
    });
    socket.on("close", () => resolve(code));
  });
  return { socket, bytes: () => Buffer.concat(chunks), ended, closed };
}
