import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { MAX_GRACE_MS, type NetworkMode } from "@playground/wire";
import { parseIpAddress } from "./address/ip-address.ts";
import { parseTarget } from "./address/target.ts";
import type { BridgeOptions } from "./bridge.ts";
import { parseOrigin } from "./http/origin.ts";
import { DEFAULT_GRACE_MS } from "./limits.ts";
import { type AllowRule, parseAllowRule } from "./policy/allow-rule.ts";
import type { ScriptStorageChoice } from "./scripts/script-storage.ts";

/** What a command line asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "start";
      readonly options: BridgeOptions;
      /** Nobody asked for this network: another may be used where it does not work. */
      readonly isNetworkDefault: boolean;
    }
  /** Every mistake, one sentence each. */
  | { readonly kind: "errors"; readonly errors: readonly string[] };

const DEFAULT_PORT = 8080;
const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PAGE = fileURLToPath(new URL("../../web/dist", import.meta.url));

const DEFAULT_DATA = fileURLToPath(new URL("../../data", import.meta.url));

/** Reads the options of the command line, then the environment for those that are not there. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): CommandLine {
  const errors: string[] = [];
  const given = readWords(args, errors);
  if (given.has("help")) return { kind: "help" };
  if (given.has("version")) return { kind: "version" };

  const one = (option: string, variable: string): Setting | undefined => {
    const words = given.get(option);
    if (words !== undefined && words.length > 1) errors.push(`--${option} is given ${words.length} times; once is enough`);
    const word = words?.at(-1);
    if (word !== undefined) return { value: word, source: `--${option}` };
    const value = environment[variable];
    return value === undefined || value === "" ? undefined : { value, source: variable };
  };
  const many = (option: string, variable: string): Setting[] => {
    const words = given.get(option);
    if (words !== undefined) return words.map((value) => ({ value, source: `--${option}` }));
    const values = (environment[variable] ?? "").split(",").map((value) => value.trim());
    return values.filter((value) => value !== "").map((value) => ({ value, source: variable }));
  };

  const port = readPort(one("port", "ZONE_PORT"), errors);
  const host = readHost(one("host", "ZONE_HOST"), errors);
  const networkSetting = one("network", "ZONE_NETWORK");
  const network = readNetwork(networkSetting, platform, errors);
  const allow = readAllow(many("allow", "ZONE_ALLOW"), errors);
  const publicHosts = readPublicHosts(many("public-host", "ZONE_PUBLIC_HOST"), errors);
  const embedOrigins = readEmbedOrigins(many("embed-origin", "ZONE_EMBED_ORIGIN"), errors);
  const graceMs = readGrace(one("grace", "ZONE_GRACE"), errors);
  const scripts = readStorage(one("storage", "ZONE_STORAGE"), resolve(one("data", "ZONE_DATA")?.value ?? DEFAULT_DATA), errors);
  const page = resolve(one("page", "ZONE_PAGE")?.value ?? DEFAULT_PAGE);
  if (errors.length > 0) return { kind: "errors", errors };
  return {
    kind: "start",
    options: { port, host, network, allow, publicHosts, embedOrigins, page, graceMs, scripts },
    isNetworkDefault: networkSetting === undefined,
  };
}

/** A value and where it comes from, for messages. */
interface Setting {
  readonly value: string;
  readonly source: string;
}

const WORDS = { port: true, host: true, network: true, allow: true, grace: true, page: true, data: true, storage: true, "public-host": true, "embed-origin": true } as const;

function readWords(args: readonly string[], errors: string[]): Map<string, string[]> {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(Object.keys(WORDS).map((name) => [name, { type: "string" as const }])),
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") errors.push(`${JSON.stringify(token.value)} is not an option; --help lists them`);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (name === "help" || name === "version") {
      if (value === undefined) given.set(name, []);
      else errors.push(`${rawName} takes no value, but ${JSON.stringify(value)} is given`);
    } else if (!(name in WORDS)) errors.push(`${rawName} is not an option; --help lists them`);
    else if (value === undefined || value === "") errors.push(`${rawName} needs a value`);
    else if (inlineValue === false && value.startsWith("-")) errors.push(`${rawName} needs a value, but ${value} follows`);
    else given.set(name, [...(given.get(name) ?? []), value]);
  }
  return given;
}

function readPort(setting: Setting | undefined, errors: string[]): number {
  if (setting === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(setting.value) ? Number(setting.value) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  errors.push(`${setting.source} is ${JSON.stringify(setting.value)}; a port is a number from 0 (any free one) to 65535`);
  return DEFAULT_PORT;
}

function readHost(setting: Setting | undefined, errors: string[]): string {
  if (setting === undefined) return DEFAULT_HOST;
  if (setting.value.toLowerCase() === "localhost") return DEFAULT_HOST;
  const address = parseIpAddress(setting.value.replace(/^\[(.*)\]$/, "$1"));
  if (address !== undefined) return address.text;
  errors.push(`${setting.source} is ${JSON.stringify(setting.value)}; it takes an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them`);
  return DEFAULT_HOST;
}

function readNetwork(setting: Setting | undefined, platform: NodeJS.Platform, errors: string[]): NetworkMode {
  const hasLan = platform === "linux";
  if (setting === undefined) return hasLan ? "lan" : "host";
  if (setting.value === "host") return "host";
  if (setting.value !== "lan") errors.push(`${setting.source} is ${JSON.stringify(setting.value)}; it takes lan or host`);
  else if (!hasLan) errors.push(`${setting.source} is "lan", which only Linux has: elsewhere just 127.0.0.1 is loopback. Use host`);
  return "lan";
}

function readGrace(setting: Setting | undefined, errors: string[]): number {
  if (setting === undefined) return DEFAULT_GRACE_MS;
  const graceMs = /^\d{1,5}(\.\d{1,3})?$/.test(setting.value) ? Math.round(Number(setting.value) * 1000) : Number.NaN;
  if (graceMs <= MAX_GRACE_MS) return graceMs;
  errors.push(`${setting.source} is ${JSON.stringify(setting.value)}; it takes seconds from 0 (sessions end with their WebSocket) to ${MAX_GRACE_MS / 1000}`);
  return DEFAULT_GRACE_MS;
}

function readStorage(setting: Setting | undefined, directory: string, errors: string[]): ScriptStorageChoice {
  if (setting === undefined) return { kind: "files", directory };
  if (/^rediss?:\/\/[^/?#\s]/.test(setting.value) && URL.canParse(setting.value)) return { kind: "redis", url: setting.value };
  // A password may stand in it, and what is wrong goes into logs.
  const shown = JSON.stringify(setting.value.replace(/\/\/[^@]*@/, "//…@"));
  errors.push(`${setting.source} is ${shown}; it takes the address of a Redis server, such as redis://127.0.0.1:6379`);
  return { kind: "files", directory };
}

function readAllow(settings: readonly Setting[], errors: string[]): AllowRule[] {
  return settings.flatMap(({ value, source }) => {
    const rule = parseAllowRule(value);
    if (typeof rule !== "string") return [rule];
    errors.push(`${source}: ${rule}`);
    return [];
  });
}

function readPublicHosts(settings: readonly Setting[], errors: string[]): string[] {
  return settings.flatMap(({ value, source }) => {
    const target = parseTarget(value);
    if (target !== undefined) return [target.kind === "name" ? target.name : target.address.text];
    errors.push(`${source} is ${JSON.stringify(value)}; it takes a host name or an IP address, without a port`);
    return [];
  });
}

function readEmbedOrigins(settings: readonly Setting[], errors: string[]): string[] {
  return settings.flatMap(({ value, source }) => {
    const origin = parseOrigin(value);
    if (origin !== undefined) return [origin];
    errors.push(`${source} is ${JSON.stringify(value)}; it takes the origin of one site, such as https://tutorial.example, without a path and without *`);
    return [];
  });
}
