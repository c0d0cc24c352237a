import { writeFileSync } from "node:fs";
import { type Figure, say } from "../figure.ts";
import { growthPlot, type Panel } from "./growth-plot.ts";
import { type Load, PEER_NAMES, runLoad } from "./load-run.ts";

const STREAMS = [10, 100, 1_000, 10_000] as const;
/** Streams of one session. */
const STREAMS_PER_SESSION = 100;
const PLOT = new URL("../../../docs/images/growth.svg", import.meta.url);

/** Targets with 10,000 streams over 100 sessions. */
const LIMIT_KIB_PER_STREAM = 20;
const LIMIT_ROUND_TRIP_RATIO = 1.5;

const PANELS: readonly { readonly title: string; readonly unit: string; readonly of: (load: Load) => number }[] = [
  { title: "Throughput of all streams", unit: "MB/s", of: (load) => load.megabytes },
  { title: "Processor's time, all processes", unit: "s/GiB", of: (load) => load.cpuPerGib },
  { title: "Round trip beside idle streams", unit: "ms", of: (load) => load.roundTrip },
  { title: "Memory of an idle stream", unit: "KiB", of: (load) => load.bytesPerStream / 1_024 },
];

/** How everything grows from 10 to 10,000 streams, 100 in a session: figures of the largest, and a plot of all. */
export async function measureGrowth(): Promise<Figure[]> {
  const loads = { zone: [] as Load[], wisp: [] as Load[] };
  for (const streams of STREAMS) {
    for (const peer of ["zone", "wisp"] as const) {
      const load = await runLoad(peer, Math.ceil(streams / STREAMS_PER_SESSION), streams);
      loads[peer].push(load);
      say(`  ${streams} streams, ${PEER_NAMES[peer]}: ${PANELS.map(({ unit, of }) => `${of(load).toPrecision(3)} ${unit}`).join(", ")}`);
    }
  }
  const panels = PANELS.map(({ title, unit, of }): Panel => ({ title, unit, x: STREAMS, ours: loads.zone.map(of), theirs: loads.wisp.map(of) }));
  writeFileSync(PLOT, growthPlot(panels, "streams", ["the bridge", "wisp-js"]));
  const [ours, theirs] = [loads.zone.at(-1)!, loads.wisp.at(-1)!];
  const kib = ours.bytesPerStream / 1_024;
  return [
    {
      what: "memory of one of 10,000 idle streams",
      unit: "KiB",
      ours: kib,
      peer: theirs.bytesPerStream / 1_024,
      peerName: "wisp-js",
      target: `≤ ${LIMIT_KIB_PER_STREAM} KiB`,
      holds: kib <= LIMIT_KIB_PER_STREAM,
    },
    {
      what: "round trip beside 10,000 idle streams",
      unit: "ms",
      ours: ours.roundTrip,
      peer: ours.roundTripAlone,
      peerName: "the same without them",
      target: `ratio ≤ ${LIMIT_ROUND_TRIP_RATIO}`,
      holds: ours.roundTrip / ours.roundTripAlone <= LIMIT_ROUND_TRIP_RATIO,
    },
    {
      what: "throughput of 10,000 streams",
      unit: "MB/s",
      ours: ours.megabytes,
      peer: theirs.megabytes,
      peerName: "wisp-js",
      target: "ratio ≥ 1",
      holds: ours.megabytes >= theirs.megabytes,
    },
    {
      what: "processor's time per GiB, 10,000 streams",
      unit: "s",
      ours: ours.cpuPerGib,
      peer: theirs.cpuPerGib,
      peerName: "wisp-js",
      target: "ratio ≤ 1",
      holds: ours.cpuPerGib <= theirs.cpuPerGib,
    },
  ];
}
