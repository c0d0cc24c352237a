import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { cidr } from "../src/address/cidr.ts";
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
  ["an empty header", ["127.0.0.1"], "127.0.0.1", "", "127.0.0.1"],
  ["a name ends the search", ["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "1.1.1.1, unknown, 10.0.0.1", "10.0.0.1"],
  ["a port is no address", ["127.0.0.1"], "127.0.0.1", "10.0.0.1:80", "127.0.0.1"],
  ["octal is no address", ["127.0.0.1"], "127.0.0.1", "010.0.0.1", "127.0.0.1"],
  ["IPv6", ["::1"], "::1", "2001:DB8:0::1", "2001:db8::1"],
  ["IPv6 in brackets", ["::1"], "::1", "[2001:db8::1]", "2001:db8::1"],
  ["a mapped proxy and a mapped client", ["127.0.0.1"], "::ffff:127.0.0.1", "::ffff:10.0.0.1", "10.0.0.1"],
  ["a link-local neighbour", [], "fe80::1%eth0", undefined, "fe80::1"],
])("%s", (_what, proxies, remote, forwarded, client) => {
  expect(behind(...proxies).of(request(remote, forwarded === undefined ? {} : { "x-forwarded-for": forwarded }))).toBe(client);
});

test("what came through a proxy that is not trusted is known by its headers", () => {
  expect(behind().isForwarded(request("127.0.0.1"))).toBe(false);
  for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "via"]) expect(behind().isForwarded(request("127.0.0.1", { [name]: "x" })), name).toBe(true);
  expect(behind("127.0.0.1").isForwarded(request("127.0.0.1", { "x-forwarded-for": "10.0.0.1" }))).toBe(false);
});
