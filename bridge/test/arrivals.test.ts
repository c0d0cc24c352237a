import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { cidr, endpointOf } from "@playground/tcp";
import { ARRIVAL_TIMEOUT_MS } from "../src/limits.ts";
import type { ListenerEntry } from "../src/room/listener-table.ts";
import { Arrivals } from "../src/tcp/arrivals.ts";
import { Attempt } from "../src/tcp/attempt.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

const OWN = Object.values(networkInterfaces())
  .flatMap((entries) => entries ?? [])
  .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
  .map(({ address }) => address);
const OWN_IPV6 = OWN.filter((address) => address.includes(":"));
const OWN_IPV4 = OWN.filter((address) => !address.includes(":"));

describe("host network: the address that is dialled belongs to the listener that allowed it, in its family", () => {
  test.each([
    ["0.0.0.0", ["::1", ...OWN_IPV6]],
    ["::", ["127.0.0.1", "127.0.0.2", "::ffff:127.0.0.1", ...OWN_IPV4]],
    ["127.0.0.1", ["::1", "127.0.0.2", ...OWN]],
    ["::1", ["127.0.0.1", "127.0.0.2", ...OWN]],
    ["127.0.0.2", ["127.0.0.1", "::1", ...OWN]],
  ])("a listener on %s opens no service of the machine on the same port", async (listening, others) => {
    const bridge = await runBridge({ network: "host", host: listening.includes(":") ? "::" : "0.0.0.0" });
    const client = new ZoneClient(bridge);
    const { bound, accepted, listener } = await client.listen(0, listening);
    const reached: string[] = [];
    for (const address of others) {
      const bare = address.replace("::ffff:", "");
      await tcpServer((socket) => reached.push(`${bare} ${socket.localAddress}`), bare, bound.port).catch(() => {});
      expect(["not-allowed", "connection-refused"], address).toContain((await client.refusal(address, bound.port)).code);
    }
    expect(reached).toEqual([]);
    // What is the listener's is reached, also by no particular address.
    const own = listening === "0.0.0.0" ? ["127.0.0.1", "127.0.0.9", "::ffff:127.0.0.1", ...OWN_IPV4] : listening === "::" ? ["::1", ...OWN_IPV6] : [listening];
    for (const address of [...own, ...(listening === "127.0.0.2" ? [] : ["localhost", "0.0.0.0"])]) await client.connect(address, bound.port);
    expect(reached).toEqual([]);
    expect(accepted.length).toBeGreaterThan(0);
    listener.close();
    for (const address of own) expect((await client.refusal(address, bound.port)).code).toMatch(/not-allowed|connection-refused/);
  });

  test("a listener on :: is of IPv6 alone, and another room may have the port of IPv4; neither reaches the other", async () => {
    const bridge = await runBridge({
      network: "host",
      host: "::",
      allow: rules("host.zone.internal", "127.0.0.0/8", "[::1]", ...OWN_IPV4, ...OWN_IPV6.map((address) => `[${address}]`)),
    });
    const [one, two] = [new ZoneClient(bridge, { room: "one" }), new ZoneClient(bridge, { room: "two" })];
    const first = await one.listen(0, "::");
    await expect(tcpClient("127.0.0.1", first.bound.port)).rejects.toThrow("ECONNREFUSED");
    await tcpClient("::1", first.bound.port);
    const second = await two.listen(first.bound.port, "0.0.0.0");
    expect(await one.refusal("127.0.0.1", first.bound.port)).toEqual({ code: "connection-refused", message: expect.not.stringContaining("--allow") });
    for (const address of ["127.0.0.2", ...OWN_IPV4])
      expect(await one.refusal(address, first.bound.port), address).toEqual({ code: "not-allowed", message: expect.stringContaining("another room") });
    for (const address of ["::1", ...OWN_IPV6])
      expect(await two.refusal(address, first.bound.port), address).toEqual({ code: "not-allowed", message: expect.stringContaining("another room") });
    await one.connect("localhost", first.bound.port);
    await two.connect("localhost", first.bound.port);
    await until(() => first.accepted.length === 2 && second.accepted.length === 1, "each room's own connection");
  });

  test("no rule leads to a listener of another room; to one's own room it does not take one", async () => {
    const bridge = await runBridge({
      network: "host",
      allow: rules("host.zone.internal", "127.0.0.0/8", "rebind.example"),
      lookUp: async () => ["127.0.0.1", "127.0.0.2"],
    });
    const [one, two] = [new ZoneClient(bridge, { room: "one" }), new ZoneClient(bridge, { room: "two" })];
    const { bound, accepted } = await one.listen(0, "127.0.0.1");
    for (const name of ["host.zone.internal", "127.0.0.1", "localhost"])
      expect((await two.refusal(name, bound.port)).code, name).toBe(name === "host.zone.internal" ? "not-allowed" : "connection-refused");
    // Of the two addresses of the name one is nobody's.
    expect((await two.refusal("rebind.example", bound.port)).code).toBe("connection-refused");
    expect(accepted).toHaveLength(0);
    for (const name of ["host.zone.internal", "127.0.0.1", "localhost"]) await one.connect(name, bound.port);
    await until(() => accepted.length === 3, "the connections of the same room");
  });
});

test.runIf(process.platform === "linux")("LAN: a name that leads to an address of another room is not dialled, whatever is allowed", async () => {
  const found: string[] = [];
  const bridge = await runBridge({ lanRange: cidr("127.64.0.0/16"), allow: rules("rebind.example", "127.0.0.0/8"), lookUp: async () => found });
  const [one, two] = [new ZoneClient(bridge, { room: "one" }), new ZoneClient(bridge, { room: "two" })];
  const { bound, accepted } = await one.listen(0);
  found.push(bound.address);
  expect(await two.refusal("rebind.example", bound.port)).toEqual({ code: "not-allowed", message: expect.stringContaining("another room") });
  expect(accepted).toHaveLength(0);
  // Nor one of a room of another bridge on this machine.
  const other = await runBridge({ lanRange: cidr("127.200.0.0/16") });
  const elsewhere = await new ZoneClient(other).listen(0);
  found[0] = elsewhere.bound.address;
  for (const name of ["rebind.example", elsewhere.bound.address]) expect((await two.refusal(name, elsewhere.bound.port)).code, name).toBe("not-allowed");
  expect(elsewhere.accepted).toHaveLength(0);
});

/** A listener of a script's, as the room knows it. */
function entry(port: number): ListenerEntry {
  return { machine: {} as never, address: "127.0.0.1", port, isPrivate: false, isWildcard: false };
}

/** What an attempt to connect to a listener comes to. */
async function attempt(to: ListenerEntry, arrivals: Arrivals): Promise<string> {
  return new Promise((resolve) => {
    const made = new Attempt({ address: to.address, port: to.port, listener: to }, arrivals, {
      onConnected: ({ socket }) => {
        socket.on("error", () => {}).destroy();
        resolve("connected");
      },
      onFailed: (error) => resolve("code" in error ? String(error.code) : error.message),
    });
    onTestFinished(() => made.cancel());
  });
}

/** Lets a server ask of each connection whether it may stay. */
async function server(arrivals: Arrivals, listener: () => ListenerEntry, seen: boolean[] = []): Promise<number> {
  const { port } = await tcpServer((socket) => {
    const [remote, local] = [endpointOf(socket.remoteAddress, socket.remotePort), endpointOf(socket.localAddress, socket.localPort)];
    if (remote === undefined || local === undefined) throw new Error("a socket without ends");
    seen.push(arrivals.admits(remote, local, listener()));
  });
  return port;
}

describe("what arrives is checked to come from there", () => {
  test("a connection counts when its listener has seen it come, and not when another program took it", async () => {
    const arrivals = new Arrivals();
    let own: ListenerEntry | undefined;
    const seen: boolean[] = [];
    const port = await server(arrivals, () => own ?? entry(0), seen);
    own = entry(port);
    expect(await attempt(own, arrivals)).toBe("connected");
    expect(seen).toEqual([true]);
    // Another program has got hold of the port: it knows nothing of the bridge's connections.
    const bytes: Buffer[] = [];
    const stranger = await tcpServer((socket) => void socket.on("data", (data: Buffer) => bytes.push(data)).write("a secret"));
    const began = performance.now();
    expect(await attempt(entry(stranger.port), arrivals)).toBe("ECONNREFUSED");
    expect(performance.now() - began).toBeGreaterThan(ARRIVAL_TIMEOUT_MS - 50);
    await until(() => stranger.sockets.size === 0, "the end of the connection");
    expect(bytes).toEqual([]);
  });

  test("a listener takes no connection that is for another one, but those of other programs", async () => {
    const arrivals = new Arrivals();
    const seen: boolean[] = [];
    const another = entry(1);
    const port = await server(arrivals, () => another, seen);
    expect(await attempt(entry(port), arrivals)).toBe("ECONNREFUSED");
    expect(seen).toEqual([false]);
    // One that a rule has opened is for no listener at all.
    const socket = connect({ host: "127.0.0.1", port });
    onTestFinished(() => void socket.destroy());
    arrivals.watch(socket, { address: "127.0.0.1", port });
    await until(() => seen.length === 2, "the arrival");
    await tcpClient("127.0.0.1", port);
    await until(() => seen.length === 3, "the arrival");
    expect(seen).toEqual([false, false, true]);
  });

  test("the bridge knows its own connections where they come to itself, and forgets them with their sockets", async () => {
    const arrivals = new Arrivals();
    const seen: boolean[] = [];
    const { port } = await tcpServer((socket: Socket) => seen.push(arrivals.isOwn(socket)));
    const own = connect({ host: "127.0.0.1", port });
    onTestFinished(() => void own.destroy());
    arrivals.watch(own, { address: "127.0.0.1", port });
    await until(() => seen.length === 1, "the bridge's own");
    const { localPort = 0 } = own;
    await tcpClient("127.0.0.1", port);
    await until(() => seen.length === 2, "another program's");
    own.resetAndDestroy();
    await new Promise((resolve) => void own.on("close", resolve));
    let again: Socket | undefined;
    // The kernel may have lent the port to somebody else meanwhile.
    const connectAgain = (): void => {
      again = connect({ host: "127.0.0.1", port, localPort }).on("error", () => setTimeout(connectAgain, 20));
    };
    connectAgain();
    onTestFinished(() => void again?.destroy());
    await until(() => seen.length === 3, "another program's from the same port");
    expect(seen).toEqual([true, false, false]);
  });
});
