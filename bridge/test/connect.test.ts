import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { CONNECT_TIMEOUT_MS, MAX_ADDRESSES_TRIED } from "@playground/tcp";
import { runBridge, rules, until } from "./support/running-bridge.ts";
import { silentServer } from "./support/silent-server.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const isLinux = process.platform === "linux";

/** An address of this machine that is no loopback address. */
function otherOwnAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const found = all.find(({ family, internal }) => family === "IPv4" && !internal);
  if (found === undefined) throw new Error("this machine has no address but loopback");
  return found.address;
}

describe.runIf(isLinux)("connecting from a LAN room", () => {
  test("the bridge's own machine is closed, whatever it is called", async () => {
    const bridge = await runBridge();
    const client = new ZoneClient(bridge);
    const { sockets, port } = await tcpServer(() => {}, "0.0.0.0");
    const { address } = await client.ready;
    // The service listens on 0.0.0.0, so the kernel would connect every one of these to it.
    for (const host of ["127.0.0.1", "localhost", "a.localhost", "0.0.0.0", "::1", "::", "::ffff:127.0.0.1", address]) {
      expect(await client.refusal(host, port), host).toEqual({
        code: "connection-refused",
        message: expect.stringContaining("no program in this room listens there"),
      });
    }
    for (const host of ["host.zone.internal", "HOST.zone.internal.", "127.0.0.2", "::ffff:127.0.0.5"]) {
      expect((await client.refusal(host, port)).code, host).toBe("not-allowed");
    }
    for (const host of ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "127.0.0.01", "1.2.3.4.5", "fe80::1%lo", "a b", "１２７.１", "[::1", "-x.example"]) {
      expect((await client.refusal(host, port)).code, host).toBe("invalid-address");
    }
    expect(sockets.size).toBe(0);
  });

  test("rooms cannot reach each other, nor unused addresses of their own", async () => {
    const bridge = await runBridge({ allow: rules("0.0.0.0/0", "127.0.0.0/8", "[::]/0") });
    const [one, two] = [new ZoneClient(bridge, { room: "one" }), new ZoneClient(bridge, { room: "two" })];
    const { bound } = await one.listen(0);
    const own = (await two.ready).address;
    expect((await two.refusal(bound.address, bound.port)).code).toBe("not-allowed");
    expect((await two.refusal(`::ffff:${bound.address}`, bound.port)).code).toBe("not-allowed");
    expect((await two.refusal(own.replace(/\d+$/, "77"), bound.port)).code).toBe("host-unreachable");
  });

  test("host.zone.internal opens by any of its names, at the allowed port only, and sees the machine's address", async () => {
    const seen: (string | undefined)[] = [];
    const { port } = await tcpServer((socket) => seen.push(socket.remoteAddress));
    for (const name of ["host.zone.internal", "127.0.0.1", "localhost", "127.0.0.0/8"]) {
      const bridge = await runBridge({ allow: rules(`${name}:${port}`) });
      const client = new ZoneClient(bridge);
      const { stream } = await client.connect("host.zone.internal", port);
      expect(stream.remote).toEqual({ address: "127.0.0.1", port });
      expect(seen.pop(), name).toBe((await client.ready).address);
      expect((await client.refusal("host.zone.internal", port === 65_535 ? 1 : port + 1)).code).toBe("not-allowed");
      // In a script this is its own machine, always.
      expect((await client.refusal("127.0.0.1", port)).code).toBe("connection-refused");
    }
  });
});

describe("connecting outside", () => {
  test("what is not allowed names the option that would allow it, and asks no resolver", async () => {
    const bridge = await runBridge({ network: "host", allow: rules("other.example:80", "host.zone.internal:9") });
    const client = new ZoneClient(bridge);
    expect(await client.refusal("example.com", 80)).toEqual({ code: "not-allowed", message: expect.stringContaining("--allow example.com:80") });
    expect(await client.refusal("2001:DB8::1", 443)).toEqual({ code: "not-allowed", message: expect.stringContaining("--allow [2001:db8::1]:443") });
    expect((await client.refusal("other.example", 81)).code).toBe("not-allowed");
    expect((await client.refusal("169.254.169.254", 80)).message).toContain("a link-local address");
  });

  test("an unknown host, a refused connection and a host that cannot be reached are told apart", async () => {
    const { server, port } = await tcpServer(() => {});
    await new Promise((resolve) => void server.close(resolve));
    const bridge = await runBridge({ network: "host", allow: rules("no-such-host.invalid", `host.zone.internal:${port}`) });
    const client = new ZoneClient(bridge);
    expect((await client.refusal("no-such-host.invalid", 80)).code).toBe("unknown-host");
    expect((await client.refusal("nosuchhost", 80)).code).toBe("unknown-host");
    expect((await client.refusal("pc-7.zone.internal", 80)).code).toBe("unknown-host");
    expect((await client.refusal("host.zone.internal", port)).code).toBe("connection-refused");
    expect(bridge.snapshot().sockets).toBe(0);
  });

  test("a name is opened by its rule, at the address found under it", async () => {
    const { port } = await tcpServer((socket) => socket.end("hello"), "0.0.0.0");
    const own = otherOwnAddress();
    const asked: string[] = [];
    const lookUp = async (name: string): Promise<string[]> => {
      asked.push(name);
      return [own];
    };
    // The address is this machine's own, which takes a rule of its own besides the name's.
    const bridge = await runBridge({ network: "host", allow: rules(`example.com:${port}`, `${own}:${port}`), lookUp });
    const client = new ZoneClient(bridge);
    const { stream } = await client.connect("Example.COM.", port);
    expect(stream.remote).toEqual({ address: own, port });
    expect(asked).toEqual(["example.com"]);
    // Other names are nobody's business as long as only a range could open them; here one can.
    expect((await client.refusal("other.example", port === 1 ? 2 : 1)).code).toBe("not-allowed");
    expect(asked).toEqual(["example.com"]);
  });

  test.each([
    "127.0.0.1",
    "127.9.9.9",
    "::1",
    "::ffff:127.0.0.1",
    "0.0.0.0",
    "::",
    "169.254.1.1",
    "fe80::1",
    "224.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::7f00:1",
    "own",
  ])("a name that leads to %s stays closed, though the name and every address are allowed", async (address) => {
    const { port, sockets } = await tcpServer(() => {}, "0.0.0.0");
    const found = address === "own" ? otherOwnAddress() : address;
    const allow = rules(`example.com:${port}`, "0.0.0.0/0", "[::]/0");
    const bridge = await runBridge({ network: "host", allow, lookUp: async () => [found] });
    expect((await new ZoneClient(bridge).refusal("example.com", port)).code).toBe("not-allowed");
    expect(sockets.size).toBe(0);
  });

  test("of several addresses only the allowed are tried, one after the other", async () => {
    const own = otherOwnAddress();
    const { port, sockets } = await tcpServer(() => {}, own);
    const allow = rules(`${own}/32:${port}`, `127.0.0.0/8:${port}`);
    // Nothing listens on the first; the second is not allowed; the third answers.
    const bridge = await runBridge({ network: "host", allow, lookUp: async () => ["127.0.0.1", "192.0.2.1", own] });
    const { stream } = await new ZoneClient(bridge).connect("example.com", port);
    expect(stream.remote.address).toBe(own);
    expect(sockets.size).toBe(1);
  });

  test("an address that is not allowed is not dialled for standing beside one that is", async () => {
    const own = otherOwnAddress();
    const reached: (string | undefined)[] = [];
    const { port } = await tcpServer((socket) => reached.push(socket.localAddress), "0.0.0.0");
    const bridge = await runBridge({ network: "host", allow: rules(`${own}/32:${port}`), lookUp: async () => ["127.0.0.1", "127.0.0.9", own] });
    expect((await new ZoneClient(bridge).connect("example.com", port)).stream.remote.address).toBe(own);
    expect(reached).toEqual([own]);
  });

  test("of very many addresses only the first are tried", async () => {
    const addresses = Array.from({ length: MAX_ADDRESSES_TRIED + 1 }, (_, i) => `127.0.0.${i + 2}`);
    const last = addresses.at(-1) ?? "";
    const { port, sockets } = await tcpServer(() => {}, last);
    const bridge = await runBridge({ network: "host", allow: rules(`127.0.0.0/8:${port}`, "192.0.2.0/24"), lookUp: async () => addresses });
    const client = new ZoneClient(bridge);
    expect((await client.refusal("example.com", port)).code).toBe("connection-refused");
    expect(sockets.size).toBe(0);
    addresses.shift();
    expect((await client.connect("example.com", port)).stream.remote.address).toBe(last);
  });

  test("an answer that changes under a name is never dialled unchecked", async () => {
    const own = otherOwnAddress();
    const { port } = await tcpServer(() => {}, "0.0.0.0");
    const answers = [[own], ["127.0.0.1"], [own]];
    const bridge = await runBridge({ network: "host", allow: rules(`example.com:${port}`, `${own}:${port}`), lookUp: async () => answers.shift() ?? [] });
    const client = new ZoneClient(bridge);
    expect((await client.connect("example.com", port)).stream.remote.address).toBe(own);
    expect((await client.refusal("example.com", port)).code).toBe("not-allowed");
    expect((await client.connect("example.com", port)).stream.remote.address).toBe(own);
    expect((await client.refusal("example.com", port)).code).toBe("unknown-host");
  });

  test("a host that does not answer is given up after the time-out", async () => {
    const { port } = await silentServer();
    const bridge = await runBridge({ network: "host", allow: rules(`host.zone.internal:${port}`) });
    const client = new ZoneClient(bridge);
    const started = Date.now();
    const refusal = await client.refusal("host.zone.internal", port);
    expect(refusal).toEqual({ code: "timed-out", message: expect.stringContaining("did not answer in time") });
    expect(Date.now() - started).toBeGreaterThan(CONNECT_TIMEOUT_MS - 500);
    expect(bridge.snapshot().sockets).toBe(0);
  });
});

describe("limits of what a session may open", () => {
  test("streams, listeners and the rate of both", async () => {
    const { port, sockets } = await tcpServer(() => {});
    const bridge = await runBridge({
      network: "host",
      allow: rules(`host.zone.internal:${port}`),
      limits: { streamsPerSession: 3, listenersPerSession: 2, opensBurst: 8, opensPerSecond: 0.001 },
    });
    const client = new ZoneClient(bridge);
    for (let i = 0; i < 3; i += 1) await client.connect("host.zone.internal", port);
    expect(await client.refusal("host.zone.internal", port)).toEqual({ code: "limit-exceeded", message: expect.stringContaining("3 connections") });
    await client.listen(0);
    const { bound } = await client.listen(0);
    await expect(client.listen(0)).rejects.toThrow(/limit-exceeded.*2 ports/);
    // A client that is not a script is turned away too.
    const turnedAway = await tcpClient(bound.address, bound.port).then(
      ({ closed }) => closed,
      (error: Error) => error.message,
    );
    expect(turnedAway).toContain("ECONNRESET");
    expect((await client.refusal("host.zone.internal", port)).message).toContain("3 connections");
    expect((await client.refusal("host.zone.internal", port)).message).toContain("a second");
    await until(() => sockets.size === 3, "three sockets");
  });

  test("machines in a room, sessions of a machine, rooms and sessions of the bridge", async () => {
    const bridge = await runBridge({ network: "host", limits: { machinesPerRoom: 1, sessionsPerMachine: 2, rooms: 1, sessions: 3 } });
    const token = new Uint8Array(16);
    await new ZoneClient(bridge, { token }).ready;
    await expect(new ZoneClient(bridge).ready).rejects.toThrow(/room-full.*full/);
    await new ZoneClient(bridge, { token }).ready;
    await expect(new ZoneClient(bridge, { token }).ready).rejects.toThrow(/limit-exceeded.*2 programs/);
    await expect(new ZoneClient(bridge, { room: "second" }).ready).rejects.toThrow(
      "limit-exceeded: The bridge has 1 rooms, which is the most it takes. Use a room that exists, or try later. (Set by the bridge's option --max-rooms.)",
    );
    expect(bridge.snapshot()).toMatchObject({ rooms: 1, sessions: 2 });
  });
});
