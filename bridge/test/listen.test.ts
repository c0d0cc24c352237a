import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { runBridge, until, untilEmpty } from "./support/running-bridge.ts";
import { tcpClient, tcpServer } from "./support/tcp-peer.ts";
import { RefusedError, type TestStream, ZoneClient } from "./support/zone-client.ts";

/** What a failing `listen` says. */
async function listenRefusal(client: ZoneClient, port: number, address?: string): Promise<RefusedError["failure"]> {
  try {
    await client.listen(port, address);
  } catch (error) {
    if (error instanceof RefusedError) return error.failure;
    throw error;
  }
  throw new Error(`${address ?? ""}:${port} was not refused`);
}

describe.runIf(process.platform === "linux")("listening in a LAN room", () => {
  test("a page ends the session of a program that hangs; nobody else can", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const [page, program, stranger] = [new ZoneClient(bridge, { token }), new ZoneClient(bridge, { token }), new ZoneClient(bridge)];
    const { id } = await program.ready;
    await Promise.all([page.ready, stranger.ready]);
    const { bound } = await program.listen(0);
    const peer = await tcpClient(bound.address, bound.port);
    await until(() => bridge.snapshot().streams === 1, "the connection");
    // An id that is not theirs, and one that nobody has, change nothing.
    stranger.session.endSession(id);
    page.session.endSession(randomBytes(16));
    await stranger.listen(0);
    await page.listen(0);
    expect(bridge.snapshot()).toMatchObject({ sessions: 3, streams: 1, listeners: 3 });
    page.session.endSession(id);
    await until(() => bridge.snapshot().sessions === 2, "the end of the session");
    await peer.ended;
    expect(bridge.snapshot()).toMatchObject({ streams: 0, listeners: 2 });
  });

  test("a script's server has its machine's address, and a program from outside talks to it", async () => {
    const bridge = await runBridge();
    const client = new ZoneClient(bridge);
    const { address } = await client.ready;
    const { bound, accepted } = await client.listen(
      0,
      "0.0.0.0",
      (test) => void test.until(() => test.receivedBytes === 4).then(() => test.stream.send(Buffer.from("pong"))),
    );
    expect(bound.address).toBe(address);
    expect(address).toMatch(/^127\.(?!0\.)\d+\.\d+\.1$/);

    const peer = await tcpClient(bound.address, bound.port);
    peer.socket.write("ping");
    await until(() => peer.bytes().toString() === "pong", "the answer");
    expect(accepted[0]?.text()).toBe("ping");
    expect(accepted[0]?.stream.remote).toEqual({ address: "127.0.0.1", port: peer.socket.localPort });
    expect(accepted[0]?.stream.local).toEqual(bound);
    expect(bridge.snapshot()).toMatchObject({ sessions: 1, streams: 1, listeners: 1, sockets: 1 });
  });

  test("two machines of a room can both have the same port, and each is reached at its own address", async () => {
    const bridge = await runBridge();
    const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge)];
    const first = await one.listen(0);
    const second = await two.listen(first.bound.port);
    expect(second.bound.port).toBe(first.bound.port);
    expect(second.bound.address).not.toBe(first.bound.address);
    const stream = await one.connect(second.bound.address, second.bound.port);
    await until(() => second.accepted.length === 1, "the connection");
    expect(first.accepted.length).toBe(0);
    // Outgoing connections leave from the machine's own address.
    expect(second.accepted[0]?.stream.remote.address).toBe(first.bound.address);
    expect(stream.stream.remote).toEqual(second.bound);
  });

  test.each(["127.0.0.1", "localhost", "::1"])("a server on %s is its own machine's alone", async (address) => {
    const bridge = await runBridge();
    const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge)];
    const { bound } = await one.listen(0, address);
    expect(bound.address).toBe((await one.ready).address);
    await one.connect("localhost", bound.port);
    await one.connect(bound.address, bound.port);
    expect((await two.refusal(bound.address, bound.port)).code).toBe("connection-refused");
  });

  test("another program of the same page is the same machine", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const [server, client] = [new ZoneClient(bridge, { token }), new ZoneClient(bridge, { token })];
    const { bound, accepted } = await server.listen(0, "127.0.0.1");
    expect((await client.ready).address).toBe(bound.address);
    for (const host of ["127.0.0.1", "localhost", "0.0.0.0", bound.address, "::1", "::ffff:127.0.0.1"]) await client.connect(host, bound.port);
    await until(() => accepted.length === 6, "six connections");
    expect(new Set(accepted.map(({ stream }) => stream.remote.address))).toEqual(new Set([bound.address]));
  });

  test("an address stays a machine's own across sessions, and another machine gets another", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const before = new ZoneClient(bridge, { token });
    const { address } = await before.ready;
    before.session.close();
    await untilEmpty(bridge);
    const other = await new ZoneClient(bridge).ready;
    const after = await new ZoneClient(bridge, { token }).ready;
    expect(after.address).toBe(address);
    expect(other.address).not.toBe(address);
  });

  test("a port in use, a bad address, an address of another machine and a forbidden port each say so", async () => {
    const bridge = await runBridge();
    const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge)];
    const { bound } = await one.listen(0);
    expect(await listenRefusal(one, bound.port)).toEqual({ code: "address-in-use", message: expect.stringContaining(`Port ${bound.port} is already in use`) });
    expect(await listenRefusal(two, 0, bound.address)).toEqual({ code: "address-not-ours", message: expect.stringContaining(bound.address) });
    expect((await listenRefusal(two, 0, "192.0.2.1")).code).toBe("address-not-ours");
    expect((await listenRefusal(two, 0, "300.1.1.1")).code).toBe("invalid-address");
    expect((await listenRefusal(two, 0, "127.1")).code).toBe("invalid-address");
    expect((await listenRefusal(two, 70_000)).code).toBe("invalid-address");
  });

  test("closing a listener frees its port at once, its connections live on, and it can be had again in the same breath", async () => {
    const bridge = await runBridge();
    const client = new ZoneClient(bridge);
    const { bound, listener, accepted } = await client.listen(0);
    const peer = await tcpClient(bound.address, bound.port);
    await until(() => accepted.length === 1, "the connection");
    for (let round = 0; round < 20; round += 1) {
      if (round === 0) listener.close();
      const again = await client.listen(bound.port);
      expect(again.bound).toEqual(bound);
      again.listener.close();
      // Asked for and given up before the port was bound: the next one must get it all the same.
      client.session.listen("0.0.0.0", bound.port, { onListening: () => {}, onFailed: () => {}, onLost: () => {}, onAccept: () => ({}) as never }).close();
    }
    peer.socket.write("still here");
    await accepted[0]?.until(() => accepted[0]?.text() === "still here");
    await client.listen(bound.port);
    expect(bridge.snapshot().listeners).toBe(1);
  });

  test("200 clients of one server each get their own echo", async () => {
    const bridge = await runBridge();
    const client = new ZoneClient(bridge);
    const { bound } = await client.listen(0, "0.0.0.0", (stream) => echo(stream));
    const peers = await Promise.all(Array.from({ length: 200 }, () => tcpClient(bound.address, bound.port)));
    for (const [index, peer] of peers.entries()) peer.socket.end(`hello ${index}`);
    await Promise.all(peers.map(({ ended }) => ended));
    for (const [index, peer] of peers.entries()) expect(peer.bytes().toString()).toBe(`hello ${index}`);
    await until(() => bridge.snapshot().sockets === 0, "no sockets");
  });

  test("sessions that end free their ports", async () => {
    const bridge = await runBridge();
    const client = new ZoneClient(bridge);
    const { bound } = await client.listen(0);
    client.ws.terminate();
    await untilEmpty(bridge);
    await expect(tcpClient(bound.address, bound.port)).rejects.toThrow("ECONNREFUSED");
  });
});

describe("listening with --network host", () => {
  test("every address means the bridge's own, and programs of the room reach it", async () => {
    const bridge = await runBridge({ network: "host" });
    const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge)];
    const { bound, accepted } = await one.listen(0);
    expect(bound.address).toBe("127.0.0.1");
    for (const host of ["127.0.0.1", "localhost", "0.0.0.0"]) await two.connect(host, bound.port);
    await until(() => accepted.length === 3, "three connections");
    expect((await listenRefusal(two, bound.port)).code).toBe("address-in-use");
  });

  test("another room does not reach it, nor what else listens on the machine", async () => {
    const bridge = await runBridge({ network: "host" });
    const [one, two] = [new ZoneClient(bridge), new ZoneClient(bridge, { room: "other" })];
    const { bound } = await one.listen(0);
    expect((await two.refusal("127.0.0.1", bound.port)).code).toBe("connection-refused");
    const { port } = await tcpServer(() => {});
    const refusal = await one.refusal("localhost", port);
    expect(refusal.code).toBe("connection-refused");
    expect(refusal.message).toContain(`--allow host.zone.internal:${port}`);
    await tcpClient("127.0.0.1", port);
  });

  test("a bridge on loopback does not let scripts listen further away", async () => {
    const bridge = await runBridge({ network: "host" });
    const client = new ZoneClient(bridge);
    expect((await listenRefusal(client, 0, "192.0.2.1")).code).toBe("address-not-ours");
    expect((await client.listen(0, "127.0.0.1")).bound.address).toBe("127.0.0.1");
  });

  test("a bridge on every address lets them", async () => {
    const bridge = await runBridge({ network: "host", host: "0.0.0.0" });
    const client = new ZoneClient(bridge);
    const { bound, accepted } = await client.listen(0);
    expect(bound.address).toBe("0.0.0.0");
    await client.connect("127.0.0.1", bound.port);
    await until(() => accepted.length === 1, "the connection");
    await tcpClient("127.0.0.1", bound.port);
    await until(() => accepted.length === 2, "the connection from outside");
  });

  test("a port below 1024 takes rights", async ({ skip }) => {
    if (process.getuid?.() === 0) skip("root may bind every port");
    const bridge = await runBridge({ network: "host" });
    expect((await listenRefusal(new ZoneClient(bridge), 80)).code).toBe("permission-denied");
  });
});

/** Sends everything back, and ends after the peer has. */
function echo(test: TestStream): void {
  let sent = 0;
  const { onData, onEnd } = test.events;
  Object.assign(test.events, {
    onData: (bytes: Uint8Array) => {
      sent += test.stream.send(bytes);
      onData(bytes);
    },
    onEnd: () => {
      onEnd();
      expect(sent).toBe(test.receivedBytes);
      test.stream.end();
    },
  });
}
