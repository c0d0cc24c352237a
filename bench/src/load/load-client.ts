/**
 * A process: a client with many streams. Arguments: client, sessions, streams, address, host, port. Prints a line for each
 * step and waits between them, so that the other processes can be looked at: sessions, streams, round trips, transfer.
 */
import { bulk, type EchoStream, type OpenStream, timeRoundTrips, UNDER_WAY } from "../echo/echo-stream.ts";
import { tcpStreams, webSocketStreams } from "../echo/socket-stream.ts";
import { wispStreams } from "../echo/wisp-stream.ts";
import { zoneStreams } from "../echo/zone-stream.ts";

const [client, sessionText, streamText, url, host, portText] = process.argv.slice(2) as [string, string, string, string, string, string];
const [sessions, streams, port] = [Number(sessionText), Number(streamText), Number(portText)];

/**
 * Bytes that all streams together carry, each its share in blocks of at most 64 KiB, twice: the first time in processes that
 * are new, and the second time in ones that run compiled code, as a bridge does that has been running for more than seconds.
 */
const TRANSFER_BYTES = 512 * 1024 * 1024;
const BLOCK_BYTES = 64 * 1024;
/** Bytes that all streams together have under way: what a session's send buffer takes, and some room. */
const ALL_UNDER_WAY = 32 * 1024 * 1024;
/** Streams that are opened at a time: backlogs are finite. */
const OPENED_AT_A_TIME = 64;

/** Series of round trips before those that count, until all processes run compiled code. */
const WARM_UP_ROUNDS = 100;

/** A session with the server, where it has sessions. */
async function openSession(): Promise<OpenStream> {
  switch (client) {
    case "zone":
      return zoneStreams(url, host, port);
    case "wisp":
      return wispStreams(url, host, port);
    case "tcp":
      return tcpStreams(host, port);
    default:
      return webSocketStreams(url);
  }
}

/** Goes on when the parent has looked. */
async function pause(line: unknown): Promise<void> {
  const told = new Promise((resolve) => void process.once("SIGUSR2", resolve));
  console.log(JSON.stringify(line));
  // Signals alone do not keep a process alive.
  const alive = setInterval(() => {}, 1_000);
  await told;
  clearInterval(alive);
}

/** A byte there and back: some clients give a stream before it is connected. */
function touch(stream: EchoStream): Promise<void> {
  return new Promise((resolve) => {
    stream.onData(() => resolve());
    stream.send(new Uint8Array(1));
  });
}

/** Seconds that all streams together take to carry so many bytes. */
async function transfer(opened: readonly EchoStream[], total: number): Promise<number> {
  const begun = performance.now();
  const block = Math.min(BLOCK_BYTES, Math.max(1_024, Math.floor(total / opened.length)));
  const each = Math.max(1, Math.floor(total / opened.length / block)) * block;
  await Promise.all(
    opened.map((stream, index) => bulk(stream, (index % 250) + 1, block, each, Math.max(block, Math.min(UNDER_WAY, ALL_UNDER_WAY / opened.length)))),
  );
  return (performance.now() - begun) / 1_000;
}

const firstSession = await openSession();
const first = await firstSession();
for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await timeRoundTrips(first);
await pause({ roundTripAlone: await timeRoundTrips(first) });
const open = [firstSession, ...(await Promise.all(Array.from({ length: sessions - 1 }, openSession)))];
const opened: EchoStream[] = [];
while (opened.length < streams) {
  const count = Math.min(OPENED_AT_A_TIME, streams - opened.length);
  const more = await Promise.all(Array.from({ length: count }, (_, index) => open[(opened.length + index) % open.length]!()));
  await Promise.all(more.map(touch));
  opened.push(...more);
}
await pause({});
await timeRoundTrips(first);
await pause({ roundTrip: await timeRoundTrips(first) });
await pause({ firstSeconds: await transfer(opened, TRANSFER_BYTES) });
const used = process.cpuUsage();
const seconds = await transfer(opened, TRANSFER_BYTES);
const { user, system } = process.cpuUsage(used);
await pause({ seconds, clientSeconds: (user + system) / 1e6, bytes: TRANSFER_BYTES });
process.exit(0);
