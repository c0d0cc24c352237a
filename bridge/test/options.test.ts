import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseCommandLine } from "../src/config/command-line.ts";
import { cidr } from "@playground/tcp";
import { DEFAULT_PORT } from "../src/config/default-port.ts";
import { SubnetPool } from "../src/network/subnet-pool.ts";
import { parseAllowRule } from "../src/policy/allow-rule.ts";
import { LIMIT_OPTIONS } from "../src/config/limit-options.ts";
import { variableOf } from "../src/config/option.ts";
import { OPTIONS } from "../src/config/options.ts";
import { helpText } from "../src/config/help.ts";

const read = (text: string, environment: Record<string, string> = {}, platform: NodeJS.Platform = "linux") =>
  parseCommandLine(text === "" ? [] : text.split(" "), environment, { platform });

test("defaults", () => {
  expect(read("")).toMatchObject({
    kind: "start",
    isNetworkDefault: true,
    options: { port: DEFAULT_PORT, host: "127.0.0.1", network: "lan", allow: [], publicHosts: [], graceMs: 30_000 },
  });
  expect(read("", {}, "darwin")).toMatchObject({ options: { network: "host" } });
});

test("what npm has left of options is answered with how to write them", () => {
  // `npm start --host 0.0.0.0`, and in PowerShell `npm start -- --host 0.0.0.0`, pass on just this.
  const command = read("0.0.0.0");
  expect(command).toMatchObject({
    kind: "errors",
    errors: [expect.stringContaining('"0.0.0.0" is not an option'), expect.stringContaining("npm start '--' --host 0.0.0.0")],
  });
});

test("an option that there is not is one mistake, with its value", () => {
  const unknown = ["--prot is not an option; --help lists them"];
  expect(read("--prot 80")).toEqual({ kind: "errors", errors: unknown });
  expect(read("--prot=80 --port 81")).toEqual({ kind: "errors", errors: unknown });
  expect(read("--prot 80 90")).toMatchObject({ errors: [...unknown, '"90" is not an option; --help lists them', expect.stringContaining("'--'")] });
});

const terminal = (args: string[]) => parseCommandLine(args, {}, { platform: "linux", isTerminal: true });

test("whoever reads the log in a terminal has sentences, and no lines about every page that goes", () => {
  expect(read("")).toMatchObject({ logFormat: "json", logLevel: "info" });
  expect(terminal([])).toMatchObject({ logFormat: "text", logLevel: "warn" });
  expect(terminal(["--log-format", "json", "--log-level", "debug"])).toMatchObject({ logFormat: "json", logLevel: "debug" });
});

test("options come before the environment", () => {
  const environment = {
    ZONE_PORT: "9000",
    ZONE_HOST: "0.0.0.0",
    ZONE_NETWORK: "host",
    ZONE_ALLOW: "a.example:80, 10.0.0.0/8",
    ZONE_PAGE: "/page",
    ZONE_PUBLIC_HOST: "x.example",
    ZONE_GRACE: "2.5",
  };
  expect(read("", environment)).toMatchObject({
    isNetworkDefault: false,
    options: {
      port: 9000,
      host: "0.0.0.0",
      network: "host",
      page: "/page",
      publicHosts: ["x.example"],
      graceMs: 2_500,
      allow: [{ text: "a.example:80" }, { text: "10.0.0.0/8" }],
    },
  });
  expect(read("--port 0 --host [::1] --allow b.example --allow=c.example --network=lan", environment)).toMatchObject({
    options: { port: 0, host: "::1", network: "lan", allow: [{ text: "b.example" }, { text: "c.example" }] },
  });
});

test("scripts are kept in files, or in Redis", () => {
  expect(read("")).toMatchObject({ options: { scripts: { kind: "files", directory: expect.stringMatching(/data$/) } } });
  expect(read("--data /var/zone")).toMatchObject({ options: { scripts: { kind: "files", directory: "/var/zone" } } });
  expect(read("", { ZONE_STORAGE: "rediss://user:secret@redis.example:6380/2" })).toMatchObject({
    options: { scripts: { kind: "redis", url: "rediss://user:secret@redis.example:6380/2" } },
  });
  for (const wrong of ["redis", "http://x", "redis://", "redis:// x"])
    expect(read("", { ZONE_STORAGE: wrong }), wrong).toEqual({ kind: "errors", errors: [expect.stringContaining(wrong)] });
  expect(JSON.stringify(read("--storage postgres://user:secret@x"))).not.toContain("secret");
});

test("sites that may embed are named by their origin", () => {
  expect(read("")).toMatchObject({ options: { embedOrigins: [] } });
  expect(read("--embed-origin HTTPS://Tutorial.Example:443/ --embed-origin http://[::1]:9000")).toMatchObject({
    options: { embedOrigins: ["https://tutorial.example", "http://[::1]:9000"] },
  });
  for (const wrong of [
    "*",
    "https://*.example",
    "tutorial.example",
    "null",
    "https://a.example/page",
    "https://a.example;b",
    "https://u:p@a.example",
    "ftp://a.example",
    "https://a.example,https://b.example",
  ]) {
    expect(read(`--embed-origin ${wrong}`), wrong).toEqual({ kind: "errors", errors: [expect.stringContaining(JSON.stringify(wrong))] });
  }
  expect(read("", { ZONE_EMBED_ORIGIN: "https://a.example, https://b.example" })).toMatchObject({
    options: { embedOrigins: ["https://a.example", "https://b.example"] },
  });
});

test("the room that / leads to is named as people write it", () => {
  expect(read("")).not.toHaveProperty("options.room");
  expect(read("--room Урок-7б")).toMatchObject({ options: { room: "urok-7b" } });
  expect(read("", { ZONE_ROOM: "lesson" })).toMatchObject({ options: { room: "lesson" } });
  for (const wrong of ["课", "a/b", "x".repeat(65)]) {
    expect(read(`--room ${wrong}`), wrong).toEqual({ kind: "errors", errors: [expect.stringContaining(`--room is ${JSON.stringify(wrong)}`)] });
  }
  expect(read("--room a --room b").kind).toBe("errors");
});

test("every mistake is listed and names the value", () => {
  const result = read("--port 70000 --host school --network mesh --allow a:b --allow 1.2.3 --public-host x:0 --page --wrong=1 extra --port 1 --help=x");
  expect(result.kind).toBe("errors");
  const errors = result.kind === "errors" ? result.errors : [];
  for (const value of ["school", "mesh", "a:b", "1.2.3", "x:0", "--page", "--wrong", "extra", "--port is given 2 times", "--help takes no value"]) {
    expect(
      errors.filter((error) => error.includes(value)),
      value,
    ).toHaveLength(1);
  }
  expect(read("--network lan", {}, "win32").kind).toBe("errors");
  for (const grace of ["-1", "x", "86401", "1e3"])
    expect(read(`--grace=${grace}`), grace).toEqual({ kind: "errors", errors: [expect.stringContaining(grace)] });
  expect(read("", { ZONE_PORT: "x" })).toEqual({ kind: "errors", errors: [expect.stringContaining('ZONE_PORT is "x"')] });
});

test("help and version win, and help names every option", () => {
  expect(read("--port x --help").kind).toBe("help");
  expect(read("-h").kind).toBe("help");
  expect(read("--version").kind).toBe("version");
  const help = helpText();
  for (const name of [...Object.keys(OPTIONS), ...LIMIT_OPTIONS.keys(), "config"]) {
    expect(help, name).toContain(`  --${name} `);
    expect(help, name).toContain(`(${variableOf(name)})`);
  }
});

test.each([
  ["example.com", "example.com", 1, 65_535],
  ["Example.COM.:80", "example.com", 80, 80],
  ["localhost:80", "host.zone.internal", 80, 80],
  ["10.1.2.3/8:8000-8010", "10.0.0.0/8", 8_000, 8_010],
  ["1.2.3.4", "1.2.3.4/32", 1, 65_535],
  ["::1", "::1/128", 1, 65_535],
  ["2001:db8::/32", "2001:db8::/32", 1, 65_535],
  ["[2001:db8::1]:443", "2001:db8::1/128", 443, 443],
  ["[2001:db8::1/32]:1-2", "2001:db8::/32", 1, 2],
  ["[::ffff:10.0.0.1]:80", "10.0.0.1/32", 80, 80],
  ["::ffff:10.1.0.0/104", "10.0.0.0/8", 1, 65_535],
])("%s is %s", (text, target, first, last) => {
  const rule = parseAllowRule(text);
  if (typeof rule === "string") throw new Error(rule);
  const { network, prefix } = rule.target.kind === "range" ? rule.target.range : { network: undefined, prefix: 0 };
  expect(rule.target.kind === "name" ? rule.target.name : `${network?.text}/${prefix}`).toBe(target);
  expect(rule.ports).toEqual({ first, last });
});

test.each([
  "",
  ":80",
  "a:0",
  "a:65536",
  "a:9-8",
  "a:1-",
  "a b",
  "1.2.3",
  "0x7f.1",
  "1.2.3.4/33",
  "1.2.3.4/-1",
  "a/8",
  "[::1",
  "::1]",
  "[::1]80",
  "[a]:80",
  "http://a",
  "a:80:90",
  "::/129",
])("%j cannot be allowed", (text) => {
  const rule = parseAllowRule(text);
  expect(typeof rule).toBe("string");
  expect(rule).toContain(JSON.stringify(text));
});

test("docs/deploy.md lists every option with its default", () => {
  const rows = readFileSync(new URL("../../docs/deploy.md", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `--"));
  const listed = new Map(rows.map((row) => [/^\| `--([a-z-]+)`/.exec(row)?.[1] ?? "", row]));
  const options = [...Object.entries(OPTIONS), ...[...LIMIT_OPTIONS].map(([name, { option }]) => [name, option] as const)];
  expect([...listed.keys()].toSorted()).toEqual([...options.map(([name]) => name), "config"].toSorted());
  for (const [name, { fallback }] of options) expect(listed.get(name), name).toContain(`| ${fallback} |`);
});

const withFile = (content: string, args: string[] = [], environment: Record<string, string> = {}) =>
  parseCommandLine(["--config", "zone.json", ...args], environment, { platform: "linux", readFile: (path) => (path === "zone.json" ? content : "") });

test("a file holds the same, below the environment, which is below the command line", () => {
  const file = JSON.stringify({
    port: 9_000,
    grace: "5",
    "ping-interval": 1.5,
    allow: ["a.example:80", "b.example"],
    "public-host": "x.example",
    "max-rooms": 7,
    "max-buffered-bytes": "64MiB",
    "trusted-proxy": ["127.0.0.1", "::1"],
    metrics: "off",
    "log-level": "warn",
  });
  expect(withFile(file)).toMatchObject({
    kind: "start",
    logLevel: "warn",
    logFormat: "json",
    options: {
      port: 9_000,
      graceMs: 5_000,
      pingIntervalMs: 1_500,
      allow: [{ text: "a.example:80" }, { text: "b.example" }],
      publicHosts: ["x.example"],
      limits: { rooms: 7, bufferedBytes: 64 * 1024 * 1024 },
      trustedProxies: [{ prefix: 32 }, { prefix: 128 }],
      metricsReaders: [],
    },
  });
  const environment = { ZONE_PORT: "9001", ZONE_GRACE: "6", ZONE_MAX_ROOMS: "8" };
  expect(withFile(file, ["--port", "9002"], environment)).toMatchObject({
    options: { port: 9_002, graceMs: 6_000, limits: { rooms: 8 }, publicHosts: ["x.example"] },
  });
  expect(
    parseCommandLine([], { ZONE_CONFIG: "other.json" }, { platform: "linux", readFile: (path) => (path === "other.json" ? '{"port":1}' : "") }),
  ).toMatchObject({ options: { port: 1 } });
});

test("every mistake of a file is listed with its key, together with those of other places", () => {
  const file = JSON.stringify({
    port: "x",
    prot: 1,
    host: ["127.0.0.1"],
    allow: [1, true],
    grace: "",
    network: null,
    "max-rooms": 0,
    config: "y",
    "lan-range": "127.0.0.0/24",
  });
  const result = withFile(file, ["--log-level", "loud"], { ZONE_PING_INTERVAL: "0" });
  const errors = result.kind === "errors" ? result.errors : [];
  expect(errors).toHaveLength(11);
  for (const key of ["port", "prot", "host", "allow", "grace", "network", "max-rooms", "config", "lan-range"])
    expect(
      errors.filter((error) => error.startsWith(`zone.json: "${key}" `)),
      key,
    ).toHaveLength(1);
  expect(errors.filter((error) => error.startsWith("--log-level ") || error.startsWith("ZONE_PING_INTERVAL "))).toHaveLength(2);
  for (const broken of ["", "[]", "null", '{"storage": redis://user:secret@x}']) {
    const { errors: list } = withFile(broken) as { errors: readonly string[] };
    expect(list, broken).toEqual([expect.stringMatching(/^zone\.json (is not JSON|has to hold)/)]);
    expect(list[0]).not.toContain("secret");
  }
  const missing = parseCommandLine(["--config=/nonexistent/zone.json", "--port=x"], {}, { platform: "linux" });
  expect(missing).toEqual({
    kind: "errors",
    errors: [expect.stringContaining('--config is "/nonexistent/zone.json", which cannot be read (ENOENT)'), expect.stringContaining("--port")],
  });
});

const withPasswords = (content: string) => parseCommandLine(["--room-passwords", "rooms.json", "--port=x"], {}, { platform: "linux", readFile: () => content });

test("passwords of rooms are read from a file, and every mistake in it is listed without a password", () => {
  const file = JSON.stringify({ "lesson-7b": "пароль", "*": "for all others" });
  const environment = { ZONE_ROOM_PASSWORDS: "rooms.json" };
  const result = parseCommandLine([], environment, { platform: "linux", readFile: (path) => (path === "rooms.json" ? file : "") });
  expect(result).toMatchObject({
    kind: "start",
    options: {
      roomPasswords: new Map([
        ["lesson-7b", "пароль"],
        ["*", "for all others"],
      ]),
    },
  });
  const wrong = withPasswords(
    JSON.stringify({ "a/b": "hidden", good: "hidden", short: "hid", none: "", number: 123_456_789, list: ["hidden"], long: `hidden${"x".repeat(192)}` }),
  );
  const errors = wrong.kind === "errors" ? wrong.errors : [];
  expect(errors).toHaveLength(7);
  for (const room of ["a/b", "short", "none", "number", "list", "long"])
    expect(
      errors.filter((error) => error.startsWith(`rooms.json: "${room}" `)),
      room,
    ).toHaveLength(1);
  expect(errors.join(" ")).not.toMatch(/hid|1234/);
  for (const broken of ["", "[]", '"hidden"', '{"a": "hidden}', "hidden"]) {
    const { errors: list } = withPasswords(broken) as { errors: readonly string[] };
    expect(list, broken).toEqual([expect.stringContaining("--port"), expect.stringMatching(/^rooms\.json (is not JSON|has to hold)/)]);
    expect(list[1]).not.toContain("hidden");
  }
  expect(read("--room-passwords /nonexistent/rooms.json")).toEqual({
    kind: "errors",
    errors: [expect.stringContaining('--room-passwords is "/nonexistent/rooms.json", which cannot be read (ENOENT)')],
  });
});

test.each([
  ["max-buffered-bytes", "1MiB", 1_048_576],
  ["max-buffered-bytes", "2GiB", 2_147_483_648],
  ["max-bytes-per-second", "0", 0],
  ["max-bytes-per-second", "64KiB", 65_536],
  ["max-rooms", "1", 1],
])("--%s %s", (name, text, value) => {
  const result = read(`--${name} ${text}`);
  const limit = LIMIT_OPTIONS.get(name)?.limit ?? "rooms";
  expect(result).toMatchObject({ kind: "start", options: { limits: { [limit]: value } } });
});

test.each([
  ["max-buffered-bytes", "0"],
  ["max-buffered-bytes", "1MB"],
  ["max-bytes-per-second", "1"],
  ["max-rooms", "1KiB"],
  ["max-rooms", "-1"],
  ["max-rooms", "65001"],
  ["max-machines-per-room", "255"],
  ["max-rooms", "1e3"],
])("--%s %s is refused", (name, text) => {
  expect(read(`--${name}=${text}`)).toEqual({ kind: "errors", errors: [expect.stringMatching(new RegExp(`^--${name} is "${text}"; it takes `))] });
});

/** The first address of each of 200 rooms. */
const addresses = (range?: string): (string | undefined)[] => {
  const pool = new SubnetPool(range === undefined ? undefined : cidr(range));
  return Array.from({ length: 200 }, (_, i) => pool.take(`room ${i}`)?.take());
};

test("rooms are given addresses of the range that is set, never the machine's own", () => {
  expect(addresses().every((address) => /^127\.([1-9]\d*)\.\d+\.1$/.test(address ?? ""))).toBe(true);
  expect(addresses("127.64.0.0/10").every((address) => Number(address?.split(".")[1]) >= 64 && Number(address?.split(".")[1]) < 128)).toBe(true);
  expect(addresses("127.9.8.0/24").filter((address) => address !== undefined)).toEqual(["127.9.8.1"]);
});
