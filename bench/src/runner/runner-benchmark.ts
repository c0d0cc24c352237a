import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Child } from "../child.ts";
import { type Figure, median, say } from "../figure.ts";
import { connected, echoRate, roundTrips } from "./echo-peer.ts";

/** Each figure is measured so many times, in turns with its peer; the middle one counts. */
const ROUNDS = 5;
/** MiB of one round. */
const MEBIBYTES = 256;
/** Round trips of one round. */
const TRIPS = 300;
/**
 * Frames a second, and seconds after its start, at which the memory of a server that waits is read: soon, and once V8 has optimised Luau's
 * interpreter, which it does after some 30,000 entries into it: three to ten minutes at 60 frames a second.
 */
const WAITS = [
  { what: "", options: [], seconds: 10 },
  { what: ", --fps 1000", options: ["--fps", "1000"], seconds: 45 },
] as const;

/** What is wanted: of a start, seconds; of memory, MB; of an echo, MiB a second, what a browser's script has; of a round trip, milliseconds. */
const START_LIMIT_S = 0.4;
const MEMORY_LIMIT_MB = 80;
const LEAST_RATE = 43;
const TRIP_LIMIT_MS = 2;

const RUNNER = fileURLToPath(new URL("../../../packages/headless/dist/main.js", import.meta.url));
const PLAIN_ECHO = new URL("../echo/echo-server.js", import.meta.url);

const ECHO = `
local server = zone.socket.server.new()
for port = 40000, 40100 do
	if pcall(function()
		server:listen(port, "127.0.0.1", function(connection)
			connection:onReceive(function(data) connection:send(data) end)
		end)
	end) then
		print(port)
		break
	end
end
function zone.update() zone.socket.update() end
`;

/** Programs without a browser: the start, the memory of a server that waits, what an echo carries and how long it takes. Peer: an echo server of plain Node. */
export async function measureRunner(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "zone-bench-"));
  try {
    const script = join(folder, "echo.luau");
    writeFileSync(script, ECHO);
    return [...(await starts(script)), ...(await memory(script)), ...(await echoes(script))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function starts(script: string): Promise<Figure[]> {
  const [ours, plain]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await firstLine([RUNNER, script]));
    plain.push(await firstLine([fileURLToPath(PLAIN_ECHO)]));
  }
  say(`  first line after ${median(ours).toFixed(2)} s, of plain Node after ${median(plain).toFixed(2)} s`);
  return [
    {
      what: "from the command to the script's first line",
      unit: "s",
      ours: median(ours),
      peer: median(plain),
      peerName: "plain Node",
      target: `< ${START_LIMIT_S} s`,
      holds: median(ours) < START_LIMIT_S,
    },
  ];
}

/** Seconds until a program that listens says so. */
async function firstLine(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const seconds = (performance.now() - begun) / 1000;
  child.kill();
  await once(child, "exit");
  return seconds;
}

async function memory(script: string): Promise<Figure[]> {
  if (process.platform !== "linux") return [];
  const plain = new Child(PLAIN_ECHO, []);
  const waiting = WAITS.map((wait) => ({ ...wait, child: new Child(RUNNER, [...wait.options, script]) }));
  try {
    await Promise.all([plain, ...waiting.map(({ child }) => child)].map((child) => child.line()));
    const begun = performance.now();
    const figures: Figure[] = [];
    for (const { what, seconds, child } of waiting) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000 - (performance.now() - begun)));
      const [ours, peer] = [residentMegabytes(child.pid), residentMegabytes(plain.pid)];
      say(`  a server that waits${what} has ${ours.toFixed(0)} MB after ${seconds} s, one of plain Node ${peer.toFixed(0)} MB`);
      figures.push({
        what: `memory of a server that waits${what}, after ${seconds} s`,
        unit: "MB",
        ours,
        peer,
        peerName: "plain Node",
        target: `< ${MEMORY_LIMIT_MB} MB`,
        holds: ours < MEMORY_LIMIT_MB,
      });
    }
    return figures;
  } finally {
    await Promise.all([plain, ...waiting.map(({ child }) => child)].map((child) => child.end()));
  }
}

/** Linux tells how much memory a process has; others give no number here. */
function residentMegabytes(pid: number): number {
  if (process.platform !== "linux") return Number.NaN;
  return (Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024) / 1e6;
}

async function echoes(script: string): Promise<Figure[]> {
  let after = Number.NaN;
  const servers = [
    { what: "60 frames a second", child: new Child(RUNNER, [script]) },
    { what: "--fps 1000", child: new Child(RUNNER, ["--fps", "1000", script]) },
    { what: "plain Node", child: new Child(PLAIN_ECHO, []) },
  ].map((server) => ({ ...server, rates: [] as number[], trips: [] as number[] }));
  try {
    const peers = await Promise.all(servers.map(async (server) => ({ server, socket: await connected(Number(await server.child.line())) })));
    // The first round is not counted: what carries it is being compiled.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const { server, socket } of peers) {
        const [rate, trips] = [await echoRate(socket, MEBIBYTES), await roundTrips(socket, TRIPS)];
        if (round === 0) continue;
        server.rates.push(rate);
        server.trips.push(median(trips));
      }
    }
    for (const { socket } of peers) socket.destroy();
    after = residentMegabytes(servers[0]!.child.pid);
  } finally {
    await Promise.all(servers.map(({ child }) => child.end()));
  }
  const [usual, fast, plain] = servers.map(({ rates, trips }) => ({ rate: median(rates), trip: median(trips) }));
  if (usual === undefined || fast === undefined || plain === undefined) return [];
  say(`  echo: ${usual.rate.toFixed(0)} MiB/s at 60 frames, ${fast.rate.toFixed(0)} at 1000, ${plain.rate.toFixed(0)} of plain Node`);
  const rateOf = (what: string, { rate }: { readonly rate: number }): Figure => ({
    what: `echo over one connection, ${what}`,
    unit: "MiB/s",
    ours: rate,
    peer: plain.rate,
    peerName: "plain Node",
    target: `≥ ${LEAST_RATE} MiB/s`,
    holds: rate >= LEAST_RATE,
  });
  return [
    rateOf("60 frames a second", usual),
    rateOf("--fps 1000", fast),
    ...(process.platform === "linux" ? [{ what: "memory of the same server after all that", unit: "MB", ours: after }] : []),
    { what: "round trip, 60 frames a second", unit: "ms", ours: usual.trip, peer: plain.trip, peerName: "plain Node" },
    {
      what: "round trip, --fps 1000",
      unit: "ms",
      ours: fast.trip,
      peer: plain.trip,
      peerName: "plain Node",
      target: `< ${TRIP_LIMIT_MS} ms`,
      holds: fast.trip < TRIP_LIMIT_MS,
    },
  ];
}
