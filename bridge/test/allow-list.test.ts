import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { parseIpAddress } from "../src/address/ip-address.ts";
import { parseTarget } from "../src/address/target.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { rules } from "./support/running-bridge.ts";

/** Whether a rule lets a connection to this address and port through; `name`: what the script called it. */
function opens(rule: string, address: string, port: number, name?: string): boolean {
  const parsed = parseIpAddress(address);
  if (parsed === undefined) throw new Error(`${address} is no address`);
  return new AllowList(rules(rule)).allows(parsed, port, name);
}

/** Whether a name would be looked up at all, for port 80. */
function mayOpen(rule: string): boolean {
  return new AllowList(rules(rule)).mayOpen("example.com", 80);
}

describe("a rule opens what lies in it, to the bit", () => {
  test.each([
    ["192.0.2.0/24:80", "192.0.2.255", 80, true],
    ["192.0.2.0/24:80", "192.0.3.0", 80, false],
    ["192.0.2.0/24:80", "192.0.2.1", 81, false],
    ["192.0.2.64/26", "192.0.2.127", 9, true],
    ["192.0.2.64/26", "192.0.2.128", 9, false],
    ["192.0.2.64/26", "192.0.2.63", 9, false],
    // The bits behind the slash do not count, whatever stands there.
    ["192.0.2.99/26", "192.0.2.64", 9, true],
    ["192.0.2.1", "192.0.2.1", 65_535, true],
    ["192.0.2.1", "192.0.2.3", 65_535, false],
    ["192.0.2.1:8000-8010", "192.0.2.1", 8_000, true],
    ["192.0.2.1:8000-8010", "192.0.2.1", 8_010, true],
    ["192.0.2.1:8000-8010", "192.0.2.1", 7_999, false],
    ["192.0.2.1:8000-8010", "192.0.2.1", 8_011, false],
    ["[2001:db8::/33]:443", "2001:db8:7fff::1", 443, true],
    ["[2001:db8::/33]:443", "2001:db8:8000::1", 443, false],
    ["[2001:db8::/33]:443", "2001:db8::1", 80, false],
    ["2001:DB8:0:0::1", "2001:db8::1", 80, true],
    ["0.0.0.0/0", "198.51.100.1", 80, true],
    // The families are apart: all of IPv4 is nothing of IPv6, and the other way round.
    ["0.0.0.0/0", "2001:db8::1", 80, false],
    ["::/0", "198.51.100.1", 80, false],
    ["::/0", "2001:db8::1", 80, true],
    // Wrapped in IPv6, an IPv4 address stays what it is, in the rule and in what is asked for.
    ["198.51.100.0/24", "::ffff:198.51.100.1", 80, true],
    ["198.51.100.0/24", "::ffff:c633:6401", 80, true],
    ["::/0", "::ffff:198.51.100.1", 80, false],
    ["::ffff:198.51.100.0/120", "198.51.100.1", 80, true],
    ["::ffff:198.51.100.0/120", "198.51.101.1", 80, false],
  ])("--allow %s, %s port %i: %s", (rule, address, port, isOpen) => {
    expect(opens(rule, address, port)).toBe(isOpen);
  });
});

describe("a wide rule opens nothing that leads back into the machine or to its wire; one inside it does", () => {
  test.each([
    ["127.0.0.1", "127.0.0.0/8"],
    ["127.255.255.254", "127.255.0.0/16"],
    ["0.0.0.0", "0.0.0.0/8"],
    ["0.1.2.3", "0.1.2.3"],
    ["169.254.169.254", "169.254.0.0/16"],
    ["224.0.0.251", "224.0.0.0/4"],
    ["239.255.255.250", "239.255.255.250"],
    ["255.255.255.255", "255.255.255.255"],
    ["::1", "::1"],
    ["::", "::"],
    ["fe80::1", "fe80::/10"],
    ["febf::1", "febf::/16"],
    ["ff02::fb", "ff02::/16"],
    ["::ffff:127.0.0.1", "127.0.0.1"],
    ["::ffff:0.0.0.0", "0.0.0.0"],
    // IPv4 inside IPv6 that a gateway may unwrap: only the very address opens it.
    ["::127.0.0.1", "::127.0.0.1"],
    ["64:ff9b::127.0.0.1", "64:ff9b::7f00:1"],
    ["64:ff9b::169.254.169.254", "64:ff9b::a9fe:a9fe"],
    ["2002:7f00:1::", "2002:7f00:1::"],
    ["2002:a9fe:a9fe::1", "2002:a9fe:a9fe::1"],
  ])("%s by %s", (address, inner) => {
    for (const wide of ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "[::]/1", "[8000::]/1"]) expect(opens(wide, address, 80), wide).toBe(false);
    expect(opens("example.com", address, 80, "example.com")).toBe(false);
    expect(opens(inner, address, 80)).toBe(true);
  });

  test.each(["64:ff9b::198.51.100.1", "2002:c633:6401::1"])("%s leads elsewhere, and is as any other", (address) => {
    expect(opens("::/0", address, 80)).toBe(true);
  });

  test("an address of this machine takes a rule of just that address, or host.zone.internal", () => {
    const own = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []).find(({ family, internal }) => family === "IPv4" && !internal)?.address;
    if (own === undefined) throw new Error("this machine has no address but loopback");
    expect(opens("0.0.0.0/0", own, 80)).toBe(false);
    expect(opens(`${own}/31`, own, 80)).toBe(false);
    expect(opens("example.com", own, 80, "example.com")).toBe(false);
    expect(opens(own, own, 80)).toBe(true);
    expect(opens("host.zone.internal", own, 80)).toBe(true);
    expect(opens("localhost:80", own, 81)).toBe(false);
  });
});

describe("a name opens the addresses found under it, and nothing else", () => {
  test.each([
    ["example.com", "example.com", true],
    ["EXAMPLE.com.", "example.com", true],
    ["example.com", "www.example.com", false],
    ["example.com", "notexample.com", false],
    ["www.example.com", "example.com", false],
    ["example.com", undefined, false],
  ])("--allow %s, asked for %s: %s", (rule, name, isOpen) => {
    expect(opens(rule, "198.51.100.1", 80, name)).toBe(isOpen);
    expect(opens(`${rule}:81`, "198.51.100.1", 80, name)).toBe(false);
  });

  test.each([
    ["host.zone.internal:80", true],
    ["localhost", true],
    ["127.0.0.1:80", true],
    ["127.0.0.0/8", true],
    ["127.0.0.0/16:80", true],
    ["127.0.0.2", false],
    ["127.0.0.1:81", false],
    ["0.0.0.0/0", false],
    ["64.0.0.0/2", false],
    ["::1", false],
    ["example.com", false],
  ])("the bridge's own machine, by --allow %s: %s", (rule, isOpen) => {
    expect(new AllowList(rules(rule)).allowsHostMachine(80)).toBe(isOpen);
  });

  test("nobody is asked for a name that no rule could open", () => {
    expect(["example.com", "example.com:80", "192.0.2.0/24", "::/0"].map(mayOpen)).toEqual([true, true, true, true]);
    expect(["other.example", "example.com:81", "192.0.2.0/24:81", "127.0.0.0/8", "host.zone.internal"].map(mayOpen)).toEqual([false, false, false, false, false]);
  });
});

describe("spellings that some resolvers take for addresses are neither addresses nor names", () => {
  // All of them are 127.0.0.1 to inet_aton(3), or to a resolver that is careless.
  test.each([
    "2130706433", "017700000001", "0x7f000001", "0x7F000001", "127.1", "127.0.1", "0177.0.0.1", "0177.1", "0x7f.0.0.1", "0x7f.1", "127.0.0.0x1", "127.0.0.01", "127.000.000.001",
    "127.0.0.1.", "0", "0x0", "00000000", "①27.0.0.1.5", "１２７.１", "127。1", "127.0.0.1%lo", "::1%lo", "[127.0.0.1", "::ffff:0177.0.0.1", "::ffff:127.1", "1.2.3.4.5", "256.0.0.1", "127.0.0.-1", "127.0.0.1:80", "127.0.0.1/8", " 127.0.0.1x",
  ])("%s", (text) => {
    expect(parseTarget(text)).toBeUndefined();
  });

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["[::1]", "::1"],
    ["0:0:0:0:0:0:0:1", "::1"],
    ["::FFFF:127.0.0.1", "127.0.0.1"],
    ["::ffff:7f00:1", "127.0.0.1"],
    ["[0:0:0:0:0:ffff:7f00:0001]", "127.0.0.1"],
  ])("%s is %s", (text, address) => {
    expect(parseTarget(text)).toMatchObject({ kind: "address", address: { text: address } });
  });

  test.each([["Example.COM.", "example.com"], ["пример.рф", "xn--e1afmkfd.xn--p1ai"], ["0x7f.example", "0x7f.example"], ["1e3", "1e3"]])("%s is the name %s", (text, name) => {
    expect(parseTarget(text)).toEqual({ kind: "name", name });
  });
});
