import { describe, expect, test } from "vitest";
import type { RoomMachine } from "@playground/wire/codec";
import { RoomMemory } from "../src/room/room-memory.ts";
import { RoomPresence } from "../src/room/room-presence.ts";
import { safeStorage } from "../src/storage/safe-storage.ts";

const machine = (machineId: number, address: string, isYou = false): RoomMachine => ({
  machineId,
  address,
  isYou,
  isKeeper: false,
  name: `pc-${machineId}`,
  listeners: [],
  moreListeners: 0,
});
const news = (machines: readonly RoomMachine[], gone: readonly number[] = [], isAll = false) =>
  ({ kind: "presence", isAll, hasPassword: false, gone, machines }) as const;
const nowhere = safeStorage(() => undefined);

describe("who is in the room", () => {
  test("this machine comes first, the others by the number of their address", () => {
    const presence = new RoomPresence(new RoomMemory("lab", nowhere));
    presence.take(news([machine(1, "127.1.2.10"), machine(2, "127.1.2.9"), machine(3, "127.1.2.11", true)], [], true));
    expect(presence.machines.map(({ address }) => address)).toEqual(["127.1.2.11", "127.1.2.9", "127.1.2.10"]);
    expect(presence.you?.machineId).toBe(3);
  });

  test("changes are put into what is known, and a new beginning replaces it", () => {
    const presence = new RoomPresence(new RoomMemory("lab", nowhere));
    let changes = 0;
    presence.subscribe(() => (changes += 1));
    presence.take(news([machine(1, "127.1.2.1"), machine(2, "127.1.2.2")], [], true));
    presence.take(news([{ ...machine(2, "127.1.2.2"), name: "server" }], [1, 99]));
    expect(presence.machines.map(({ name }) => name)).toEqual(["server"]);
    presence.take(news([machine(5, "127.1.2.5")], [], true));
    expect(presence.machines.map(({ name }) => name)).toEqual(["pc-5"]);
    presence.end();
    expect(presence.isKnown).toBe(false);
    expect(presence.machines).toEqual([]);
    expect(changes).toBe(4);
  });

  test("without a session nothing can be asked", async () => {
    const presence = new RoomPresence(new RoomMemory("lab", nowhere));
    expect(await presence.rename("server")).toBeUndefined();
    expect(await presence.setPassword("secret")).toBeUndefined();
  });
});

test("a tab remembers name and password of each room apart", () => {
  const kept = new Map<string, string>();
  const storage = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string) => kept.set(key, value) !== undefined,
    remove: (key: string) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
  const [lab, other] = [new RoomMemory("lab", storage), new RoomMemory("other", storage)];
  lab.name = "server";
  lab.password = "secret";
  expect([lab.name, lab.password, other.name, other.password]).toEqual(["server", "secret", undefined, undefined]);
  lab.password = "";
  expect(new RoomMemory("lab", storage).password).toBeUndefined();
  expect(kept.size).toBe(1);
});

test("without storage the page itself remembers, for as long as it lives", () => {
  const memory = new RoomMemory("lab", nowhere);
  memory.password = "secret";
  expect(memory.password).toBe("secret");
  memory.password = "";
  expect(memory.password).toBeUndefined();
});
