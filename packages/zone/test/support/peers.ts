import { createConnection, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { freePort } from "../../../../scripts/setup/free-port.mjs";
import { run, type RunningProgram } from "./run-program.ts";

/** The frames that a program with sockets needs. */
export const UPDATE = "function zone.update() zone.socket.update() end";

/** A script server on a free port, listening. `onConnect` is Luau with `connection` in scope. */
export async function serve(onConnect: string, more = ""): Promise<{ program: RunningProgram; port: number }> {
  const port = await freePort();
  const program = await run(`
    server = zone.socket.server.new()
    server:listen(${port}, function(connection) ${onConnect} end)
    print("listening")
    ${more}
    ${more.includes("zone.update") ? "" : UPDATE}
  `);
  await program.printedLine("listening");
  return { program, port };
}

/** A client that is not ours. */
export async function join(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** A server that is not ours, on a free port. */
export async function foreignServer(onConnect: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on("error", () => {});
    onTestFinished(() => void socket.destroy());
    onConnect(socket);
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}

/** What the other side sends until it ends. */
export async function allOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await once(socket, "end");
  return Buffer.concat(chunks).toString("latin1");
}
