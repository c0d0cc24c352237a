import { randomBytes } from "node:crypto";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CloseReason, encodeClientMetadata, PacketType, ROOM_VERSION, RoomResult } from "@playground/wire/codec";
import { cidr } from "../src/address/cidr.ts";
import { ADDRESS_LEASE_MS, DEFAULT_LIMITS, HANDSHAKE_TIMEOUT_MS } from "../src/limits.ts";
import { LanNetwork } from "../src/network/lan-network.ts";
import { SubnetPool } from "../src/network/subnet-pool.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { hashQueue } from "../src/room/hash-queue.ts";
import type { ClientAccount } from "../src/client/client-account.ts";
import { Ledger } from "../src/client/ledger.ts";
import { RoomDirectory } from "../src/room/room-directory.ts";
import { randomRoomName } from "../src/room/room-name.ts";
import { Room } from "../src/room/room.ts";
import { RawClient } from "./support/raw-client.ts";
import { rules, runBridge, until } from "./support/running-bridge.ts";
import { RefusedError, ZoneClient, type ZoneClientOptions } from "./support/zone-client.ts";
import type { Bridge, LogEntry } from "../src/index.ts";

/** A page in the room "test", unless the options name another. */
/** One client that may fill a room. */
const ledger = new Ledger({ ...DEFAULT_LIMITS, machinesPerRoomPerAddress: 254 });
const account = (): ClientAccount => ledger.of("10.0.0.1");

async function enter(bridge: Bridge, options: ZoneClientOptions = {}): Promise<ZoneClient> {
  const client = new ZoneClient(bridge, { resumes: true, ...options });
  await client.ready;
  return client;
}

/** What a client is refused with. */
async function refusal(bridge: Bridge, options: ZoneClientOptions = {}): Promise<string> {
  try {
    (await enter(bridge, options)).session.close();
  } catch (error) {
    if (error instanceof RefusedError) return error.failure.code;
    throw error;
  }
  return "entered";
}

describe("names of machines", () => {
  test("each has one by its address, and can be reached by it in its room only", async () => {
    const bridge = await runBridge();
    const server = await enter(bridge);
    const { address } = await server.ready;
    const name = `pc-${address.split(".")[3]}`;
    const { bound, accepted } = await server.listen(0);
    const client = await enter(bridge);
    const stream = await client.connect(name, bound.port);
    expect(stream.stream.remote).toEqual({ address, port: bound.port });
    expect(stream.stream.local.address).toBe((await client.ready).address);
    expect(accepted).toHaveLength(1);
    expect((await client.connect(name.toUpperCase(), bound.port)).stream.remote.address).toBe(address);
    const stranger = await enter(bridge, { room: "other" });
    // The other room has a machine of this name too, which listens on nothing.
    expect((await stranger.refusal(name, bound.port)).code).toBe("connection-refused");
    expect((await client.refusal("pc-200", bound.port)).code).toBe("unknown-host");
  });

  test("a chosen one counts at once and the one before no longer", async () => {
    const bridge = await runBridge();
    const server = await enter(bridge);
    const { bound } = await server.listen(0);
    expect(await server.rename("server")).toMatchObject({ result: RoomResult.DONE });
    expect(await server.rename("server")).toMatchObject({ result: RoomResult.DONE });
    const client = await enter(bridge);
    await client.connect("server", bound.port);
    expect(await client.refusal("pc-1", bound.port)).toMatchObject({ code: "unknown-host", message: expect.stringContaining("pc-1") as unknown });
  });

  test("a listener on 127.0.0.1 is not reached by name from elsewhere, and is from its own machine", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const server = await enter(bridge, { token });
    await server.rename("server");
    const { bound } = await server.listen(0, "127.0.0.1");
    const client = await enter(bridge);
    expect((await client.refusal("server", bound.port)).code).toBe("connection-refused");
    const sameMachine = await enter(bridge, { token });
    await sameMachine.connect("server", bound.port);
  });

  test("a name that is taken is refused with one that is free", async () => {
    const bridge = await runBridge({ allow: rules("server-2:80") });
    const [first, second, third] = [await enter(bridge), await enter(bridge), await enter(bridge)];
    await first.rename("server");
    const answer = await second.rename("server");
    expect(answer).toMatchObject({ result: RoomResult.NAME_TAKEN, message: expect.stringContaining('"server"') as unknown });
    // "server-2" is a host that the operator has opened.
    expect(answer?.proposal).toBe("server-3");
    expect(await second.rename("server-3")).toMatchObject({ result: RoomResult.DONE });
    expect((await third.rename("server"))?.proposal).toBe("server-4");
    expect(await third.rename("server-2")).toMatchObject({ result: RoomResult.BAD_NAME, message: expect.stringContaining("outside the room") as unknown });
  });

  test.each(["Server", "сервер", "a b", "-a", "a-", "7", "a.b", "host.zone.internal", "localhost", "host", "xn--abc", "x".repeat(33)])("%s is none", async (name) => {
    const bridge = await runBridge();
    const client = await enter(bridge);
    const answer = await client.rename(name);
    expect(answer?.result).toBe(RoomResult.BAD_NAME);
    expect(answer?.message).toContain(name.slice(0, 32));
  });

  test("a name stays with its machine while the page is away, and with --network host too", async () => {
    const bridge = await runBridge({ network: "host" });
    const token = randomBytes(16);
    const first = await enter(bridge, { token });
    await first.rename("server");
    first.session.close();
    const other = await enter(bridge);
    expect((await other.rename("server"))?.result).toBe(RoomResult.NAME_TAKEN);
    const again = await enter(bridge, { token });
    const { bound } = await again.listen(0, "127.0.0.1");
    await other.connect("server", bound.port);
    // Its own name, under which nothing listens, though the address is the same.
    expect((await other.refusal("pc-2", bound.port)).code).toBe("connection-refused");
    expect((await other.refusal("pc-3", bound.port)).code).toBe("unknown-host");
  });
});

describe("who is in the room", () => {
  test("is told at once, and whenever it changes", async () => {
    const bridge = await runBridge();
    const watcher = await enter(bridge);
    await watcher.watch();
    await until(() => watcher.roomText === "pc-1[]", "the watcher alone");
    expect([...watcher.machines.values()]).toMatchObject([{ isYou: true, isKeeper: true, address: (await watcher.ready).address }]);
    const other = await enter(bridge);
    await until(() => watcher.roomText === "pc-1[] pc-2[]", "another");
    const { bound, listener } = await other.listen(8080);
    await until(() => watcher.roomText === "pc-1[] pc-2[8080]", "a listener");
    expect([...watcher.machines.values()][1]).toMatchObject({ isYou: false, isKeeper: false, listeners: [{ ...bound, isPrivate: false }] });
    await other.rename("server");
    await until(() => watcher.roomText === "pc-1[] server[8080]", "a name");
    listener.close();
    await until(() => watcher.roomText === "pc-1[] server[]", "no listener");
    other.session.close();
    await until(() => watcher.roomText === "pc-1[]", "alone again");
  });

  test("a listener on 127.0.0.1 is told to its own machine only", async () => {
    const bridge = await runBridge();
    const [own, other] = [await enter(bridge), await enter(bridge)];
    await own.watch();
    await other.watch();
    await own.listen(8081, "127.0.0.1");
    await own.listen(8082);
    await until(() => own.roomText === "pc-1[8081p 8082] pc-2[]", "both");
    await until(() => other.roomText === "pc-1[8082] pc-2[]", "the open one");
    expect(JSON.stringify(other.news)).not.toContain("8081");
  });

  test("two programs of one page are one machine, which is there until the last has ended", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const watcher = await enter(bridge);
    await watcher.watch();
    const [one, two] = [await enter(bridge, { token }), await enter(bridge, { token })];
    expect((await one.ready).address).toBe((await two.ready).address);
    await one.listen(8081);
    await two.listen(8082);
    await until(() => watcher.roomText === "pc-1[] pc-2[8081 8082]", "one machine with two listeners");
    one.session.close();
    await until(() => watcher.roomText === "pc-1[] pc-2[8082]", "one left");
    two.session.close();
    await until(() => watcher.roomText === "pc-1[]", "nobody");
  });

  test("many changes at a time are gathered into few packets", async () => {
    const bridge = await runBridge();
    const watcher = await enter(bridge);
    await watcher.watch();
    const other = await enter(bridge);
    const begin = performance.now();
    for (let round = 0; round < 100; round += 1) {
      const { listener } = await other.listen(0);
      listener.close();
    }
    await other.listen(8080);
    await until(() => watcher.roomText === "pc-1[] pc-2[8080]", "the last state");
    // The first, and then at most one each 200 ms.
    expect(watcher.news.length).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - begin) / 200));
  });

  test("no more than 32 listeners of a machine are listed; the others are counted", async () => {
    const bridge = await runBridge();
    const client = await enter(bridge);
    for (let count = 0; count < 35; count += 1) await client.listen(0);
    await client.watch();
    await until(() => client.machines.size === 1, "itself");
    const [machine] = client.machines.values();
    expect(machine?.listeners).toHaveLength(32);
    expect(machine?.moreListeners).toBe(3);
  });

  test("what changes during a cut is told afterwards", async () => {
    const bridge = await runBridge();
    const watcher = await enter(bridge);
    await watcher.watch();
    await until(() => watcher.machines.size === 1, "itself");
    watcher.ws.terminate();
    const other = await enter(bridge);
    await other.rename("server");
    await other.listen(8080);
    await until(() => watcher.roomText === "pc-1[] server[8080]", "all of it");
    expect(watcher.resumptions).toBe(1);
  });

  test("a room of 130 machines is told in two packets, and a machine that changes in one", async () => {
    const bridge = await runBridge();
    const others: ZoneClient[] = [];
    for (let count = 0; count < 129; count += 1) others.push(await enter(bridge));
    const watcher = await enter(bridge);
    await watcher.watch();
    await until(() => watcher.machines.size === 130, "all");
    expect(watcher.news.map(({ isAll, machines }) => [isAll, machines.length])).toEqual([[true, 128], [false, 2]]);
    await others[7]?.rename("seven");
    await until(() => watcher.roomText.includes("seven"), "the name");
    expect(watcher.news.slice(2)).toMatchObject([{ isAll: false, gone: [], machines: [{ name: "seven" }] }]);
  });

  test("asking too much is refused, and watching five times on one machine", async () => {
    const bridge = await runBridge();
    const client = await enter(bridge);
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.rename("server")));
    expect(answers.filter((answer) => answer?.result === RoomResult.DONE).length).toBeLessThan(15);
    expect(answers.at(-1)).toMatchObject({ result: RoomResult.THROTTLED });
    const token = randomBytes(16);
    const page = await Promise.all(Array.from({ length: 5 }, () => enter(bridge, { token })));
    const watched = await Promise.allSettled(page.map((session) => session.watch()));
    expect(watched.filter(({ status }) => status === "rejected")).toHaveLength(1);
  });

  test("a client of version 1 goes on working, and may not ask", async () => {
    const bridge = await runBridge();
    const old = new ZoneClient(bridge);
    const { address } = await old.ready;
    const { bound } = await old.listen(0);
    expect(await old.rename("server")).toBeUndefined();
    const watcher = await enter(bridge);
    await watcher.watch();
    await until(() => watcher.roomText === `pc-1[${bound.port}] pc-2[]`, "the old one too");
    expect([...watcher.machines.values()][0]?.address).toBe(address);
  });
});

describe("the password of a room", () => {
  test("is set by the keeper, asked of whoever enters, and not of machines that are there", async () => {
    const bridge = await runBridge();
    const token = randomBytes(16);
    const keeper = await enter(bridge);
    const other = await enter(bridge, { token });
    await other.watch();
    expect(await other.setPassword("mine now")).toMatchObject({ result: RoomResult.NOT_ALLOWED, message: expect.stringContaining("pc-1") as unknown });
    expect(await keeper.setPassword("abc")).toMatchObject({ result: RoomResult.BAD_PASSWORD });
    expect(await keeper.setPassword("пароль")).toMatchObject({ result: RoomResult.DONE });
    await until(() => other.news.at(-1)?.hasPassword === true, "word of the password");
    expect(await refusal(bridge)).toBe("password-required");
    expect(await refusal(bridge, { password: "Пароль" })).toBe("wrong-password");
    expect(await refusal(bridge, { password: "пароль" })).toBe("entered");
    // In two characters what is one above: the same password to a person.
    expect(await refusal(bridge, { password: "пароль".normalize("NFD") })).toBe("entered");
    expect(await refusal(bridge, { token })).toBe("entered");
    expect(await refusal(bridge, { room: "other" })).toBe("entered");
    expect(await keeper.setPassword("")).toMatchObject({ result: RoomResult.DONE });
    expect(await refusal(bridge)).toBe("entered");
  });

  test("is not needed to resume", async () => {
    const bridge = await runBridge();
    const keeper = await enter(bridge);
    const other = await enter(bridge);
    await keeper.setPassword("secret");
    other.ws.terminate();
    await until(() => other.resumptions === 1, "the session is back");
  });

  test("keeps clients out that cannot send one", async () => {
    const bridge = await runBridge();
    await (await enter(bridge, { room: "hostile" })).setPassword("secret");
    const old = new ZoneClient(bridge, { room: "hostile", password: "secret" });
    await expect(old.ready).rejects.toThrow(/password-required.*cannot send one/);
    const first = new RawClient(bridge, null);
    expect(await first.next(PacketType.CLOSE)).toEqual({ type: PacketType.CLOSE, streamId: 0, reason: CloseReason.BLOCKED, message: "" });
    const second = new RawClient(bridge);
    await second.open;
    second.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [] });
    expect(await second.next(PacketType.CLOSE)).toMatchObject({ streamId: 0, reason: CloseReason.BLOCKED });
    await second.closed;
  });

  test("a packet while the password is being checked is a violation, and leaves nothing behind", async () => {
    const bridge = await runBridge();
    await (await enter(bridge, { room: "hostile" })).setPassword("secret");
    const raw = new RawClient(bridge);
    await raw.open;
    const zone = encodeClientMetadata({ version: 3, machineToken: new Uint8Array(16).fill(9), window: 131_072, password: "secret" });
    raw.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    raw.send({ type: PacketType.LISTEN, listenerId: 1, port: 0, address: "0.0.0.0" });
    expect(await raw.next(PacketType.CLOSE)).toMatchObject({ streamId: 0, reason: CloseReason.PROTOCOL_VIOLATION });
    await raw.closed;
    await until(() => bridge.snapshot().sessions === 1, "the keeper alone");
    expect(bridge.snapshot().listeners).toBe(0);
  });

  test("may be waited for longer than a handshake takes, when many are being checked", async () => {
    const bridge = await runBridge();
    await (await enter(bridge, { room: "hostile" })).setPassword("secret");
    const hash = vi.spyOn(hashQueue, "hash");
    onTestFinished(() => hash.mockRestore());
    const busy = Array.from({ length: 40 }, async () => hashQueue.hash("others", randomBytes(16)));
    const before = hash.mock.calls.length;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const client = new RawClient(bridge);
    await client.open;
    const zone = encodeClientMetadata({ version: ROOM_VERSION, machineToken: new Uint8Array(16).fill(9), window: 131_072, password: "secret" });
    client.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    while (hash.mock.calls.length === before) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(HANDSHAKE_TIMEOUT_MS);
    vi.useRealTimers();
    await client.next(PacketType.READY, 60_000);
    await Promise.all(busy);
  }, 120_000);

  test("is in no line of the log", async () => {
    const lines: string[] = [];
    const bridge = await runBridge({ log: (line) => lines.push(JSON.stringify(line)) });
    await (await enter(bridge)).setPassword("very secret");
    await refusal(bridge, { password: "wrong guess" });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toMatch(/very secret|wrong guess/);
  });

  test("is the operator's where there is one: asked of all, changed by nobody, and there again with the room", async () => {
    const bridge = await runBridge({ roomPasswords: new Map([["lesson", "пароль"], ["*", "for all others"]]) });
    for (let visit = 0; visit < 2; visit += 1) {
      expect(await refusal(bridge, { room: "lesson" })).toBe("password-required");
      expect(await refusal(bridge, { room: "lesson", password: "for all others" })).toBe("wrong-password");
      expect(await refusal(bridge, { room: "another", password: "пароль" })).toBe("wrong-password");
      expect(await refusal(bridge, { room: "lesson", password: "пароль".normalize("NFD") })).toBe("entered");
    }
    const first = await enter(bridge, { room: "another", password: "for all others" });
    await first.watch();
    await until(() => first.machines.size === 1, "itself");
    expect(first.news[0]?.hasPassword).toBe(true);
    expect([...first.machines.values()]).toMatchObject([{ isYou: true, isKeeper: false }]);
    for (const wish of ["mine now", ""]) {
      expect(await first.setPassword(wish)).toMatchObject({ result: RoomResult.NOT_ALLOWED, message: expect.stringContaining("whoever runs the bridge") as unknown });
    }
    expect(await refusal(bridge, { room: "another", password: "mine now" })).toBe("wrong-password");
    expect(await refusal(bridge, { room: "another" })).toBe("password-required");
    const old = new ZoneClient(bridge, { room: "lesson", password: "пароль" });
    await expect(old.ready).rejects.toThrow(/password-required.*cannot send one/);
  });

  test("is the operator's of that room only, unless all others have one too", async () => {
    const bridge = await runBridge({ roomPasswords: new Map([["lesson", "secret"]]) });
    expect(await refusal(bridge, { room: "lesson" })).toBe("password-required");
    const keeper = await enter(bridge, { room: "other" });
    expect(await keeper.setPassword("their own")).toMatchObject({ result: RoomResult.DONE });
    expect(await refusal(bridge, { room: "other", password: "their own" })).toBe("entered");
    const guesses = await Promise.all(Array.from({ length: 20 }, () => refusal(bridge, { room: "lesson", password: "guess" })));
    expect(new Set(guesses)).toEqual(new Set(["wrong-password"]));
  });

  test("passes to the next keeper, and is forgotten with the room", async () => {
    const network = new LanNetwork(new AllowList([]));
    const rooms = new RoomDirectory((name) => network.openRoom(name), DEFAULT_LIMITS);
    const room = rooms.enter("test", account());
    if (!(room instanceof Room)) throw new Error(room.message);
    const [first, second] = [room.takeMachine("one", true, account()), room.takeMachine("two", true, account())];
    if ("code" in first || "code" in second) throw new Error("the room is full");
    await room.setPassword("secret");
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    room.releaseMachine(first, true);
    expect(room.keeper).toBe(first);
    vi.advanceTimersByTime(ADDRESS_LEASE_MS);
    expect(room.keeper).toBe(second);
    expect(room.machineCalled("pc-1")).toBeUndefined();
    expect(room.password.isSet).toBe(true);
    room.releaseMachine(second, true);
    room.leave();
    expect(rooms.size).toBe(1);
    vi.advanceTimersByTime(ADDRESS_LEASE_MS);
    expect(rooms.size).toBe(0);
    const fresh = rooms.enter("test", account());
    expect(fresh instanceof Room && fresh.password.isSet).toBe(false);
  });
});

test("every room has a subnet of its own, until all 65,280 are taken", () => {
  const pool = new SubnetPool();
  const first = pool.take("room");
  const taken = new Set([first?.take()]);
  for (let number = 1; number < 65_280; number += 1) taken.add(pool.take(`room ${number}`)?.take());
  expect(taken.size).toBe(65_280);
  expect(taken).not.toContain(undefined);
  expect(pool.take("one more")).toBeUndefined();
  first?.close();
  expect(pool.take("one more")).toBeDefined();
});

test("a room is full with the 254th machine, until one of them is away", () => {
  const network = new LanNetwork(new AllowList([]));
  const rooms = new RoomDirectory((name) => network.openRoom(name), DEFAULT_LIMITS);
  const room = rooms.enter("test", account());
  if (!(room instanceof Room)) throw new Error(room.message);
  const machines = Array.from({ length: 254 }, (_, i) => room.takeMachine(`page ${i}`, true, account()));
  const addresses = machines.map((machine) => ("code" in machine ? machine.code : machine.address));
  expect(new Set(addresses).size).toBe(254);
  expect(new Set(addresses.map((address) => address.split(".").slice(0, 3).join("."))).size).toBe(1);
  for (const address of addresses) expect(address).toMatch(/^127\.\d+\.\d+\.\d+$/);
  expect(room.takeMachine("one more", true, account())).toMatchObject({ code: "room-full", message: expect.stringContaining("254 machines") as unknown });
  // Those that are in it may start programs all the same.
  expect(room.takeMachine("page 7", true, account())).toBe(machines[7]);
  const away = machines[100];
  if (away === undefined || "code" in away) throw new Error("the room was full before");
  room.releaseMachine(away, true);
  expect(room.takeMachine("one more", true, account())).toMatchObject({ address: away.address });
  rooms.close();
});

test("a new room's name is not to be guessed, and no two are alike", () => {
  const names = Array.from({ length: 1_000 }, randomRoomName);
  expect(new Set(names).size).toBe(1_000);
  // Twelve letters and digits out of 31: 59 bits.
  for (const name of names) expect(name).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
});

test("a bridge whose part of loopback is used up names the option that sets it", async () => {
  const entries: LogEntry[] = [];
  const bridge = await runBridge({ lanRange: cidr("127.77.8.0/24"), log: (entry) => entries.push(entry) });
  const { address } = await (await enter(bridge)).ready;
  expect(address).toBe("127.77.8.1");
  await expect(new ZoneClient(bridge, { room: "other" }).ready).rejects.toThrow(/^limit-exceeded: The bridge has 1 rooms, and no addresses for another one.*--lan-range/);
  expect(entries.find(({ event }) => event === "refusal")).toMatchObject({ reason: "lan-range" });
});

test("a bridge that has no room left says so over the WebSocket", async () => {
  const bridge = await runBridge({ limits: { rooms: 1 } });
  await enter(bridge);
  expect(await refusal(bridge, { room: "other" })).toBe("limit-exceeded");
});
