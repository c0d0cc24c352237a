import { networkInterfaces } from "node:os";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressFromBytes, parseIpAddress, parseTarget } from "@playground/tcp";
import { AllowList } from "../src/policy/allow-list.ts";
import { rules } from "./support/running-bridge.ts";

/** Whether a rule lets a connection to this address and port through; `name`: what the script called it. */
function opens(rule: string, address: string, port: number, name?: string): boolean {
  const parsed = parseIpAddress(address);
  if (parsed === undefined) throw new Error(`${address} is no address`);
  return new AllowList(rules(rule)).allows(parsed, port, name);
}

/** An IPv4 address at this place inside of an IPv6 address. */
function wrap(prefix: string, offset: number, four: Uint8Array): string {
  const all = parseIpAddress(prefix)?.bytes.slice() ?? new Uint8Array(16);
  all.set(four, offset);
  return addressFromBytes(all).text;
}

/** Whether a name would be looked up at all, for port 80. */
function mayOpen(rule: string): boolean {
  return new AllowList(rules(rule)).mayOpen("example.com", 80);
}

describe("a rule opens what lies in it, to the bit", () => {
  test.each([
    ["93.184.2.0/24:80", "93.184.2.255", 80, true],
    ["93.184.2.0/24:80", "192.0.3.0", 80, false],
    ["93.184.2.0/24:80", "93.184.2.1", 81, false],
    ["93.184.2.64/26", "93.184.2.127", 9, true],
    ["93.184.2.64/26", "93.184.2.128", 9, false],
    ["93.184.2.64/26", "93.184.2.63", 9, false],
    // The bits behind the slash do not count, whatever stands there.
    ["93.184.2.99/26", "93.184.2.64", 9, true],
    ["93.184.2.1", "93.184.2.1", 65_535, true],
    ["93.184.2.1", "93.184.2.3", 65_535, false],
    ["93.184.2.1:8000-8010", "93.184.2.1", 8_000, true],
    ["93.184.2.1:8000-8010", "93.184.2.1", 8_010, true],
    ["93.184.2.1:8000-8010", "93.184.2.1", 7_999, false],
    ["93.184.2.1:8000-8010", "93.184.2.1", 8_011, false],
    ["[2606:4700::/33]:443", "2606:4700:7fff::1", 443, true],
    ["[2606:4700::/33]:443", "2606:4700:8000::1", 443, false],
    ["[2606:4700::/33]:443", "2606:4700::1", 80, false],
    ["2606:4700:0:0::1", "2606:4700::1", 80, true],
    ["0.0.0.0/0", "8.8.8.1", 80, true],
    // The families are apart: all of IPv4 is nothing of IPv6, and the other way round.
    ["0.0.0.0/0", "2606:4700::1", 80, false],
    ["::/0", "8.8.8.1", 80, false],
    ["::/0", "2606:4700::1", 80, true],
    // Wrapped in IPv6, an IPv4 address stays what it is, in the rule and in what is asked for.
    ["8.8.8.0/24", "::ffff:8.8.8.1", 80, true],
    ["8.8.8.0/24", "::ffff:808:801", 80, true],
    ["::/0", "::ffff:8.8.8.1", 80, false],
    ["::ffff:8.8.8.0/120", "8.8.8.1", 80, true],
    ["::ffff:8.8.8.0/120", "8.8.9.1", 80, false],
  ])("--allow %s, %s port %i: %s", (rule, address, port, isOpen) => {
    expect(opens(rule, address, port)).toBe(isOpen);
  });
});

describe("neither a wide rule nor a name opens what leads into the machine, to its wire, into private networks or through a gateway; a rule inside of it does", () => {
  test.each([
    ["127.0.0.1", "127.0.0.0/8"],
    ["127.255.255.254", "127.255.0.0/16"],
    ["0.0.0.0", "0.0.0.0/8"],
    ["0.1.2.3", "0.1.2.3"],
    ["169.254.1.1", "169.254.0.0/16"],
    ["10.0.0.0", "10.0.0.0/8"],
    ["10.255.255.255", "10.255.0.0/16"],
    ["172.16.0.1", "172.16.0.0/12"],
    ["172.31.255.255", "172.31.255.255"],
    ["192.168.0.1", "192.168.0.0/16"],
    ["100.64.0.1", "100.64.0.0/10"],
    ["100.127.255.255", "100.127.0.0/16"],
    ["192.0.0.8", "192.0.0.0/24"],
    ["192.0.2.77", "192.0.2.0/24"],
    ["198.51.100.1", "198.51.100.0/24"],
    ["203.0.113.1", "203.0.113.0/24"],
    ["192.88.99.1", "192.88.99.0/24"],
    ["198.18.0.1", "198.18.0.0/15"],
    ["198.19.255.255", "198.19.0.0/16"],
    ["240.0.0.1", "240.0.0.0/4"],
    ["fc00::1", "fc00::/7"],
    ["fd12:3456:789a::1", "fd00::/8"],
    ["fec0::1", "fec0::/10"],
    ["2001:db8::1", "2001:db8::/32"],
    ["3fff::1", "3fff::/20"],
    ["100::1", "100::/64"],
    ["2001:2::1", "2001:2::/48"],
    ["2001:20::1", "2001:20::/28"],
    ["5f00::1", "5f00::/16"],
    ["4000::1", "4000::/3"],
    // Where clouds tell passwords: only the very address opens it.
    ["169.254.169.254", "169.254.169.254"],
    ["169.254.170.2", "169.254.170.2"],
    ["100.100.100.200", "100.100.100.200/32"],
    ["168.63.129.16", "168.63.129.16"],
    ["fd00:ec2::254", "fd00:ec2::254"],
    ["::ffff:169.254.169.254", "169.254.169.254"],
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
    for (const wide of ["0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1", "[::]/1", "[8000::]/1", "[::]/2"]) expect(opens(wide, address, 80), wide).toBe(false);
    expect(opens("example.com", address, 80, "example.com")).toBe(false);
    expect(opens(inner, address, 80)).toBe(true);
  });

  test.each([
    ["169.254.169.254", ["169.254.0.0/16", "169.254.169.0/24", "169.254.169.254/31"]],
    ["100.100.100.200", ["100.64.0.0/10", "100.100.100.0/24"]],
    ["fd00:ec2::254", ["fd00::/8", "fd00:ec2::/32"]],
    // The rule lies in another kind of range, or is wider than the one that is meant.
    ["10.1.2.3", ["8.0.0.0/6", "10.0.0.0/7"]],
    ["fd00::1", ["fc00::/6"]],
    // What is inside counts as well.
    ["64:ff9b::10.0.0.1", ["64:ff9b::/96", "64:ff9b::a00:0/104", "10.0.0.0/8"]],
    ["2002:a00:1::1", ["2002::/16", "2002:a00::/24", "10.0.0.0/8"]],
    ["2001:0:a00:1::", ["2001::/32", "2001::/23"]],
    ["2001:0:808:808::f5ff:fffe", ["2001::/32"]],
    ["64:ff9b:1:a00:0:100::", ["64:ff9b:1::/48"]],
    ["64:ff9b:1::10.0.0.1", ["64:ff9b:1::/48"]],
    ["::ffff:0:10.0.0.1", ["::ffff:0:0:0/96", "::/0"]],
    ["2606:4700::5efe:10.0.0.1", ["2606:4700::/32", "2606:4700::5efe:0:0/96"]],
    ["2606:4700::200:5efe:127.0.0.1", ["2606:4700::/32", "2606:4700::200:5efe:0:0/96"]],
  ])("%s is not opened by %s, but by its own address", (address, wider) => {
    for (const rule of wider) expect(opens(rule, address, 80), rule).toBe(false);
    expect(opens(address, address, 80)).toBe(true);
  });

  test.each([
    ["64:ff9b::8.8.8.1", "64:ff9b::/96"],
    ["64:ff9b:1::8.8.8.1", "64:ff9b:1::/48"],
    ["2002:808:801::1", "2002::/16"],
    ["2001:0:808:808::f7f7:f7f7", "2001::/32"],
    ["::8.8.8.1", "::/96"],
    ["::ffff:0:8.8.8.1", "::ffff:0:0:0/96"],
    ["2606:4700::5efe:8.8.8.8", "2606:4700::5efe:0:0/96"],
  ])("%s leads to an ordinary address through a gateway: %s opens it, and nothing wider", (address, rule) => {
    expect(opens(rule, address, 80)).toBe(true);
    expect(opens("::/0", address, 80)).toBe(false);
    expect(opens("2606:4700::/32", address, 80)).toBe(false);
    expect(opens("0.0.0.0/0", address, 80)).toBe(false);
    expect(opens("example.com", address, 80, "example.com")).toBe(false);
  });

  test.each([
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700::1111",
    "2400::1",
    "3ffe::1",
  ])("%s is an ordinary address", (address) => {
    expect(opens("0.0.0.0/0", address, 80) || opens("::/0", address, 80)).toBe(true);
    expect(opens("example.com", address, 80, "example.com")).toBe(true);
  });

  test("every address of 2000::/3 but the special ones is ordinary, every other of IPv6 is not, and what an embedding carries is never opened by less than itself", () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, (random) => {
        const { text } = addressFromBytes(random);
        if (!text.includes(":")) return;
        const isGlobal = (random[0] ?? 0) >> 5 === 1;
        if (!isGlobal) expect(opens("::/0", text, 80), text).toBe(false);
      }),
    );
    const inner = fc.uint8Array({ minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        inner,
        fc.constantFrom(["64:ff9b::", 12, "64:ff9b::/96"] as const, ["2002::", 2, "2002::/16"] as const, ["::ffff:0:0:0", 12, "::ffff:0:0:0/96"] as const),
        (four, [prefix, offset, rule]) => {
          const plain = addressFromBytes(four).text;
          // A wrapped address is open by its range just where the address itself is ordinary.
          expect(opens(rule, wrap(prefix, offset, four), 80), plain).toBe(opens("0.0.0.0/0", plain, 80));
          expect(opens("::/0", wrap(prefix, offset, four), 80)).toBe(false);
        },
      ),
    );
  });

  test("an address of this machine takes a rule of just that address, or host.zone.internal", () => {
    const own = Object.values(networkInterfaces())
      .flatMap((entries) => entries ?? [])
      .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
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
    expect(opens(rule, "8.8.8.1", 80, name)).toBe(isOpen);
    expect(opens(`${rule}:81`, "8.8.8.1", 80, name)).toBe(false);
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
    expect(["example.com", "example.com:80", "93.184.2.0/24", "::/0"].map(mayOpen)).toEqual([true, true, true, true]);
    expect(["other.example", "example.com:81", "93.184.2.0/24:81", "127.0.0.0/8", "host.zone.internal"].map(mayOpen)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe("spellings that some resolvers take for addresses are neither addresses nor names", () => {
  // All of them are 127.0.0.1 to inet_aton(3), or to a resolver that is careless.
  test.each([
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7F000001",
    "127.1",
    "127.0.1",
    "0177.0.0.1",
    "0177.1",
    "0x7f.0.0.1",
    "0x7f.1",
    "127.0.0.0x1",
    "127.0.0.01",
    "127.000.000.001",
    "127.0.0.1.",
    "0",
    "0x0",
    "00000000",
    "①27.0.0.1.5",
    "１２７.１",
    "127。1",
    "127.0.0.1%lo",
    "::1%lo",
    "[127.0.0.1",
    "::ffff:0177.0.0.1",
    "::ffff:127.1",
    "1.2.3.4.5",
    "256.0.0.1",
    "127.0.0.-1",
    "127.0.0.1:80",
    "127.0.0.1/8",
    " 127.0.0.1x",
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

  test.each([
    ["Example.COM.", "example.com"],
    ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
    ["0x7f.example", "0x7f.example"],
    ["1e3", "1e3"],
  ])("%s is the name %s", (text, name) => {
    expect(parseTarget(text)).toEqual({ kind: "name", name });
  });
});
