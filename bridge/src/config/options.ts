import { DEFAULT_SCRIPT_EXPIRY_DAYS } from "../limits.ts";
import { LOG_FORMATS } from "../log/log-writer.ts";
import { LOG_LEVELS } from "../log/log.ts";
import { DEFAULT_PORT } from "./default-port.ts";
import { many, one, type Option } from "./option.ts";
import {
  oneOf,
  parseAllow,
  parseEmbedOrigin,
  parseGrace,
  parseLanRange,
  parseListenAddress,
  parseMetricsReader,
  parseNetwork,
  parsePingInterval,
  parsePort,
  parsePublicHost,
  parseRange,
  parseRoom,
  parseScriptExpiry,
  parseStorage,
  parseUser,
} from "./values.ts";

const path = (text: string): string => text;

/** Everything that can be set, besides the limits: the help, the command line, the environment and the file all come from here. */
export const OPTIONS = {
  port: one({ placeholder: "NUMBER", help: "Port to listen on; 0 picks a free one", fallback: String(DEFAULT_PORT), parse: parsePort }),
  host: one({
    placeholder: "ADDRESS",
    help: "Address to listen on; 0.0.0.0 for all, so that other computers can open the page",
    fallback: "127.0.0.1",
    parse: parseListenAddress,
  }),
  "public-host": many({
    placeholder: "NAME",
    help: "A name or address, besides this machine's own, under which browsers reach the bridge, such as behind a proxy; with :PORT where that is neither the bridge's port, 80 nor 443",
    fallback: "none",
    parse: parsePublicHost,
  }),
  "embed-origin": many({
    placeholder: "ORIGIN",
    help: "A site whose pages may embed the playground and open sessions, such as https://tutorial.example",
    fallback: "none",
    parse: parseEmbedOrigin,
  }),
  "trusted-proxy": many({
    placeholder: "RANGE",
    help: "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; proxies alone, no clients",
    fallback: "none",
    parse: parseRange,
  }),
  network: one({
    placeholder: "lan|host",
    help: "lan: every room is a LAN on loopback, every page a machine with its own address (Linux); host: scripts share the addresses and ports of this machine",
    fallback: "lan on Linux, else host",
    parse: parseNetwork,
  }),
  "lan-range": one({
    placeholder: "RANGE",
    help: "With --network lan, the part of 127.0.0.0/8 that rooms are given; bridges on one machine need parts of their own",
    fallback: "127.0.0.0/8",
    parse: parseLanRange,
  }),
  allow: many({ placeholder: "TARGET", help: "What scripts may connect to outside their room", fallback: "nothing", parse: parseAllow }),
  room: one({
    placeholder: "NAME",
    help: "The room that the address of the page alone, /, leads to, so that a class needs no other link",
    fallback: "a new room for each visit, with a name that nobody guesses",
    parse: parseRoom,
  }),
  "room-passwords": one({
    placeholder: "FILE",
    help: 'A file of JSON with passwords of rooms by their names, such as {"lesson-7b": "…", "*": "…"}, where * is every other room; nobody in a room can change them',
    fallback: "none",
    parse: path,
  }),
  grace: one({
    placeholder: "SECONDS",
    help: "How long a program's connections and ports are kept after its page's WebSocket was cut; 0: not at all",
    fallback: "30",
    parse: parseGrace,
  }),
  "ping-interval": one({
    placeholder: "SECONDS",
    help: "Time between pings, which keep proxies from cutting silent WebSockets; three unanswered ones end one",
    fallback: "20",
    parse: parsePingInterval,
  }),
  data: one({ placeholder: "DIRECTORY", help: "Where the scripts of short links are kept", fallback: "data", parse: path }),
  storage: one({
    placeholder: "URL",
    help: "A Redis server to keep them in instead: redis://HOST:PORT",
    fallback: "none",
    parse: parseStorage,
  }),
  "script-expiry": one({
    placeholder: "DAYS",
    help: "How long a script is kept after its short link was last opened; 0: forever",
    fallback: String(DEFAULT_SCRIPT_EXPIRY_DAYS),
    parse: parseScriptExpiry,
  }),
  page: one({ placeholder: "DIRECTORY", help: "The built page", fallback: "web/dist", parse: path }),
  user: one({
    placeholder: "NAME",
    help: "A user without rights that a bridge started as root becomes once its port is open",
    fallback: "stays who it is, with a warning if that is root",
    parse: parseUser,
  }),
  metrics: many({
    placeholder: "RANGE|off",
    help: "Addresses that may read /metrics; off: nobody",
    fallback: "loopback",
    parse: parseMetricsReader,
  }),
  "log-format": one({
    placeholder: LOG_FORMATS.join("|"),
    help: "How the lines of the log on standard error are written",
    fallback: "json; text in a terminal",
    parse: oneOf(LOG_FORMATS),
  }),
  "log-level": one({
    placeholder: LOG_LEVELS.join("|"),
    help: "The least level that is logged",
    fallback: "info; warn in a terminal",
    parse: oneOf(LOG_LEVELS),
  }),
} as const;

/** The name of an option that is none of a limit. */
export type OptionName = keyof typeof OPTIONS;

/** What an option's values are. */
export type OptionValue<Name extends OptionName> = (typeof OPTIONS)[Name] extends Option<infer T> ? T : never;
