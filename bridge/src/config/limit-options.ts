import { burstLimit, HELD_NAMES, HELD_SHARES, heldLimit, RATE_NAMES, RATE_SHARES, rateLimit, type ShareLimits } from "../shares.ts";
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

/** The shares of one client address: each is an option by being in the table of shares. */
const SHARE_DETAILS = Object.fromEntries([
  ...HELD_NAMES.map((name) => {
    const { unit, help } = HELD_SHARES[name];
    return [heldLimit(name), unit === "bytes" ? bytes(`${help} of one client address`) : count(`${help} of one client address`)];
  }),
  ...RATE_NAMES.flatMap((name) => {
    const { per, help } = RATE_SHARES[name];
    return [
      [rateLimit(name), count(`${help} a ${per.toLowerCase()}, in the long run`)],
      [burstLimit(name), count(`${help} at once after a quiet time`)],
    ];
  }),
]) as { readonly [Limit in keyof ShareLimits]: LimitDetails };

const DETAILS: { readonly [Limit in keyof BridgeLimits]: LimitDetails } = {
  rooms: count("Rooms", 65_000),
  machinesPerRoom: count("Machines (pages) in one room", 254),
  sessions: count("Sessions (WebSockets) of the process"),
  handshakes: count("WebSockets of the process that have not said yet which session they want"),
  connections: count("HTTP connections of the process that are not WebSockets"),
  posts: count("Short links that are being sent to the process at the same time", 10_000),
  sessionsPerMachine: count("Sessions of one machine (page)"),
  streamsPerSession: count("TCP connections of one session"),
  listenersPerSession: count("Listening ports of one session", 65_535),
  connectingPerSession: count("Connections of one session that are being made at the same time"),
  opensPerSecond: count("Connections and ports that one session opens a second, in the long run"),
  opensBurst: count("Connections and ports that one session opens at once after a quiet time"),
  bufferedBytes: bytes("Bytes on their way to TCP peers that do not read, of the process"),
  bufferedBytesPerSession: bytes("Bytes on their way to TCP peers that do not read, of one session"),
  unfinishedBytes: bytes("Bytes of messages that have not come whole yet, of the process"),
  resendBytes: bytes("Bytes kept for sending again after a cut, of the process"),
  bytesPerSecond: byteRate("Bytes a second of one session, both directions together; above it they wait; 0: no limit"),
  bytesPerSecondPerAddress: byteRate("Bytes a second of one client address, both directions together; above it they wait; 0: no limit"),
  packetsPerSecond: count("Packets and other frames of WebSockets from one session a second, in the long run; above it they wait"),
  packetsBurst: count("Packets and other frames of WebSockets from one session at once after a quiet time"),
  resumesPerMinute: count("Times that one session comes back after a cut a minute, in the long run; above it it waits"),
  resumesBurst: count("Times that one session comes back after a cut at once after a quiet time"),
  ...SHARE_DETAILS,
  sharesPerNetwork: count("Shares of one client address that an IPv6 network of 48 bits has, all its networks of 64 bits together", 65_536),
  scripts: count("Scripts that short links lead to", 100_000_000),
  scriptBytes: bytes("Bytes of those scripts"),
  scriptsPerAddress: count("Scripts that one client address has stored", 100_000_000),
  scriptBytesPerAddress: bytes("Bytes of those scripts"),
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
