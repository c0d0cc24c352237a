import { Child } from "../child.ts";
import { type Figure, median, say } from "../figure.ts";
import { bridgeArguments } from "./bridge-arguments.ts";

/** Rounds of each measurement, the peers taking turns, since the machine is shared. */
const ROUNDS = 5;

interface Case {
  /** How our side is driven: the wire client alone, or a Luau script in a Program over it. */
  readonly client?: "zone" | "script";
  readonly measurement: string;
  readonly what: string;
  readonly unit: string;
  readonly target?: string;
  readonly holds?: (ratio: number) => boolean;
}

const CASES: readonly Case[] = [
  { measurement: "throughput-1", what: "echo over 1 stream, blocks of 64 KiB", unit: "MB/s" },
  {
    measurement: "throughput-10-small",
    what: "echo over 10 streams, blocks of 4 KiB",
    unit: "MB/s",
    target: "ratio ≥ 1.2",
    holds: (ratio) => ratio >= 1.2,
  },
  {
    measurement: "throughput-10",
    what: "echo over 10 streams, blocks of 64 KiB",
    unit: "MB/s",
    target: "ratio ≥ 1.2",
    holds: (ratio) => ratio >= 1.2,
  },
  {
    client: "script",
    measurement: "throughput-10",
    what: "echo over 10 connections of a Luau script, blocks of 64 KiB",
    unit: "MB/s",
    target: "ratio ≥ 1.2",
    holds: (ratio) => ratio >= 1.2,
  },
  { measurement: "round-trip-idle", what: "round trip, nothing beside it", unit: "ms" },
  {
    measurement: "round-trip-loaded",
    what: "round trip beside 9 bulk streams",
    unit: "ms",
    target: "ratio ≤ 0.3",
    holds: (ratio) => ratio <= 0.3,
  },
];

/** Client → bridge → TCP echo server and back, beside the client and server of wisp-js, every part a process of its own. */
export async function measureEcho(): Promise<Figure[]> {
  const children: Child[] = [];
  const start = (script: URL, args: readonly string[] = []): Child => {
    const child = new Child(script, args);
    children.push(child);
    return child;
  };
  try {
    const port = await start(new URL("./echo-server.js", import.meta.url)).line();
    const bridge = start(new URL("../../../bridge/dist/main.js", import.meta.url), bridgeArguments(port));
    const link = /https?:\/\/\S+/.exec(await bridge.line())?.[0];
    if (link === undefined) throw new Error("the bridge printed no link");
    const zoneUrl = `${link.replace(/^http/, "ws").replace(/\/$/, "")}/room/bench/`;
    const wispUrl = await start(new URL("./wisp-server.js", import.meta.url)).line();

    const ask = async (client: string, measurement: string): Promise<number> => {
      const [url, host] = client === "wisp" ? [wispUrl, "127.0.0.1"] : [zoneUrl, "host.zone.internal"];
      const child = new Child(new URL("./client.js", import.meta.url), [client, measurement, url, host, port]);
      try {
        return Number(await child.line());
      } finally {
        await child.end();
      }
    };

    const figures: Figure[] = [];
    for (const { client = "zone", measurement, what, unit, target, holds } of CASES) {
      const ours: number[] = [];
      const peers: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await ask(client, measurement));
        peers.push(await ask("wisp", measurement));
      }
      const [a, b] = [median(ours), median(peers)];
      say(`  ${what}: ${a.toFixed(2)} ${unit}, wisp-js ${b.toFixed(2)} ${unit}, ratio ${(a / b).toFixed(2)}`);
      figures.push({ what, unit, ours: a, peer: b, peerName: "wisp-js", ...(target && { target }), ...(holds && { holds: holds(a / b) }) });
    }
    return figures;
  } finally {
    await Promise.all(children.map((child) => child.end()));
  }
}
