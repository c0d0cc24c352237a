import { type BridgeLimits, DEFAULT_LIMITS } from "../limits.ts";
import { limitOption } from "../over-limit.ts";
import { one, type Option } from "./option.ts";
import { formatBytes, numberIn } from "./values.ts";

/** How a limit is set: its range and what it bounds. */
interface LimitDetails {
  readonly unit: "count" | "bytes";
  readonly least?: number;
  readonly most: number;
  /** Whether 0 means that there is no limit. */
  readonly mayBeOff?: boolean;
  readonly help: string;
}

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;
/** More makes no sense for things that cost a socket each. */
const MANY = 1_000_000;
/** Below it a message or a window does not fit, and a session would wait for minutes. */
const LEAST_BYTES = MEBIBYTE;
const count = (help: string, most = MANY): LimitDetails => ({ unit: "count", most, help });
const bytes = (help: string): LimitDetails => ({ unit: "bytes", least: LEAST_BYTES, most: 1024 * GIBIBYTE, help });
/** With fewer a second, one message would take so long that its session looks dead. */
const LEAST_BYTE_RATE = 65_536;
const byteRate = (help: string): LimitDetails => ({ unit: "bytes", least: LEAST_BYTE_RATE, most: 1024 * GIBIBYTE, mayBeOff: true, help });

const DETAILS: { readonly [Limit in keyof BridgeLimits]: LimitDetails } = {
  rooms: count("Rooms", 65_000),
  machinesPerRoom: count("Machines (pages) in one room", 254),
  sessions: count("Sessions (WebSockets) of the process"),
  sessionsPerMachine: count("Sessions of one machine (page)"),
  sessionsPerAddress: count("Sessions of one client address"),
  streamsPerSession: count("TCP connections of one session"),
  streamsPerAddress: count("TCP connections of one client address"),
  listenersPerSession: count("Listening ports of one session", 65_535),
  listenersPerAddress: count("Listening ports of one client address"),
  connectingPerSession: count("Connections of one session that are being made at the same time"),
  opensPerSecond: count("Connections and ports that one session opens a second, in the long run"),
  opensBurst: count("Connections and ports that one session opens at once after a quiet time"),
  opensPerSecondPerAddress: count("Connections and ports that one client address opens a second, in the long run"),
  opensBurstPerAddress: count("Connections and ports that one client address opens at once after a quiet time"),
  upgradesPerSecondPerAddress: count("WebSockets that one client address opens a second, in the long run"),
  upgradesBurstPerAddress: count("WebSockets that one client address opens at once after a quiet time"),
  bufferedBytes: bytes("Bytes on their way to TCP peers that do not read, of the process"),
  bufferedBytesPerSession: bytes("Bytes on their way to TCP peers that do not read, of one session"),
  bufferedBytesPerAddress: bytes("Bytes on their way to TCP peers that do not read, of one client address"),
  resendBytes: bytes("Bytes kept for sending again after a cut, of the process"),
  bytesPerSecond: byteRate("Bytes a second of one session, both directions together; above it they wait; 0: no limit"),
  bytesPerSecondPerAddress: byteRate("Bytes a second of one client address, both directions together; above it they wait; 0: no limit"),
  scripts: count("Scripts that short links lead to", 100_000_000),
  scriptBytes: bytes("Bytes of those scripts"),
  scriptsPerAddress: count("Scripts that one client address has stored", 100_000_000),
  scriptBytesPerAddress: bytes("Bytes of those scripts"),
  scriptReadsPerSecondPerAddress: count("Short links that one client address opens a second, in the long run"),
  scriptReadsBurstPerAddress: count("Short links that one client address opens at once after a quiet time"),
};

/** The options that set limits, by their names, and the limit that each sets. */
export const LIMIT_OPTIONS: ReadonlyMap<string, { readonly limit: keyof BridgeLimits; readonly option: Option<number> }> = new Map(
  (Object.keys(DETAILS) as (keyof BridgeLimits)[]).map((limit) => {
    const { unit, least, most, mayBeOff, help } = DETAILS[limit];
    const option = one({
      placeholder: unit === "bytes" ? "BYTES" : "NUMBER",
      help,
      fallback: unit === "bytes" ? formatBytes(DEFAULT_LIMITS[limit]) : String(DEFAULT_LIMITS[limit]),
      parse: numberIn(least ?? 1, most, unit, mayBeOff),
    });
    return [limitOption(limit), { limit, option }];
  }),
);
