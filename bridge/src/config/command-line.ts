import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { BridgeOptions } from "../bridge.ts";
import { type Cidr, systemCode } from "@playground/tcp";
import { type BridgeLimits, DEFAULT_GRACE_MS, DEFAULT_PING_INTERVAL_MS, DEFAULT_SCRIPT_EXPIRY_DAYS } from "../limits.ts";
import type { LogFormat } from "../log/log-writer.ts";
import type { LogLevel } from "../log/log.ts";
import { DEFAULT_PORT } from "./default-port.ts";
import { LIMIT_OPTIONS } from "./limit-options.ts";
import { type Installation, PROJECT } from "./installation.ts";
import { openToOthers } from "./open-to-others.ts";
import { variableOf } from "./option.ts";
import { type OptionName, OPTIONS, type OptionValue } from "./options.ts";
import { readRoomPasswords } from "./room-passwords.ts";
import { readArguments, readConfigFile, readEnvironment, type Setting, type Settings } from "./sources.ts";
import { WrongValue } from "./values.ts";

/** What a command line asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | {
      readonly kind: "start";
      readonly options: BridgeOptions;
      /** Nobody asked for this network: another may be used where it does not work. */
      readonly isNetworkDefault: boolean;
      /** Whom to become once the port is open. */
      readonly user: string | undefined;
      /** Files and directories that others on this machine can get at, and should not: one sentence each. */
      readonly warnings: readonly string[];
      readonly logFormat: LogFormat;
      readonly logLevel: LogLevel;
    }
  /** Every mistake, one sentence each. */
  | { readonly kind: "errors"; readonly errors: readonly string[] };

/** The option that names the file; it cannot stand in the file itself. */
const CONFIG = "config";

const DEFAULT_HOST = "127.0.0.1";

/** Where settings come from. */
export interface Surroundings {
  readonly platform?: NodeJS.Platform;
  /** Whether a person reads the log as it comes: it is for them then, and not for a program. Default: no. */
  readonly isTerminal?: boolean;
  /** Default: the project's own folder. */
  readonly installation?: Installation;
  /** Reads a file of UTF-8 text. */
  readonly readFile?: (path: string) => string;
}

/** Reads the options of the command line, then the environment, then the file for those that are not there. */
export function parseCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  { platform = process.platform, isTerminal = false, installation = PROJECT, readFile = (path) => readFileSync(path, "utf8") }: Surroundings = {},
): CommandLine {
  const errors: string[] = [];
  const names = new Set([...Object.keys(OPTIONS), ...LIMIT_OPTIONS.keys()]);
  const { settings: given, commands } = readArguments(args, new Set([...names, CONFIG]), errors, installation.aboutWords);
  if (commands.has("help")) return { kind: "help" };
  if (commands.has("version")) return { kind: "version" };

  const variables = readEnvironment(environment, new Set([...names, CONFIG]), isRepeatable);
  const file = lastOf(CONFIG, given, errors) ?? lastOf(CONFIG, variables, errors);
  const sources = [given, variables, file === undefined ? new Map<string, Setting[]>() : readFileSettings(file, names, readFile, errors)];
  const values = new Values(sources, platform, errors);
  const limits = values.limits();
  const network = values.one("network");
  const storage = values.one("storage");
  const data = resolve(values.one("data") ?? installation.data.path);
  const metrics = values.many("metrics");
  const passwordFile = values.one("room-passwords");
  const lanRange = values.one("lan-range");
  const room = values.one("room");
  const options: BridgeOptions = {
    port: values.one("port") ?? DEFAULT_PORT,
    host: values.one("host") ?? DEFAULT_HOST,
    network: network ?? (platform === "linux" ? "lan" : "host"),
    ...(lanRange !== undefined && { lanRange }),
    allow: values.many("allow"),
    publicHosts: values.many("public-host"),
    embedOrigins: values.many("embed-origin"),
    ...(room !== undefined && { room }),
    ...(passwordFile !== undefined && {
      roomPasswords: readRoomPasswords({ value: passwordFile, source: values.sourceOf("room-passwords") }, readFile, errors),
    }),
    trustedProxies: values.many("trusted-proxy"),
    page: resolve(values.one("page") ?? installation.page.path),
    graceMs: values.one("grace") ?? DEFAULT_GRACE_MS,
    pingIntervalMs: values.one("ping-interval") ?? DEFAULT_PING_INTERVAL_MS,
    scripts: storage ?? { kind: "files", directory: data },
    scriptExpiryDays: values.one("script-expiry") ?? DEFAULT_SCRIPT_EXPIRY_DAYS,
    ...(metrics.length > 0 && { metricsReaders: metrics.filter((reader): reader is Cidr => reader !== "off") }),
    limits,
  };
  if (metrics.includes("off") && metrics.length > 1) errors.push(`${values.sourceOf("metrics")} is "off" and an address at the same time`);
  const user = values.one("user");
  const logFormat = values.one("log-format") ?? (isTerminal ? "text" : "json");
  const logLevel = values.one("log-level") ?? (isTerminal ? "warn" : "info");
  if (errors.length > 0) return { kind: "errors", errors };
  const warnings = [
    passwordFile === undefined ? undefined : openToOthers(passwordFile, "The file of room passwords", { mayGroup: true }),
    // The password of a Redis server stands in it.
    file === undefined || storage === undefined ? undefined : openToOthers(file.value, "The file of settings", { mayGroup: true }),
    storage === undefined ? openToOthers(data, "The directory of short links", { mayGroup: false }) : undefined,
  ].filter((warning) => warning !== undefined);
  return { kind: "start", options, isNetworkDefault: network === undefined, user, warnings, logFormat, logLevel };
}

function isRepeatable(name: string): boolean {
  return name in OPTIONS && OPTIONS[name as OptionName].isRepeatable;
}

function lastOf(name: string, settings: Settings, errors: string[]): Setting | undefined {
  const found = settings.get(name) ?? [];
  if (found.length > 1) errors.push(`--${name} is given ${found.length} times; once is enough`);
  return found.at(-1);
}

function readFileSettings({ value, source }: Setting, names: ReadonlySet<string>, readFile: (path: string) => string, errors: string[]): Settings {
  let text: string;
  try {
    text = readFile(value);
  } catch (error) {
    errors.push(`${source} is ${JSON.stringify(value)}, which cannot be read (${systemCode(error) || String(error)})`);
    return new Map();
  }
  return readConfigFile(value, text, names, isRepeatable, errors);
}

/** The values of options, from the first source that has them. */
class Values {
  readonly #sources: readonly Settings[];
  readonly #platform: NodeJS.Platform;
  readonly #errors: string[];

  constructor(sources: readonly Settings[], platform: NodeJS.Platform, errors: string[]) {
    this.#sources = sources;
    this.#platform = platform;
    this.#errors = errors;
  }

  /** The value of an option that may be given once; undefined when it is not there or wrong. */
  one<Name extends OptionName>(name: Name): OptionValue<Name> | undefined {
    return this.#read(name, OPTIONS[name].parse as Parse<OptionValue<Name>>, false).at(-1);
  }

  many<Name extends OptionName>(name: Name): OptionValue<Name>[] {
    return this.#read(name, OPTIONS[name].parse as Parse<OptionValue<Name>>, true);
  }

  limits(): Partial<BridgeLimits> {
    const limits: { -readonly [Limit in keyof BridgeLimits]?: number } = {};
    for (const [name, { limit, option }] of LIMIT_OPTIONS) {
      const value = this.#read(name, option.parse, false).at(-1);
      if (value !== undefined) limits[limit] = value;
    }
    return limits;
  }

  /** Where an option stands that is there. */
  sourceOf(name: OptionName): string {
    return this.#settings(name)[0]?.source ?? variableOf(name);
  }

  #settings(name: string): readonly Setting[] {
    return this.#sources.find((source) => source.has(name))?.get(name) ?? [];
  }

  #read<T>(name: string, parse: Parse<T>, mayRepeat: boolean): T[] {
    const settings = this.#settings(name);
    if (!mayRepeat && settings.length > 1) this.#errors.push(`--${name} is given ${settings.length} times; once is enough`);
    return settings.flatMap(({ value, source }) => {
      const parsed = parse(value, this.#platform);
      if (!(parsed instanceof WrongValue)) return [parsed];
      this.#errors.push(`${source} ${parsed.message}`);
      return [];
    });
  }
}

type Parse<T> = (text: string, platform: NodeJS.Platform) => T | WrongValue;
