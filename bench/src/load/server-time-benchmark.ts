import { type Figure, median, say } from "../figure.ts";
import { type Load, PEER_NAMES, runLoad } from "./load-run.ts";

/** Rounds of each measurement, the two taking turns. */
const ROUNDS = 5;
const STREAMS = [1, 10] as const;

/** Part of the time of wisp-js that the bridge may take. */
const MOST = 0.5;

/** The processor's time that the server alone takes for each GiB that comes back, with 1 and 10 streams: the bridge beside wisp-js. */
export async function measureServerTime(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const streams of STREAMS) {
    const runs: Record<"zone" | "wisp", Load[]> = { zone: [], wisp: [] };
    for (let round = 0; round < ROUNDS; round++) for (const peer of ["zone", "wisp"] as const) runs[peer].push(await runLoad(peer, 1, streams));
    const add = (
      what: string,
      unit: string,
      of: (load: Load) => number,
      target?: { readonly text: string; readonly holds: (ratio: number) => boolean },
    ): void => {
      const [ours, peer] = [median(runs.zone.map(of)), median(runs.wisp.map(of))];
      say(`  ${what}, ${streams}: ${ours.toFixed(3)} ${unit}, wisp-js ${peer.toFixed(3)} ${unit}, ratio ${(ours / peer).toFixed(3)}`);
      figures.push({
        what: `${what}, ${streams} ${streams === 1 ? "stream" : "streams"}`,
        unit,
        ours,
        peer,
        peerName: PEER_NAMES.wisp,
        ...(target && { target: target.text, holds: target.holds(ours / peer) }),
      });
    };
    const most = { text: `ratio ≤ ${MOST}`, holds: (ratio: number) => ratio <= MOST };
    add("processor's time of the server per GiB", "s", (load) => load.serverCpuPerGib, streams === 10 ? most : undefined);
    add("throughput meanwhile", "MB/s", (load) => load.megabytes);
  }
  return figures;
}
