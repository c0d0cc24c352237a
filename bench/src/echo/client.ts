/** A process: one client and one measurement. Arguments: client, measurement, address, host, port. Prints the figure. */
import { measureRoundTrip, measureThroughput, type OpenStream } from "./echo-stream.ts";
import { measureScriptThroughput } from "./script-throughput.ts";
import { wispStreams } from "./wisp-stream.ts";
import { zoneStreams } from "./zone-stream.ts";

const [client, measurement, url, host, portText] = process.argv.slice(2) as [string, string, string, string, string];
const port = Number(portText);

/** Streams beside the one whose round trip is measured. */
const BULK_STREAMS = 9;

async function measure(): Promise<number> {
  if (client === "script") return measureScriptThroughput(url, host, port);
  const open: OpenStream = client === "zone" ? zoneStreams(url, host, port) : await wispStreams(url, host, port);
  switch (measurement) {
    case "throughput-1":
      return measureThroughput(open, 1, 64 * 1024);
    case "throughput-10-small":
      return measureThroughput(open, 10, 4 * 1024);
    case "throughput-10":
      return measureThroughput(open, 10, 64 * 1024);
    case "round-trip-idle":
      return measureRoundTrip(open, 0);
    case "round-trip-loaded":
      return measureRoundTrip(open, BULK_STREAMS);
    default:
      throw new Error(`no measurement is called ${measurement}`);
  }
}

console.log(await measure());
process.exit(0);
