import { endpointText, MAX_ROOM_NAME_LENGTH, roomNameOf } from "@playground/network";
import { MAX_GRACE_MS, type NetworkMode } from "@playground/wire/codec";
import { type Cidr, cidrWithin, LOOPBACK_OF_HOST, LOOPBACK_V4, parseCidr, parseIpAddress, parseTarget } from "@playground/tcp";
import { parseOrigin } from "../http/origin.ts";
import { parseHost } from "../http/request-host.ts";
import { type AllowRule, parseAllowRule } from "../policy/allow-rule.ts";
import type { ProjectStorageChoice } from "../projects/project-storage.ts";

/** What is wrong with a value: the rest of a sentence that begins with where it stands. */
export class WrongValue {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

function wrong(text: string, expected: string): WrongValue {
  return new WrongValue(`is ${JSON.stringify(text)}; it takes ${expected}`);
}

export function parsePort(text: string): number | WrongValue {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : wrong(text, "a port from 0 (any free one) to 65535");
}

export function parseListenAddress(text: string): string | WrongValue {
  if (text.toLowerCase() === "localhost") return "127.0.0.1";
  const address = parseIpAddress(text.replace(/^\[(.*)\]$/, "$1"));
  return address?.text ?? wrong(text, "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them");
}

export function parsePublicHost(text: string): string | WrongValue {
  const target = parseTarget(text);
  if (target !== undefined) return target.kind === "name" ? target.name : target.address.text;
  const host = parseHost(text);
  const port = Number(host?.port || Number.NaN);
  if (host === undefined || !(port >= 1 && port <= 65_535))
    return wrong(
      text,
      "a host name or an IP address, such as play.example, and :PORT after it where browsers use one that is neither the bridge's nor a standard one",
    );
  return endpointText(host.name, port);
}

export function parseEmbedOrigin(text: string): string | WrongValue {
  return parseOrigin(text) ?? wrong(text, "the origin of one site, such as https://tutorial.example, without a path and without *");
}

/** The name of a user, as useradd takes it (shadow-utils, useradd(8)). */
const USER_NAME = /^[a-z_][a-z0-9_-]{0,31}$/i;

export function parseUser(text: string): string | WrongValue {
  return USER_NAME.test(text) ? text : wrong(text, "the name of a user of this machine, such as zone");
}

export function parseNetwork(text: string, platform: NodeJS.Platform): NetworkMode | WrongValue {
  if (text === "host") return "host";
  if (text !== "lan") return wrong(text, "lan or host");
  return platform === "linux" ? "lan" : new WrongValue('is "lan", which only Linux has: elsewhere just 127.0.0.1 is loopback. Use host');
}

export function parseRoom(text: string): string | WrongValue {
  return (
    roomNameOf(text) ??
    wrong(text, `the name of a room: letters a to z, or Cyrillic ones that are spelled so, digits, - and _, at most ${MAX_ROOM_NAME_LENGTH}`)
  );
}

export function parseAllow(text: string): AllowRule | WrongValue {
  const rule = parseAllowRule(text);
  return typeof rule === "string" ? new WrongValue(`is wrong: ${rule}`) : rule;
}

export function parseGrace(text: string): number | WrongValue {
  const ms = milliseconds(text);
  return ms <= MAX_GRACE_MS ? ms : wrong(text, `seconds from 0 (sessions end with their WebSocket) to ${MAX_GRACE_MS / 1000}`);
}

/** Longest time between two pings, s: proxies cut silent connections after some minutes at the latest. */
const MAX_PING_INTERVAL_S = 300;
/** Shortest, s: three of them unanswered end a connection. */
const MIN_PING_INTERVAL_S = 0.1;

export function parsePingInterval(text: string): number | WrongValue {
  const ms = milliseconds(text);
  return ms >= MIN_PING_INTERVAL_S * 1000 && ms <= MAX_PING_INTERVAL_S * 1000
    ? ms
    : wrong(text, `seconds from ${MIN_PING_INTERVAL_S} to ${MAX_PING_INTERVAL_S}`);
}

/** Longest expiry of stored projects, days: a hundred years. */
const MAX_EXPIRY_DAYS = 36_500;

export function parseScriptExpiry(text: string): number | WrongValue {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return days <= MAX_EXPIRY_DAYS ? days : wrong(text, `whole days from 0 (scripts are kept for ever) to ${MAX_EXPIRY_DAYS}`);
}

export function parseRange(text: string): Cidr | WrongValue {
  return parseCidr(text) ?? wrong(text, "an IP address or a range of them, such as 127.0.0.1 or 10.0.0.0/8");
}

export function parseLanRange(text: string): Cidr | WrongValue {
  const range = parseCidr(text);
  const isUsable = range !== undefined && range.prefix <= 24 && cidrWithin(range, LOOPBACK_V4) && !cidrWithin(range, LOOPBACK_OF_HOST);
  return isUsable ? range : wrong(text, "a part of 127.0.0.0/8, such as 127.64.0.0/10: at least a /24, and not of 127.0.0.0/16, which is the machine's own");
}

export function parseMetricsReader(text: string): "off" | Cidr | WrongValue {
  return text === "off" ? "off" : (parseCidr(text) ?? wrong(text, "off, or an IP address or a range of them, such as 10.0.0.0/8"));
}

export function parseStorage(text: string): ProjectStorageChoice | WrongValue {
  if (/^rediss?:\/\/[^/?#\s]/.test(text) && URL.canParse(text)) return { kind: "redis", url: text };
  // A password may stand in it, and what is wrong goes into logs.
  return wrong(withoutCredentials(text), "the address of a Redis server, such as redis://127.0.0.1:6379");
}

function withoutCredentials(text: string): string {
  const start = text.indexOf("//") + 2;
  const end = text.lastIndexOf("@");
  return start < 2 || end < start ? text : `${text.slice(0, start)}…${text.slice(end)}`;
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): (text: string) => T | WrongValue {
  return (text) => words.find((word) => word === text) ?? wrong(text, `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** A whole number in a range, or 0 where that means no limit; bytes may have a unit. */
export function numberIn(least: number, most: number, unit: "count" | "bytes", mayBeZero = false): (text: string) => number | WrongValue {
  return (text) => {
    const match = /^(\d{1,15})(|KiB|MiB|GiB)$/.exec(text);
    const factor = match === null || (unit === "count" && match[2] !== "") ? Number.NaN : (UNITS[match[2] ?? ""] ?? Number.NaN);
    const value = Number(match?.[1]) * factor;
    if ((value >= least && value <= most) || (mayBeZero && value === 0)) return value;
    const range = unit === "bytes" ? `bytes from ${formatBytes(least)} to ${formatBytes(most)}` : `a whole number from ${least} to ${most}`;
    return wrong(text, mayBeZero ? `${range}, or 0 for no limit` : range);
  };
}

/** A number of bytes with the greatest unit that divides it. */
export function formatBytes(bytes: number): string {
  const [unit, factor] = Object.entries(UNITS).findLast(([, size]) => bytes >= size && bytes % size === 0) ?? ["", 1];
  return `${bytes / factor}${unit}`;
}

function milliseconds(text: string): number {
  return /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * 1000) : Number.NaN;
}
