import { type Figure, median, say } from "../figure.ts";
import { isThere, type Load, PEER_NAMES, PEERS, runLoad } from "./load-run.ts";

/** Rounds of each measurement, the peers taking turns, since the machine is shared. */
const ROUNDS = 7;
const STREAMS = [1, 10, 100] as const;

/** Sessions whose memory is measured: as many as a room has machines. */
const SESSIONS = 250;

/** Throughput, round trip, processor's time and memory with 1, 10 and 100 streams: the bridge beside every peer. */
export async function measureLoad(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const there = PEERS.filter(isThere);
  for (const streams of STREAMS) {
    const runs = new Map(there.map((peer) => [peer, [] as Load[]]));
    for (let round = 0; round < ROUNDS; round++) for (const peer of there) runs.get(peer)?.push(await runLoad(peer, 1, streams));
    const middle = (peer: (typeof there)[number], of: (load: Load) => number): number => median(runs.get(peer)?.map(of) ?? []);
    const compare = (
      what: string,
      unit: string,
      of: (load: Load) => number,
      target: (peer: string) => { text: string; holds: (ratio: number) => boolean } | undefined,
    ): void => {
      const ours = middle("zone", of);
      for (const peer of there) {
        if (peer === "zone") continue;
        const theirs = middle(peer, of);
        if (theirs <= 0) continue;
        const wanted = target(peer);
        figures.push({
          what: `${what}, ${streams} ${streams === 1 ? "stream" : "streams"}`,
          unit,
          ours,
          peer: theirs,
          peerName: PEER_NAMES[peer],
          ...(wanted && { target: wanted.text, holds: wanted.holds(ours / theirs) }),
        });
      }
    };
    const more = { text: "ratio ≥ 1", holds: (ratio: number) => ratio >= 1 };
    const less = { text: "ratio ≤ 1", holds: (ratio: number) => ratio <= 1 };
    const half = { text: "ratio ≥ 0.5", holds: (ratio: number) => ratio >= 0.5 };
    compare(
      "throughput",
      "MB/s",
      (load) => load.megabytes,
      (peer) => (peer === "wisp" ? more : peer === "ws" && streams === 10 ? half : undefined),
    );
    compare(
      "throughput of new processes",
      "MB/s",
      (load) => load.firstMegabytes,
      () => undefined,
    );
    compare(
      "processor's time of all processes per GiB",
      "s",
      (load) => load.cpuPerGib,
      (peer) => (peer === "wisp" ? less : undefined),
    );
    if (streams === 1)
      compare(
        "round trip",
        "ms",
        (load) => load.roundTripAlone,
        (peer) => (peer === "wisp" ? less : undefined),
      );
    say(`  ${streams} streams: ${there.map((peer) => `${PEER_NAMES[peer]} ${middle(peer, (load) => load.megabytes).toFixed(0)} MB/s`).join(", ")}`);
  }
  const [ours, theirs] = [await runLoad("zone", SESSIONS, SESSIONS), await runLoad("wisp", SESSIONS, SESSIONS)];
  figures.push({
    what: "memory of a session with one stream",
    unit: "KiB",
    ours: ours.bytesPerStream / 1_024,
    peer: theirs.bytesPerStream / 1_024,
    peerName: "wisp-js",
    target: "ratio ≤ 1",
    holds: ours.bytesPerStream <= theirs.bytesPerStream,
  });
  return figures;
}
