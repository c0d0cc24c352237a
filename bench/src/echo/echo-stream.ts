/** A stream to an echo server, by whichever client. */
export interface EchoStream {
  /** Queues bytes; the client's own buffer takes them all. */
  send(bytes: Uint8Array): void;
  onData(receive: (bytes: Uint8Array) => void): void;
}

/** Opens a stream to the echo server. */
export type OpenStream = () => Promise<EchoStream>;

/** Bytes of one send of a stream that loads the others. */
const BULK_BLOCK = 64 * 1024;
/** Bytes that a bulk stream has under way: more than any window in between, so that the windows are what counts. */
export const UNDER_WAY = 1024 * 1024;
/** Bytes that all streams together carry before the clock starts: by then all processes run compiled code. */
export const WARM_UP_BYTES = 480 * 1024 * 1024;
/** Bytes that all streams together carry in one measurement of throughput. */
export const MEASURED_BYTES = 240 * 1024 * 1024;
/** Round trips of one measurement of latency. */
export const PINGS = 150;
const PING_BYTES = 32;

/** Sends blocks and receives `total` bytes, keeping `underWay` of them on the way; endless when `total` is. */
export function bulk(stream: EchoStream, mark: number, blockBytes: number, total: number, underWay = UNDER_WAY): Promise<void> {
  const block = new Uint8Array(blockBytes).fill(mark);
  let sent = 0;
  let received = 0;
  return new Promise((resolve, reject) => {
    const fill = (): void => {
      while (sent < total && sent - received < underWay) {
        stream.send(block);
        sent += blockBytes;
      }
    };
    stream.onData((bytes) => {
      if (bytes[0] !== mark || bytes.at(-1) !== mark) reject(new Error("bytes of another stream came back"));
      received += bytes.length;
      if (received > total) reject(new Error(`${received} bytes came back of ${total}`));
      else if (received === total) resolve();
      else fill();
    });
    fill();
  });
}

/** Megabytes a second that come back over `streams` streams at once, sent in blocks of `blockBytes`. */
export async function measureThroughput(open: OpenStream, streams: number, blockBytes: number): Promise<number> {
  const opened = await Promise.all(Array.from({ length: streams }, open));
  const carry = (bytes: number): Promise<unknown> => Promise.all(opened.map((stream, index) => bulk(stream, index + 1, blockBytes, bytes / streams)));
  await carry(WARM_UP_BYTES);
  const begun = performance.now();
  await carry(MEASURED_BYTES);
  const seconds = (performance.now() - begun) / 1000;
  return MEASURED_BYTES / 1e6 / seconds;
}

/** Milliseconds of a small round trip, the middle of many, beside `bulkStreams` streams that never rest. */
export async function measureRoundTrip(open: OpenStream, bulkStreams: number): Promise<number> {
  const bulky = await Promise.all(Array.from({ length: bulkStreams }, open));
  for (const [index, stream] of bulky.entries()) bulk(stream, index + 1, BULK_BLOCK, Number.POSITIVE_INFINITY).catch(fail);
  return timeRoundTrips(await open());
}

/** Milliseconds of a small round trip over a stream, the middle of many. */
export async function timeRoundTrips(stream: EchoStream): Promise<number> {
  let answered: (() => void) | undefined;
  let missing = 0;
  stream.onData((bytes) => {
    missing -= bytes.length;
    if (missing < 0) fail(new Error(`${-missing} bytes more than were sent came back`));
    if (missing === 0) answered?.();
  });
  const times: number[] = [];
  const ping = new Uint8Array(PING_BYTES);
  for (let count = 0; count < PINGS; count++) {
    const begun = performance.now();
    missing = PING_BYTES;
    await new Promise<void>((resolve) => {
      answered = resolve;
      stream.send(ping);
    });
    times.push(performance.now() - begun);
  }
  return times.toSorted((a, b) => a - b)[PINGS / 2]!;
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
