/* oxlint-disable unicorn/prefer-add-event-listener -- the client of wisp-js has these properties and nothing else */
import type { Transfer } from "../echo/carrying-script.ts";

/** What the functions below use of wisp-js. */
interface WispClient {
  readonly ClientConnection: new (
    url: string,
    options: { wisp_version: number },
  ) => { onopen: () => void; create_stream(host: string, port: number): WispStream; close(): void };
}

interface WispStream {
  onmessage: (bytes: Uint8Array) => void;
  send(bytes: Uint8Array): void;
}

// Each of these runs in a page, which gets its text: it may use nothing from outside of it.

/** Seconds that the client of wisp-js takes, with streams over one WebSocket to the bridge. The page has it as `wispClient`. */
export async function carryByWisp({
  url,
  port,
  connections,
  blockBytes,
  underWay,
  warmUpBytes,
  measuredBytes,
}: Transfer & { readonly url: string; readonly port: number }): Promise<number> {
  const { wispClient } = globalThis as unknown as { readonly wispClient: WispClient };
  const connection = new wispClient.ClientConnection(url, { wisp_version: 2 });
  await new Promise<void>((resolve) => {
    connection.onopen = resolve;
  });
  const streams = Array.from({ length: connections }, () => connection.create_stream("host.zone.internal", port));
  const carry = (total: number): Promise<unknown> =>
    Promise.all(
      streams.map((stream, index) => {
        const block = new Uint8Array(blockBytes).fill(index + 1);
        let [sent, received] = [0, 0];
        return new Promise<void>((resolve, reject) => {
          const fill = (): void => {
            for (; sent < total && sent - received < underWay; sent += blockBytes) stream.send(block);
          };
          stream.onmessage = (bytes) => {
            received += bytes.length;
            if (bytes[0] !== index + 1 || received > total) reject(new Error("other bytes came back than were sent"));
            else if (received === total) resolve();
            else fill();
          };
          fill();
        });
      }),
    );
  await carry(warmUpBytes);
  const begun = performance.now();
  await carry(measuredBytes);
  const seconds = (performance.now() - begun) / 1000;
  connection.close();
  return seconds;
}

/** Seconds that WebSockets take, one for each connection, to a server that sends back every message. */
export async function carryByWebSocket({
  url,
  connections,
  blockBytes,
  underWay,
  warmUpBytes,
  measuredBytes,
}: Transfer & { readonly url: string }): Promise<number> {
  const sockets = Array.from({ length: connections }, () => new WebSocket(url));
  await Promise.all(
    sockets.map((socket) => {
      socket.binaryType = "arraybuffer";
      return new Promise((resolve) => socket.addEventListener("open", resolve));
    }),
  );
  const carry = (total: number): Promise<unknown> =>
    Promise.all(
      sockets.map((socket, index) => {
        const block = new Uint8Array(blockBytes).fill(index + 1);
        let [sent, received] = [0, 0];
        return new Promise<void>((resolve, reject) => {
          const fill = (): void => {
            for (; sent < total && sent - received < underWay; sent += blockBytes) socket.send(block);
          };
          socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
            const bytes = new Uint8Array(data);
            received += bytes.length;
            if (bytes[0] !== index + 1 || received > total) reject(new Error("other bytes came back than were sent"));
            else if (received === total) resolve();
            else fill();
          };
          fill();
        });
      }),
    );
  await carry(warmUpBytes);
  const begun = performance.now();
  await carry(measuredBytes);
  const seconds = (performance.now() - begun) / 1000;
  for (const socket of sockets) socket.close();
  return seconds;
}
