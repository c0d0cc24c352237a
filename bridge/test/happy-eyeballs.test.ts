import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { ConnectionRace, interleaveFamilies, systemCode } from "@playground/tcp";
import { Arrivals } from "../src/tcp/arrivals.ts";
import { Attempt } from "../src/tcp/attempt.ts";
import type { Bridge } from "../src/bridge.ts";
import type { BridgeLimits } from "../src/limits.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { silentServer } from "./support/silent-server.ts";
import { tcpServer } from "./support/tcp-peer.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** Sockets of this machine that wait for an answer from this port (Linux). */
function waiting(port: number): number {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .filter((line) => new RegExp(`^ *\\d+: [0-9A-F:]+ [0-9A-F]{8}:${hex} 02 `).test(line)).length;
}

/** A client of a bridge for which `example.com` has these addresses of loopback, and may be dialled there at this port. */
async function clientOf(lasts: readonly number[], port: number, limits: Partial<BridgeLimits> = {}): Promise<{ bridge: Bridge; client: ZoneClient }> {
  const bridge = await runBridge({
    network: "host",
    allow: rules(`127.0.0.0/8:${port}`, "192.0.2.0/24"),
    lookUp: async () => lasts.map((last) => `127.0.0.${last}`),
    limits,
  });
  const client = new ZoneClient(bridge);
  await client.ready;
  return { bridge, client };
}

const NO_LIMIT = { takeAttempt: () => true, releaseAttempt: () => {} };

describe.runIf(process.platform === "linux")("of several addresses", () => {
  test("one that is silent costs a moment, and its socket is closed as soon as another is connected", async () => {
    const { port } = await silentServer("127.0.0.2");
    await tcpServer(() => {}, "127.0.0.3", port);
    const fillers = waiting(port);
    const { bridge, client } = await clientOf([2, 3], port);
    const began = performance.now();
    const { stream } = await client.connect("example.com", port);
    const took = performance.now() - began;
    expect(stream.remote.address).toBe("127.0.0.3");
    expect(took).toBeGreaterThan(200);
    // 0.3 s on a quiet machine; 5 s where addresses wait for one another.
    expect(took).toBeLessThan(4_000);
    expect(bridge.snapshot().sockets).toBe(1);
    await until(() => waiting(port) === fillers, "the end of the other attempt");
  });

  test("five that are silent cost five moments", async () => {
    const { port } = await silentServer("127.0.0.2");
    await Promise.all(["127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6"].map(async (address) => silentServer(address, port)));
    await tcpServer(() => {}, "127.0.0.7", port);
    const { bridge, client } = await clientOf([2, 3, 4, 5, 6, 7], port);
    const began = performance.now();
    const connecting = client.connect("example.com", port);
    // Each attempt is a socket, and counts as one.
    await until(() => bridge.snapshot().sockets === 3, "the third attempt");
    expect((await connecting).stream.remote.address).toBe("127.0.0.7");
    // 25 s where addresses wait for one another.
    expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
    expect(bridge.snapshot().sockets).toBe(1);
  });

  test("one that is slow is not cut off for others that are silent", async () => {
    const slow = await silentServer("127.0.0.2");
    await Promise.all(["127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7"].map(async (address) => silentServer(address, slow.port)));
    const { bridge, client } = await clientOf([2, 3, 4, 5, 6, 7], slow.port);
    const began = performance.now();
    const connecting = client.connect("example.com", slow.port);
    // Its SYN is sent again after one and three seconds; the second time somebody is there.
    setTimeout(() => slow.wake(), 2_000);
    expect((await connecting).stream.remote.address).toBe("127.0.0.2");
    expect(performance.now() - began).toBeGreaterThan(2_000);
    expect(bridge.snapshot().sockets).toBe(1);
  });

  test("one that refuses costs nothing", async () => {
    const { port } = await tcpServer(() => {}, "127.0.0.7");
    const { client } = await clientOf([2, 3, 4, 5, 6, 7], port);
    const took: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const began = performance.now();
      expect((await client.connect("example.com", port)).stream.remote.address).toBe("127.0.0.7");
      took.push(performance.now() - began);
    }
    // Five moments would be 1.25 s each time; a busy machine holds up one or another.
    expect(Math.min(...took)).toBeLessThan(1_000);
  });

  test("attempts are given back to the session's limit, and wait for one another where there is no room", async () => {
    const { port } = await silentServer("127.0.0.2");
    const { sockets } = await tcpServer(() => {}, "127.0.0.3", port);
    const { client: two } = await clientOf([2, 3], port, { connectingPerSession: 2 });
    for (let i = 0; i < 5; i += 1) {
      const began = performance.now();
      (await two.connect("example.com", port)).stream.abort();
      expect(performance.now() - began).toBeLessThan(4_000);
    }
    await until(() => sockets.size === 0, "the ends");
    const { client: one } = await clientOf([2, 3], port, { connectingPerSession: 1 });
    const began = performance.now();
    expect((await one.connect("example.com", port)).stream.remote.address).toBe("127.0.0.3");
    expect(performance.now() - began).toBeGreaterThan(4_500);
  });

  test("an attempt that is called off leaves no socket", async () => {
    const { port } = await silentServer("127.0.0.2");
    await silentServer("127.0.0.3", port);
    const fillers = waiting(port);
    const { bridge, client } = await clientOf([2, 3], port);
    client.connect("example.com", port).catch(() => {});
    await until(() => bridge.snapshot().sockets === 2, "both attempts");
    client.session.close();
    await until(() => bridge.snapshot().sockets === 0 && waiting(port) === fillers, "no socket");
  });

  test("one that may no longer be dialled when its turn comes is left out", async () => {
    const { port, sockets } = await tcpServer(() => {}, "127.0.0.2");
    await tcpServer(() => {}, "127.0.0.3", port);
    const reached = await new Promise<string | undefined>((resolve, reject) => {
      const race = new ConnectionRace(
        [2, 3].map((last) => ({ address: `127.0.0.${last}`, port })),
        { attempt: (to, events) => new Attempt(to, new Arrivals(), events), budget: NO_LIMIT, mayDial: ({ address }) => address !== "127.0.0.2" },
        {
          onConnected: ({ socket }) => {
            resolve(socket.remoteAddress);
            socket.on("error", () => {}).destroy();
          },
          onFailed: reject,
        },
      );
      onTestFinished(() => race.cancel());
    });
    expect(reached).toBe("127.0.0.3");
    expect(sockets.size).toBe(0);
    const failure = await new Promise<Error>((resolve, reject) => {
      const race = new ConnectionRace(
        [{ address: "127.0.0.2", port }],
        { attempt: (to, events) => new Attempt(to, new Arrivals(), events), budget: NO_LIMIT, mayDial: () => false },
        { onConnected: () => reject(new Error("connected")), onFailed: resolve },
      );
      onTestFinished(() => race.cancel());
    });
    expect(failure.message).toContain("may be dialled");
    expect(sockets.size).toBe(0);
  });
});

test("when all fail, what a host has answered is told, and not that an address has no way out", async () => {
  const { port, server } = await tcpServer(() => {}, "127.0.0.1");
  await new Promise((resolve) => void server.close(resolve));
  const refused = { address: "127.0.0.1", port };
  // From an address that is not this machine's there is no way.
  const noWay = { ...refused, localAddress: "203.0.113.9" };
  const codes = await Promise.all(
    [[refused, noWay], [noWay, refused], [noWay]].map(async (addresses) => {
      const error = await new Promise<Error>((resolve, reject) => {
        const race = new ConnectionRace(
          addresses,
          { attempt: (to, events) => new Attempt(to, new Arrivals(), events), budget: NO_LIMIT, mayDial: () => true },
          { onConnected: () => reject(new Error("connected")), onFailed: resolve },
        );
        onTestFinished(() => race.cancel());
      });
      return systemCode(error);
    }),
  );
  expect(codes).toEqual(["ECONNREFUSED", "ECONNREFUSED", "EADDRNOTAVAIL"]);
});

test("families take turns, beginning with that of the first", () => {
  expect(turns("666644")).toBe("60 44 61 45 62 63");
  expect(turns("4466")).toBe("40 62 41 63");
  expect(turns("466")).toBe("40 61 62");
  expect(turns("6")).toBe("60");
  expect(turns("")).toBe("");
});

/** The order in which addresses of these families are tried, each as its family and its place. */
function turns(families: string): string {
  const addresses = [...families].map((letter, index) => ({ family: letter === "4" ? (4 as const) : (6 as const), index }));
  return interleaveFamilies(addresses)
    .map(({ family, index }) => `${family}${index}`)
    .join(" ");
}
