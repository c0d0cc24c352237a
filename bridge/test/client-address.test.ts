import type { IncomingMessage } from "node:http";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cidr, parseIpAddress } from "@playground/tcp";
import { ClientAddresses } from "../src/http/client-address.ts";

const request = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage => ({ socket: { remoteAddress }, headers }) as never;
const behind = (...proxies: string[]) => new ClientAddresses(proxies.map(cidr));

test.each([
  ["nobody is trusted", [], "192.0.2.1", "10.0.0.1", "192.0.2.1"],
  ["a proxy that is trusted names the client", ["127.0.0.1"], "127.0.0.1", "10.0.0.1", "10.0.0.1"],
  ["what the client itself says stands to the left", ["127.0.0.1"], "127.0.0.1", "1.1.1.1, 10.0.0.1", "10.0.0.1"],
  ["two proxies", ["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "1.1.1.1, 192.0.2.7, 10.3.2.1", "192.0.2.7"],
  ["only proxies", ["127.0.0.0/8"], "127.0.0.1", "127.0.0.3, 127.0.0.2", "127.0.0.3"],
  ["someone else than the proxy", ["127.0.0.1"], "192.0.2.1", "10.0.0.1", "192.0.2.1"],
  ["no header", ["127.0.0.1"], "127.0.0.1", undefined, "127.0.0.1"],
  ["a port", ["127.0.0.1"], "127.0.0.1", "10.0.0.1:80", "10.0.0.1"],
  ["a port, and what the client itself says", ["127.0.0.1"], "127.0.0.1", "127.0.0.1:1, 10.0.0.1:65535", "10.0.0.1"],
  ["a port of IPv6", ["127.0.0.1"], "127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"],
  ["an IPv6 address that ends like a port", ["127.0.0.1"], "127.0.0.1", "2001:db8::1:443", "2001:db8::1:443"],
  ["a port of a mapped address", ["127.0.0.1"], "127.0.0.1", "[::ffff:10.0.0.1]:443", "10.0.0.1"],
  ["spaces and tabs", ["127.0.0.1"], "127.0.0.1", "1.1.1.1 , \t10.0.0.1\t ", "10.0.0.1"],
  ["two proxies with ports", ["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "1.1.1.1:1, 192.0.2.7:2, 10.3.2.1:3", "192.0.2.7"],
  ["what someone else than the proxy says is not read", ["127.0.0.1"], "192.0.2.1", "gar bage", "192.0.2.1"],
  ["IPv6", ["::1"], "::1", "2001:DB8:0::1", "2001:db8::1"],
  ["IPv6 in brackets", ["::1"], "::1", "[2001:db8::1]", "2001:db8::1"],
  ["a mapped proxy and a mapped client", ["127.0.0.1"], "::ffff:127.0.0.1", "::ffff:10.0.0.1", "10.0.0.1"],
  ["a link-local neighbour", [], "fe80::1%eth0", undefined, "fe80::1"],
])("%s", (_what, proxies, remote, forwarded, client) => {
  expect(behind(...proxies).of(request(remote, forwarded === undefined ? {} : { "x-forwarded-for": forwarded }))).toBe(client);
});

test.each([
  "",
  " ",
  ",",
  "10.0.0.1,",
  "10.0.0.1, ",
  "unknown",
  "_hidden",
  "_SEVKISEK:80",
  "10.0.0.1, unknown",
  "localhost",
  "010.0.0.1",
  "10.0.1",
  "2130706433",
  "10.0.0.1:",
  "10.0.0.1:0",
  "10.0.0.1:65536",
  "10.0.0.1:http",
  "10.0.0.1:80:80",
  "10.0.0.1/32",
  "[10.0.0.1]",
  "[10.0.0.1]:80",
  "[2001:db8::1",
  "2001:db8::1]",
  "[2001:db8::1]443",
  "[2001:db8::1%eth0]",
  '"10.0.0.1"',
  "for=10.0.0.1",
  "10.0.0.1;proto=https",
  "1.2.3.4 5.6.7.8",
  "127.0.0.1\u00a0x",
  "a".repeat(10_000),
  "1".repeat(10_000),
  ":".repeat(10_000),
])("a trusted proxy that says %j names nobody, and least of all itself", (header) => {
  expect(behind("127.0.0.1").of(request("127.0.0.1", { "x-forwarded-for": header }))).toBe("unknown");
});

test("what a proxy says in the middle that cannot be read ends the search with nobody", () => {
  expect(behind("127.0.0.1", "10.0.0.0/8").of(request("127.0.0.1", { "x-forwarded-for": "1.1.1.1, unknown, 10.0.0.1" }))).toBe("unknown");
});

test.each(["forwarded", "x-real-ip", "via", "x-forwarded-proto", "x-forwarded-host"])(
  "a trusted proxy that names the client in no way that is believed, but says %s, is not the client",
  (name) => {
    expect(behind("127.0.0.1").of(request("127.0.0.1", { [name]: "for=10.0.0.1" }))).toBe("unknown");
    expect(behind("127.0.0.1").of(request("192.0.2.1", { [name]: "for=10.0.0.1" }))).toBe("192.0.2.1");
    expect(behind("127.0.0.1").of(request("127.0.0.1", { [name]: "for=10.0.0.1", "x-forwarded-for": "10.0.0.2" }))).toBe("10.0.0.2");
  },
);

test("every address that a proxy can write is read, with a port and without", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.integer({ min: 1, max: 65_535 }), (address, port) => {
      const known = parseIpAddress(address);
      if (known === undefined) return;
      if (known.text === "127.0.0.1") return;
      for (const text of [address, address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`]) {
        expect(behind("127.0.0.1").of(request("127.0.0.1", { "x-forwarded-for": text }))).toBe(known.text);
      }
    }),
  );
});

test("whatever a header says, the client is an address or nobody, and never the proxy", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."0123456789abf:.[], %x"), maxLength: 60 }), (header) => {
      const client = behind("127.0.0.1").of(request("127.0.0.1", { "x-forwarded-for": header }));
      if (client !== "unknown") expect(parseIpAddress(client)?.text).toBe(client);
      if (!header.includes("127.0.0.1") && !/7f00:0*1|:ffff:/i.test(header)) expect(client).not.toBe("127.0.0.1");
    }),
  );
});

test.each([
  ["https", "https"],
  ["http", "http"],
  [" HTTPS ", "https"],
  ["wss", "https"],
  ["ws", "http"],
  ["https, http", "https"],
  ["http,https", "http"],
  ["", "unreadable"],
  ["on", "unreadable"],
  ["https;q", "unreadable"],
])("a trusted proxy that tells the scheme %j: %s", (header, scheme) => {
  expect(behind("127.0.0.1").schemeOf(request("127.0.0.1", { "x-forwarded-proto": header }))).toBe(scheme);
  expect(behind("127.0.0.1").schemeOf(request("192.0.2.1", { "x-forwarded-proto": header }))).toBeUndefined();
});

test("what came through a proxy that is not trusted is known by its headers", () => {
  expect(behind().isForwarded(request("127.0.0.1"))).toBe(false);
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"]) expect(behind().isForwarded(request("127.0.0.1", { [name]: "x" })), name).toBe(true);
  expect(behind("127.0.0.1").isForwarded(request("127.0.0.1", { "x-forwarded-for": "10.0.0.1" }))).toBe(false);
});
