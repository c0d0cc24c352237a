import {
  encodeClientMetadata,
  encodePacket,
  encodePresence,
  encodeRoomMachine,
  PacketType,
  ROOM_VERSION,
  type Packet,
  type RoomMachine,
} from "@playground/wire/codec";
import { describe, expect, onTestFinished, test } from "vitest";
import { Ledger } from "../src/client/ledger.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";
import { LanNetwork } from "../src/network/lan-network.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { Machine } from "../src/room/machine.ts";
import { RoomDirectory } from "../src/room/room-directory.ts";
import type { RoomWatcher } from "../src/room/room-presence.ts";
import { Room } from "../src/room/room.ts";
import { RawClient } from "./support/raw-client.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

const MACHINES = 250;

/** A room with so many machines, each with one watcher, and how many packets they were told. Nothing is left to tell. */
async function watchedRoom(): Promise<{ room: Room; machines: Machine[]; told: () => number }> {
  const network = new LanNetwork(new AllowList([]));
  const rooms = new RoomDirectory((name) => network.openRoom(name), DEFAULT_LIMITS);
  const account = new Ledger({ ...DEFAULT_LIMITS, machinesPerRoomPerAddress: MACHINES }).of("10.0.0.1");
  const room = rooms.enter("test", account);
  if (!(room instanceof Room)) throw new Error(room.message);
  onTestFinished(() => rooms.close());
  const machines: Machine[] = [];
  let told = 0;
  for (let count = 0; count < MACHINES; count += 1) {
    const machine = room.takeMachine(`page ${machines.length}`, true, account);
    if (!(machine instanceof Machine)) throw new Error(machine.message);
    machines.push(machine);
    const watcher: RoomWatcher = { machine, canSend: true, send: () => void (told += 1) };
    room.presence.add(watcher);
  }
  // Everybody has come since the last news: 250 machines in two packets.
  const atOnce = told;
  await until(() => told === atOnce + 2 * MACHINES, "the end of joining");
  return { room, machines, told: () => told };
}

describe("a change in a room", () => {
  test("is encoded once for all who watch it, and once more for the machine itself", async () => {
    const { room, machines, told } = await watchedRoom();
    const [encoded, packets] = [room.presence.machinesEncoded, room.presence.packetsEncoded];
    const before = told();
    room.rename(machines[7] as Machine, "seven");
    room.rename(machines[7] as Machine, "eight");
    await until(() => told() === before + MACHINES, "everybody to be told");
    expect(room.presence.machinesEncoded - encoded).toBe(2);
    expect(room.presence.packetsEncoded - packets).toBe(2);
  });

  test("costs a room of machines that all change at once one encoding for each that sees itself, not for each pair", async () => {
    const { room, machines, told } = await watchedRoom();
    const encoded = room.presence.machinesEncoded;
    const before = told();
    for (const [index, machine] of machines.entries()) room.rename(machine, `name-${index}`);
    // 250 machines are told in two packets.
    await until(() => told() === before + 2 * MACHINES, "everybody to be told");
    expect(room.presence.machinesEncoded - encoded).toBe(2 * MACHINES);
  });

  test("is told to some watchers in each turn of the event loop, so that a large room keeps nobody waiting", async () => {
    const { room, machines, told } = await watchedRoom();
    room.rename(machines[0] as Machine, "zero");
    const before = told();
    let most = 0;
    for (let last = before; last < before + MACHINES;) {
      await new Promise((resolve) => setImmediate(resolve));
      most = Math.max(most, told() - last);
      last = told();
    }
    expect(most).toBeLessThanOrEqual(64);
  });
});

test("pages that ask again and again who is there are answered, and told anew every two seconds at most, from what is encoded already", async () => {
  const bridge = await runBridge();
  const pages = 40;
  const asks = 8;
  const clients = await Promise.all(
    Array.from({ length: pages }, async () => {
      const client = new ZoneClient(bridge, { resumes: true });
      await client.ready;
      return client;
    }),
  );
  for (const client of clients) await client.watch();
  await until(() => clients.every(({ machines }) => machines.size === pages), "everybody");
  const lists = (): number => clients.reduce((sum, { news }) => sum + news.filter(({ isAll }) => isAll).length, 0);
  const before = lists();
  const begin = performance.now();
  for (let ask = 0; ask < asks; ask += 1) await Promise.all(clients.map((client) => client.watch()));
  const limit = pages * (1 + Math.floor((performance.now() - begin) / 2_000));
  expect(lists() - before).toBeLessThanOrEqual(limit);
  // Asked again, everything is told anew all the same.
  await until(() => lists() - before >= pages, "the list");
  for (const { machines } of clients) expect([...machines.values()].filter(({ isYou }) => isYou)).toHaveLength(1);
}, 20_000);

test("a page that does not read is told the last state afterwards, and the others meanwhile", async () => {
  const bridge = await runBridge();
  const [reader, sleeper] = [new ZoneClient(bridge, { resumes: true }), new ZoneClient(bridge, { resumes: true })];
  await Promise.all([reader.ready, sleeper.ready]);
  await Promise.all([reader.watch(), sleeper.watch()]);
  sleeper.ws.terminate();
  await reader.rename("one");
  await until(() => reader.roomText.includes("one[]"), "the first name");
  await reader.rename("two");
  await until(() => reader.roomText.includes("two[]"), "the second name");
  await until(() => sleeper.roomText.includes("two[]"), "the last state");
  expect(sleeper.resumptions).toBe(1);
  const machines = [...sleeper.machines.values()];
  expect(machines).toHaveLength(2);
  expect(machines.filter(({ isYou }) => isYou)).toHaveLength(1);
});

function machine(machineId: number): RoomMachine {
  return {
    machineId,
    isYou: machineId === 1,
    isKeeper: machineId === 2,
    address: `127.18.52.${machineId}`,
    name: `pc-${machineId}`,
    listeners: [{ address: "127.18.52.2", port: 8080, isPrivate: machineId === 1 }],
    moreListeners: machineId,
  };
}

test("a packet put together from encoded machines is the one that encodePacket makes", () => {
  const machines = [1, 2, 3].map(machine);
  const head = { isAll: true, hasPassword: true, gone: [7, 9] };
  const packet: Packet = { type: PacketType.ROOM_EVENT, requestId: 0, event: { kind: "presence", ...head, machines } };
  expect(encodePresence(head, machines.map(encodeRoomMachine))).toEqual(encodePacket(packet));
});

test("a client of version 3 that watches before it reads anything gets its list and its answer in the order in which they always came", async () => {
  const bridge = await runBridge();
  const client = new RawClient(bridge);
  await client.open;
  const zone = encodeClientMetadata({ version: ROOM_VERSION, machineToken: new Uint8Array(16).fill(5), window: 131_072, password: "" });
  client.send({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
  await client.next(PacketType.READY);
  client.send({ type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "watch" } });
  await until(() => client.packets.filter(({ type }) => type === PacketType.ROOM_EVENT).length === 2, "both");
  const events = client.packets.flatMap((packet) => (packet.type === PacketType.ROOM_EVENT ? [packet] : []));
  expect(events.map(({ requestId, event }) => [requestId, event.kind])).toEqual([
    [0, "presence"],
    [1, "answer"],
  ]);
});
