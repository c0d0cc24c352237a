import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Bytes that are on their way at most: fewer than a script's send buffer holds, so that an echo server which does not look at what `send` returns loses none. */
const IN_FLIGHT_BYTES = 8 * 1024 * 1024;

const BLOCK = Buffer.alloc(64 * 1024, 0x5a);

/** Milliseconds after which an echo is given up. */
const LIMIT_MS = 60_000;

/** A connection to an echo server on this computer. */
export async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** MiB a second, there and back, over one connection; every byte of `mebibytes` is counted. */
export async function echoRate(socket: Socket, mebibytes: number): Promise<number> {
  const total = mebibytes * 1024 * 1024;
  let sent = 0;
  let came = 0;
  const push = (): void => {
    while (sent < total && sent - came < IN_FLIGHT_BYTES && socket.writableLength < BLOCK.length) {
      sent += BLOCK.length;
      socket.write(BLOCK, push);
    }
  };
  const begun = performance.now();
  await within(
    new Promise<void>((resolve) => {
      socket.on("data", (bytes: Buffer) => {
        came += bytes.length;
        if (came >= total) resolve();
        else push();
      });
      push();
    }),
  );
  socket.removeAllListeners("data");
  if (came !== total) throw new Error(`${total} bytes were sent and ${came} came back`);
  return mebibytes / ((performance.now() - begun) / 1000);
}

/** Milliseconds that one byte takes there and back, one after the other. */
export async function roundTrips(socket: Socket, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const begun = performance.now();
    const answer = once(socket, "data");
    socket.write("x");
    await within(answer);
    times.push(performance.now() - begun);
  }
  return times;
}

async function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no echo within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
