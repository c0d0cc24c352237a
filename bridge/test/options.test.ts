import { expect, test } from "vitest";
import { parseCommandLine } from "../src/config/command-line.ts";
import { parseAllowRule } from "../src/policy/allow-rule.ts";
import { HELP } from "../src/config/help.ts";

const read = (text: string, environment: Record<string, string> = {}, platform: NodeJS.Platform = "linux") =>
  parseCommandLine(text === "" ? [] : text.split(" "), environment, { platform });

test("defaults", () => {
  expect(read("")).toMatchObject({ kind: "start", isNetworkDefault: true, options: { port: 8080, host: "127.0.0.1", network: "lan", allow: [], publicHosts: [], graceMs: 30_000 } });
  expect(read("", {}, "darwin")).toMatchObject({ options: { network: "host" } });
});

test("options come before the environment", () => {
  const environment = { ZONE_PORT: "9000", ZONE_HOST: "0.0.0.0", ZONE_NETWORK: "host", ZONE_ALLOW: "a.example:80, 10.0.0.0/8", ZONE_PAGE: "/page", ZONE_PUBLIC_HOST: "x.example", ZONE_GRACE: "2.5" };
  expect(read("", environment)).toMatchObject({ isNetworkDefault: false, options: { port: 9000, host: "0.0.0.0", network: "host", page: "/page", publicHosts: ["x.example"], graceMs: 2_500, allow: [{ text: "a.example:80" }, { text: "10.0.0.0/8" }] } });
  expect(read("--port 0 --host [::1] --allow b.example --allow=c.example --network=lan", environment)).toMatchObject({ options: { port: 0, host: "::1", network: "lan", allow: [{ text: "b.example" }, { text: "c.example" }] } });
});

test("scripts are kept in files, or in Redis", () => {
  expect(read("")).toMatchObject({ options: { scripts: { kind: "files", directory: expect.stringMatching(/data$/) } } });
  expect(read("--data /var/zone")).toMatchObject({ options: { scripts: { kind: "files", directory: "/var/zone" } } });
  expect(read("", { ZONE_STORAGE: "rediss://user:secret@redis.example:6380/2" })).toMatchObject({ options: { scripts: { kind: "redis", url: "rediss://user:secret@redis.example:6380/2" } } });
  for (const wrong of ["redis", "http://x", "redis://", "redis:// x"]) expect(read("", { ZONE_STORAGE: wrong }), wrong).toEqual({ kind: "errors", errors: [expect.stringContaining(wrong)] });
  expect(JSON.stringify(read("--storage postgres://user:secret@x"))).not.toContain("secret");
});

test("sites that may embed are named by their origin", () => {
  expect(read("")).toMatchObject({ options: { embedOrigins: [] } });
  expect(read("--embed-origin HTTPS://Tutorial.Example:443/ --embed-origin http://[::1]:9000")).toMatchObject({ options: { embedOrigins: ["https://tutorial.example", "http://[::1]:9000"] } });
  for (const wrong of ["*", "https://*.example", "tutorial.example", "null", "https://a.example/page", "https://a.example;b", "https://u:p@a.example", "ftp://a.example", "https://a.example,https://b.example"]) {
    expect(read(`--embed-origin ${wrong}`), wrong).toEqual({ kind: "errors", errors: [expect.stringContaining(JSON.stringify(wrong))] });
  }
  expect(read("", { ZONE_EMBED_ORIGIN: "https://a.example, https://b.example" })).toMatchObject({ options: { embedOrigins: ["https://a.example", "https://b.example"] } });
});

test("every mistake is listed and names the value", () => {
  const result = read("--port 70000 --host school --network mesh --allow a:b --allow 1.2.3 --public-host x:1 --page --wrong=1 extra --port 1 --help=x");
  expect(result.kind).toBe("errors");
  const errors = result.kind === "errors" ? result.errors : [];
  for (const value of ["school", "mesh", "a:b", "1.2.3", "x:1", "--page", "--wrong", "extra", "--port is given 2 times", "--help takes no value"]) {
    expect(errors.filter((error) => error.includes(value)), value).toHaveLength(1);
  }
  expect(read("--network lan", {}, "win32").kind).toBe("errors");
  for (const grace of ["-1", "x", "86401", "1e3"]) expect(read(`--grace=${grace}`), grace).toEqual({ kind: "errors", errors: [expect.stringContaining(grace)] });
  expect(read("", { ZONE_PORT: "x" })).toEqual({ kind: "errors", errors: [expect.stringContaining('ZONE_PORT is "x"')] });
});

test("help and version win, and help names every option", () => {
  expect(read("--port x --help").kind).toBe("help");
  expect(read("-h").kind).toBe("help");
  expect(read("--version").kind).toBe("version");
  for (const word of ["--port", "--host", "--public-host", "--embed-origin", "ZONE_EMBED_ORIGIN", "--network", "--allow", "--page", "--grace", "--data", "--storage", "ZONE_GRACE", "ZONE_DATA", "ZONE_STORAGE", "ZONE_PORT", "ZONE_HOST", "ZONE_PUBLIC_HOST", "ZONE_NETWORK", "ZONE_ALLOW", "ZONE_PAGE"]) expect(HELP).toContain(word);
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

test.each(["", ":80", "a:0", "a:65536", "a:9-8", "a:1-", "a b", "1.2.3", "0x7f.1", "1.2.3.4/33", "1.2.3.4/-1", "a/8", "[::1", "::1]", "[::1]80", "[a]:80", "http://a", "a:80:90", "::/129"])(
  "%j cannot be allowed",
  (text) => {
    const rule = parseAllowRule(text);
    expect(typeof rule).toBe("string");
    expect(rule).toContain(JSON.stringify(text));
  },
);
