import { expect, test } from "vitest";
import { cidr } from "@playground/tcp";
import type { ClientAccount } from "../src/client/client-account.ts";
import { Ledger } from "../src/client/ledger.ts";
import type { LogEntry } from "../src/index.ts";
import { DEFAULT_LIMITS } from "../src/limits.ts";
import { LanNetwork } from "../src/network/lan-network.ts";
import { SubnetPool } from "../src/network/subnet-pool.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { RoomDirectory } from "../src/room/room-directory.ts";
import { randomRoomName } from "../src/room/room-name.ts";
import { Room } from "../src/room/room.ts";
import { enter, refusal } from "./support/room-page.ts";
import { runBridge } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

/** One client that may fill a room. */
const ledger = new Ledger({ ...DEFAULT_LIMITS, machinesPerRoomPerAddress: 254 });
const account = (): ClientAccount => ledger.of("10.0.0.1");

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
  await expect(new ZoneClient(bridge, { room: "other" }).ready).rejects.toThrow(
    /^limit-exceeded: The bridge has 1 rooms, and no addresses for another one.*--lan-range/,
  );
  expect(entries.find(({ event }) => event === "refusal")).toMatchObject({ reason: "lan-range" });
});

test("a bridge that has no room left says so over the WebSocket", async () => {
  const bridge = await runBridge({ limits: { rooms: 1 } });
  await enter(bridge);
  expect(await refusal(bridge, { room: "other" })).toBe("limit-exceeded");
});
