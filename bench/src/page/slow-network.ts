import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What lies between a browser and a server. */
export interface NetworkConditions {
  /** Megabits of 1,000,000 bits per second, towards the browser, for all its connections together. */
  readonly megabits: number;
  /** Milliseconds there and back. */
  readonly roundTripMs: number;
}

/**
 * A way to the server at `address` that is as slow as told, while `measure` runs, which gets the address to use.
 * It is a relay and not the browser's own emulation, which does not reach what workers fetch.
 */
export async function throughNetwork<T>(address: string, conditions: NetworkConditions, measure: (address: string) => Promise<T>): Promise<T> {
  const target = new URL(address);
  const oneWayMs = conditions.roundTripMs / 2;
  const sockets = new Set<Socket>();
  // When the line towards the browser is free again, by `performance.now()`.
  let freeAt = 0;
  const server = createServer({ noDelay: true }, (browser) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const socket of [browser, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    browser.on("data", (bytes) => setTimeout(() => upstream.write(bytes), oneWayMs));
    upstream.on("data", (bytes) => {
      freeAt = Math.max(freeAt, performance.now()) + (bytes.length * 8) / (conditions.megabits * 1000);
      setTimeout(() => browser.write(bytes), freeAt + oneWayMs - performance.now());
    });
    browser.on("close", () => upstream.destroy());
    upstream.on("end", () => setTimeout(() => browser.end(), Math.max(0, freeAt - performance.now()) + oneWayMs));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await measure(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}
