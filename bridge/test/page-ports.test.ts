import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { cidr, TcpListener } from "@playground/tcp";
import { rules, runBridge } from "./support/running-bridge.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { RefusedError, ZoneClient } from "./support/zone-client.ts";

/** Addresses of this machine that are no loopback addresses and need no zone. */
const OWN = Object.values(networkInterfaces())
  .flatMap((entries) => entries ?? [])
  .filter(({ internal, address }) => !internal && !address.startsWith("fe80:"))
  .map(({ address }) => address);

async function listenRefusal(client: ZoneClient, port: number, address: string): Promise<RefusedError["failure"] | undefined> {
  try {
    (await client.listen(port, address)).listener.close();
    return undefined;
  } catch (error) {
    if (error instanceof RefusedError) return error.failure;
    throw error;
  }
}

describe("no script listens at a port at which the page is opened", () => {
  test.each(["127.0.0.1", "0.0.0.0", "::", "::1"])("host network, bridge on %s: at none of the machine's addresses", async (host) => {
    const bridge = await runBridge({ network: "host", host });
    const client = new ZoneClient(bridge);
    for (const address of [
      "::1",
      "[::1]",
      "::",
      "127.0.0.2",
      "127.0.0.1",
      "127.255.255.254",
      "0.0.0.0",
      "::ffff:127.0.0.1",
      "localhost",
      "a.localhost",
      ...OWN,
    ]) {
      const refusal = await listenRefusal(client, bridge.port, address);
      expect(refusal, address).toEqual({
        code: "address-in-use",
        message: expect.stringContaining(`Port ${bridge.port} is the one at which the bridge serves its page`),
      });
    }
    // Where the bridge itself is not, nobody is.
    for (const address of ["127.0.0.1", "127.0.0.2", "::1"]) {
      const isBridge = await fetch(`http://${address.includes(":") ? `[${address}]` : address}:${bridge.port}/healthz`).then(
        async (response) => (await response.text()).includes("ok"),
        () => undefined,
      );
      if (host === "127.0.0.1") expect(isBridge, address).toBe(address === "127.0.0.1" ? true : undefined);
      else expect(isBridge, address).not.toBe(false);
    }
    // Every other port is another origin.
    expect(await listenRefusal(client, 0, "0.0.0.0")).toBeUndefined();
    expect(await listenRefusal(client, 0, "::1")).toBeUndefined();
  });

  test("host network behind a proxy of this machine: nor at the proxy's ports", async () => {
    const proxied = new ZoneClient(await runBridge({ network: "host", publicHosts: ["play.school.example"], trustedProxies: [cidr("127.0.0.1")] }));
    for (const port of [80, 443])
      for (const address of ["0.0.0.0", "::1"])
        expect((await listenRefusal(proxied, port, address))?.message, `${address} ${port}`).toContain("serves its page");
    const { port, server } = await tcpServer(() => {});
    await new Promise((resolve) => void server.close(resolve));
    const named = new ZoneClient(await runBridge({ network: "host", publicHosts: [`play.school.example:${port}`, "other.example"] }));
    for (const address of ["0.0.0.0", "::1"]) expect((await listenRefusal(named, port, address))?.message, address).toContain("serves its page");
    // Without a proxy there is none whose ports would have to be kept.
    const plain = new ZoneClient(await runBridge({ network: "host", publicHosts: ["play.school.example"] }));
    expect((await listenRefusal(plain, 443, "::1"))?.message ?? "").not.toContain("serves its page");
  });

  test("a free port that the system chooses is another one", async () => {
    const given: number[] = [];
    const bound = await new Promise<number>((resolve, reject) => {
      const listener = new TcpListener(1, { address: "::1", port: 0, mayHave: (port) => given.push(port) > 3, opener: "bridge" }, Promise.resolve(), {
        onListening: ({ port }) => resolve(port),
        onFailed: ({ message }) => reject(new Error(message)),
        onConnection: () => {},
      });
      void listener.settled.then(() => listener.close());
    });
    expect(given).toHaveLength(4);
    expect(given.slice(0, 3)).not.toContain(bound);
    const failed = await new Promise<string>((resolve) => {
      const listener = new TcpListener(1, { address: "::1", port: 0, mayHave: () => false, opener: "bridge" }, Promise.resolve(), {
        onListening: () => resolve("bound"),
        onFailed: ({ message }) => resolve(message),
        onConnection: () => {},
      });
      void listener.settled.then(() => listener.close());
    });
    expect(failed).toContain("no free port");
  });

  test.runIf(process.platform === "linux")("LAN: a bridge on every address says that its port is its own; on one address it leaves it to scripts", async () => {
    for (const host of ["0.0.0.0", "::"]) {
      const bridge = await runBridge({ host });
      const client = new ZoneClient(bridge);
      for (const address of ["0.0.0.0", "127.0.0.1"]) {
        const refusal = await listenRefusal(client, bridge.port, address);
        expect(refusal?.message, `${host} ${address}`).toContain(`Port ${bridge.port} is the one at which the bridge serves its page`);
      }
      expect(await listenRefusal(client, 0, "0.0.0.0")).toBeUndefined();
    }
    const bridge = await runBridge();
    expect(await listenRefusal(new ZoneClient(bridge), bridge.port, "0.0.0.0")).toBeUndefined();
  });

  test.runIf(process.platform === "linux")("LAN: no room has the subnet in which the bridge listens, or is reached by its address", async () => {
    const range = cidr("127.64.8.0/22");
    const bridge = await runBridge({ host: "127.64.9.7", lanRange: range, publicHosts: ["127.64.10.1", "play.school.example"] });
    const clients = ["a", "b"].map((room) => new ZoneClient(bridge, { room }));
    const addresses = await Promise.all(clients.map(async ({ ready }) => (await ready).address));
    expect(addresses.toSorted()).toEqual(["127.64.11.1", "127.64.8.1"]);
    await expect(new ZoneClient(bridge, { room: "c" }).ready).rejects.toThrow("no addresses for another one");
    expect(await (await fetch(`http://127.64.9.7:${bridge.port}/healthz`)).text()).toContain('"status":"ok"');
    await expect(runBridge({ host: "127.64.9.7", lanRange: cidr("127.64.9.0/24") })).rejects.toThrow(/no addresses for rooms.*--lan-range/);
  });
});

describe("the bridge's own ports are never dialled", () => {
  const names = [
    "host.zone.internal",
    "localhost",
    "rebind.example",
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "0.0.0.0",
    "0.0.0.1",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:0.0.0.0",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "2002:7f00:1::",
    ...OWN,
    ...OWN.filter((address) => !address.includes(":")).map((address) => `::ffff:${address}`),
  ];
  const exact = names.filter((name) => name.includes(":")).map((name) => `[${name}]`);
  const allow = rules(
    "host.zone.internal",
    "127.0.0.0/8",
    "0.0.0.0/0",
    "0.0.0.0/8",
    "[::]/0",
    "[::1]",
    "rebind.example",
    ...exact,
    ...OWN.filter((address) => !address.includes(":")),
  );

  test.each([
    ["host", "127.0.0.1"],
    ["host", "0.0.0.0"],
    ["host", "::"],
    ["lan", "127.0.0.1"],
    ["lan", "0.0.0.0"],
    ["lan", "::"],
  ] as const)("%s network, bridge on %s, everything allowed", async (network, host) => {
    if (network === "lan" && process.platform !== "linux") return;
    const answers = ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", ...OWN];
    const bridge = await runBridge({ network, host, allow, lookUp: async () => answers });
    const client = new ZoneClient(bridge);
    for (const name of names) {
      // It throws when the bridge is reached.
      const { code, message } = await client.refusal(name, bridge.port);
      expect(["not-allowed", "connection-refused"], `${name}: ${message}`).toContain(code);
      expect(message, name).not.toContain("can open it with");
      if (name === "host.zone.internal" || name === "rebind.example" || name === "127.0.0.2") expect(message, name).toContain("is a port of the bridge itself");
    }
    expect(bridge.snapshot().sockets).toBe(0);
    // Whatever else is allowed is reached.
    const { port } = await tcpServer(() => {});
    await client.connect("host.zone.internal", port);
  });

  test("nor are those of its proxy", async () => {
    const { port, sockets } = await tcpServer(() => {}, "0.0.0.0");
    const bridge = await runBridge({
      network: "host",
      allow: rules("host.zone.internal", ...OWN.filter((address) => !address.includes(":"))),
      publicHosts: [`play.school.example:${port}`],
      trustedProxies: [cidr("127.0.0.1")],
    });
    const client = new ZoneClient(bridge);
    for (const name of ["host.zone.internal", "127.0.0.1", ...OWN.filter((address) => !address.includes(":"))])
      expect((await client.refusal(name, port)).message, name).toContain("is a port of the bridge itself");
    expect(sockets.size).toBe(0);
    await tcpClient("127.0.0.1", port);
  });
});
