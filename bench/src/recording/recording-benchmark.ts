import { Child } from "../child.ts";
import { type Figure, median, say } from "../figure.ts";
import type { Transfer } from "../echo/carrying-script.ts";
import { measureElements, type RecordedSeconds } from "./recorded-element.ts";
import { PAGE_ROUND_TRIPS, PAGE_TRANSFERS, ROUND_TRIPS, TRANSFERS } from "./recording-cases.ts";

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
  /** Runs it so many times, recorded and not in turns. */
  readonly measure: (name: string, echoPort: string, rounds: number) => Promise<RecordedSeconds[]>;
}

function casesOf(where: string, transfers: Readonly<Record<string, Transfer>>, trips: number, measure: Case["measure"]): Case[] {
  return [
    ...Object.entries(transfers).map(([name, { connections, blockBytes, measuredBytes }]) => ({
      name,
      what: `echo of a script ${where}, ${connections === 1 ? "1 connection" : `${connections} connections`}, blocks of ${blockBytes / 1024} KiB, recorded`,
      unit: "MB/s",
      rate: (seconds: number) => (connections * measuredBytes) / 1e6 / seconds,
      measure,
    })),
    { name: "round-trip", what: `round trips of a script ${where}, typed writes and reads, recorded`, unit: "/s", rate: (seconds) => trips / seconds, measure },
  ];
}

const CASES: readonly Case[] = [
  ...casesOf("in a page", PAGE_TRANSFERS, PAGE_ROUND_TRIPS.trips, measureElements),
  ...casesOf("in Node, as fast as it can", TRANSFERS, ROUND_TRIPS.trips, measureProcesses),
];

/** What it costs a script to be recorded: with and without it, in a page and over this computer's own sockets; and the memory of a capture that is full. */
export async function measureRecording(): Promise<Figure[]> {
  const server = new Child(new URL("../echo/echo-server.js", import.meta.url), []);
  try {
    const port = await server.line();
    const figures: Figure[] = [];
    for (const { name, what, unit, rate, measure } of CASES) {
      const seconds = await measure(name, port, ROUNDS);
      const ours = median(seconds.map(({ recorded }) => rate(recorded)));
      const peer = median(seconds.map(({ plain }) => rate(plain)));
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

/** Each run is a process of its own, without a bridge. */
async function measureProcesses(name: string, echoPort: string, rounds: number): Promise<RecordedSeconds[]> {
  const seconds: RecordedSeconds[] = [];
  for (let round = 0; round < rounds; round++) {
    seconds.push({
      recorded: await numberOf("recording-client.js", [name, "recorded", echoPort]),
      plain: await numberOf("recording-client.js", [name, "plain", echoPort]),
    });
  }
  return seconds;
}

async function numberOf(script: string, args: readonly string[]): Promise<number> {
  const child = new Child(new URL(`./${script}`, import.meta.url), [...args]);
  try {
    return Number(await child.line());
  } finally {
    await child.end();
  }
}
