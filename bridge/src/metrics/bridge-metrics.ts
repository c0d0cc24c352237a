import type { ShareUse } from "../client/ledger.ts";
import { limitOption } from "../over-limit.ts";
import type { BridgeServices } from "../session/bridge-services.ts";
import { COMMIT, VERSION } from "../version.ts";
import type { EventLoopDelay } from "./event-loop-delay.ts";
import { PrometheusText } from "./prometheus-text.ts";

/** Everything that `/metrics` tells. `docs/deploy.md` says what to look at. */
export function bridgeMetrics(services: BridgeServices, eventLoop: EventLoopDelay, logLinesLeftOut: number): string {
  const { limits, refusals, rooms, totals, usage } = services;
  const shares = [...services.ledger.uses()];
  const text = new PrometheusText();
  text
    .addAll("gauge", "zone_build_info", "The version and the commit of the bridge; always 1.", [
      { labels: { version: VERSION, ...(COMMIT !== undefined && { commit: COMMIT }), network: services.network.mode }, value: 1 },
    ])
    .add("gauge", "zone_sessions", "Sessions, those that wait for their client to come back included.", usage.sessions)
    .add("gauge", "zone_sessions_detached", "Sessions without a WebSocket, which wait for their client to come back.", usage.detached)
    .add("gauge", "zone_rooms", "Rooms.", rooms.size)
    .add("gauge", "zone_machines", "Machines (pages) in all rooms, those whose address is kept for them included.", rooms.machineCount)
    .add("gauge", "zone_streams", "Streams that clients know of.", usage.streams)
    .add("gauge", "zone_listeners", "Ports that scripts listen on.", usage.listeners)
    .add("gauge", "zone_sockets", "TCP sockets to peers, those on their way and those that only flush included.", usage.sockets)
    .add("gauge", "zone_buffered_bytes", "Bytes from clients that no peer's socket has taken yet.", usage.bufferedBytes)
    .add("gauge", "zone_unfinished_bytes", "Bytes that messages take which have begun and not come whole yet.", services.unfinished.bytes)
    .add("gauge", "zone_resend_bytes", "Bytes that are kept for sending again after a cut.", usage.resendBytes)
    .add("counter", "zone_sessions_total", "Sessions that have begun.", totals.sessions)
    .add("counter", "zone_resumptions_total", "Times that a client came back to its session after a cut.", totals.resumptions)
    .add("counter", "zone_streams_total", "Streams that clients opened or accepted.", totals.streams)
    .add("counter", "zone_listeners_total", "Ports that scripts asked to listen on.", totals.listeners)
    .addAll("counter", "zone_bytes_total", "Bytes of data, by where they came from.", [
      { labels: { from: "client" }, value: totals.bytesFromClients },
      { labels: { from: "peer" }, value: totals.bytesToClients },
    ])
    .addAll("counter", "zone_refusals_total", "What clients asked for and did not get, by the limit or the error code.", refusalSamples(refusals.counts))
    .add("counter", "zone_log_lines_left_out_total", "Lines that were not logged because there were too many.", logLinesLeftOut)
    .addAll(
      "gauge",
      "zone_share_highest",
      "What the client address with most of all holds of a share, or has done that time has not paid for yet.",
      shareSamples(shares, ({ highest }) => highest),
    )
    .addAll(
      "counter",
      "zone_share_refusals_total",
      "How often a client address had used up its share.",
      shareSamples(shares, ({ refusals }) => refusals),
    )
    .add("gauge", "zone_accounts", "Client addresses and their networks whose use of shares is remembered.", services.ledger.size)
    .addAll("gauge", "zone_limit", "What limits are set to, by their option; 0 is no limit.", limitSamples(limits));
  addProcess(text, eventLoop);
  return text.toString();
}

function* refusalSamples(counts: ReadonlyMap<string, number>): Generator<{ labels: { reason: string }; value: number }> {
  for (const [reason, value] of counts) yield { labels: { reason }, value };
}

/** One for each share, never one for each address. */
function* shareSamples(shares: readonly ShareUse[], value: (use: ShareUse) => number): Generator<{ labels: { option: string }; value: number }> {
  for (const use of shares) yield { labels: { option: limitOption(use.limit) }, value: value(use) };
}

function* limitSamples(limits: BridgeServices["limits"]): Generator<{ labels: { option: string }; value: number }> {
  for (const limit of Object.keys(limits) as (keyof typeof limits)[]) yield { labels: { option: limitOption(limit) }, value: limits[limit] };
}

/** The names that Prometheus's own clients use for these. */
function addProcess(text: PrometheusText, eventLoop: EventLoopDelay): void {
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const { p50, p99, max } = eventLoop.quantiles();
  text
    .addAll("gauge", "zone_event_loop_delay_seconds", "How late the event loop ran timers in the last 15 to 30 seconds.", [
      { labels: { quantile: "0.5" }, value: p50 },
      { labels: { quantile: "0.99" }, value: p99 },
      { labels: { quantile: "1" }, value: max },
    ])
    .add("gauge", "process_resident_memory_bytes", "Memory of the process, in bytes.", rss)
    .add("gauge", "nodejs_heap_size_used_bytes", "Used heap of JavaScript, in bytes.", heapUsed)
    .add("gauge", "nodejs_external_memory_bytes", "Memory of buffers outside the heap, in bytes.", external)
    .add("counter", "process_cpu_seconds_total", "Processor time of the process, in seconds.", (user + system) / 1e6)
    .add("gauge", "process_start_time_seconds", "When the process began, in seconds since 1970.", Math.round(performance.timeOrigin / 1000));
}
