import { Child } from "../child.ts";
import { type Figure, median, say } from "../figure.ts";
import { ROUND_TRIPS, TRANSFERS } from "./recording-cases.ts";

/** Rounds of each measurement, recorded and not in turns, since the machine is shared. */
const ROUNDS = 7;

/** What recording may cost: a twentieth. */
const LEAST_RATIO = 0.95;

/** Megabytes that a full capture may take where a reader looks at it: 16 MiB of events, and as much for 20,000 rows. */
const MEMORY_LIMIT_MB = 36;

interface Case {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  /** The figure, the more the better, of the seconds that were measured. */
  readonly rate: (seconds: number) => number;
}

const CASES: readonly Case[] = [
  ...Object.entries(TRANSFERS).map(([name, { connections, blockBytes, measuredBytes }]) => ({
    name,
    what: `echo over ${connections} connections of a script, blocks of ${blockBytes / 1024} KiB, recorded`,
    unit: "MB/s",
    rate: (seconds: number) => (connections * measuredBytes) / 1e6 / seconds,
  })),
  { name: "round-trip", what: "round trips of a script, typed writes and reads, recorded", unit: "/s", rate: (seconds) => ROUND_TRIPS.trips / seconds },
];

/** What it costs a script to be recorded: with and without it, over this computer's sockets; and the memory of a capture that is full. */
export async function measureRecording(): Promise<Figure[]> {
  const server = new Child(new URL("../echo/echo-server.js", import.meta.url), []);
  try {
    const port = await server.line();
    const figures: Figure[] = [];
    for (const { name, what, unit, rate } of CASES) {
      const [recorded, plain]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        recorded.push(rate(await numberOf("recording-client.js", [name, "recorded", port])));
        plain.push(rate(await numberOf("recording-client.js", [name, "plain", port])));
      }
      const [ours, peer] = [median(recorded), median(plain)];
      say(`  ${what}: ${ours.toFixed(0)} ${unit}, not recorded ${peer.toFixed(0)} ${unit}, ratio ${(ours / peer).toFixed(3)}`);
      figures.push({ what, unit, ours, peer, peerName: "not recorded", target: `ratio ≥ ${LEAST_RATIO}`, holds: ours / peer >= LEAST_RATIO });
    }
    for (const [kind, what] of [
      ["bytes", "memory of a capture that is full of bytes, with its ladder"],
      ["events", "memory of a capture that is full of events, with its ladder"],
    ] as const) {
      const megabytes = await numberOf("full-capture.js", [kind]);
      say(`  ${what}: ${megabytes.toFixed(1)} MB`);
      figures.push({ what, unit: "MB", ours: megabytes, target: `≤ ${MEMORY_LIMIT_MB} MB`, holds: megabytes <= MEMORY_LIMIT_MB });
    }
    return figures;
  } finally {
    await server.end();
  }
}

async function numberOf(script: string, args: readonly string[]): Promise<number> {
  const child = new Child(new URL(`./${script}`, import.meta.url), [...args]);
  try {
    return Number(await child.line());
  } finally {
    await child.end();
  }
}
