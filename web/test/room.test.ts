import { describe, expect, test } from "vitest";
import type { RoomMachine } from "@playground/wire/codec";
import { RoomMemory } from "../src/room/room-memory.ts";
import { RoomPresence } from "../src/room/room-presence.ts";
import { KnownMachines } from "../src/session/known-machines.ts";
import { type SafeStorage, safeStorage } from "../src/storage/safe-storage.ts";
import { blockedStorage, memoryStorage } from "./support/memory-storage.ts";

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
    const presence = new RoomPresence(new RoomMemory("lab", { storage: nowhere }));
    presence.take(news([machine(1, "127.1.2.10"), machine(2, "127.1.2.9"), machine(3, "127.1.2.11", true)], [], true));
    expect(presence.machines.map(({ address }) => address)).toEqual(["127.1.2.11", "127.1.2.9", "127.1.2.10"]);
    expect(presence.you?.machineId).toBe(3);
  });

  test("changes are put into what is known, and a new beginning replaces it", () => {
    const presence = new RoomPresence(new RoomMemory("lab", { storage: nowhere }));
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
    const presence = new RoomPresence(new RoomMemory("lab", { storage: nowhere }));
    expect(await presence.rename("server")).toBeUndefined();
    expect(await presence.setPassword("secret")).toBeUndefined();
  });
});

describe("who else is there", () => {
  test("is not known before the bridge has told", () => {
    const presence = new RoomPresence(new RoomMemory("lab", { storage: nowhere }));
    expect(presence.inRoom("lab")).toBeUndefined();
    presence.take(news([machine(1, "127.1.2.1", true)], [], true));
    expect(presence.inRoom("lab")).toEqual({ room: "lab", machines: [], more: 0 });
  });

  test("is told of five at most, and of how many more there are, without this machine", () => {
    const presence = new RoomPresence(new RoomMemory("lab", { storage: nowhere }));
    const all = Array.from({ length: 8 }, (_, index) => machine(index + 1, `127.1.2.${index + 1}`, index === 3));
    presence.take(news(all, [], true));
    expect(presence.inRoom("lab")).toEqual({ room: "lab", machines: ["pc-1", "pc-2", "pc-3", "pc-5", "pc-6"], more: 2 });
    presence.take(news([{ ...machine(8, "127.1.2.8", false), listeners: [{ address: "127.1.2.8", port: 8080, isPrivate: false }] }]));
    expect(presence.inRoom("lab")?.machines).toEqual(["pc-8", "pc-1", "pc-2", "pc-3", "pc-5"]);
  });
});

const token = (number: number): string => number.toString(16).padStart(32, "0");

/** What a page in this browser and tab remembers as the machine with this token. */
const memoryOf = (browser: SafeStorage, tab: SafeStorage, machineToken: string, room = "lab"): RoomMemory =>
  new RoomMemory(room, { storage: tab, machine: { known: new KnownMachines(room, browser), token: machineToken } });

describe("the name of a machine", () => {
  const [first, second] = ["a".repeat(32), "b".repeat(32)];
  test("is the browser's to remember, with the machine and for its room", () => {
    const browser = memoryStorage();
    memoryOf(browser, memoryStorage(), first).name = "Маша";
    expect(memoryOf(browser, memoryStorage(), first).name).toBe("Маша");
    expect(memoryOf(browser, memoryStorage(), second).name).toBeUndefined();
    expect(memoryOf(browser, memoryStorage(), first, "other").name).toBeUndefined();
  });

  test("does not go to a duplicated tab, which is another machine; nor is it lost where the browser keeps the tab's store alone", () => {
    const tab = memoryStorage();
    memoryOf(blockedStorage, tab, first).name = "Маша";
    expect(memoryOf(blockedStorage, tab, first).name).toBe("Маша");
    expect(memoryOf(blockedStorage, tab, second).name).toBeUndefined();
  });

  test("is kept for the last 8 machines of a room and 64 of all, and what is used stays", () => {
    const browser = memoryStorage();
    new KnownMachines("first", browser).rename(token(1), "Маша");
    for (let number = 0; number < 20; number += 1) new KnownMachines("lab", browser).use(token(number));
    expect(new KnownMachines("lab", browser).tokens).toEqual(Array.from({ length: 8 }, (_, index) => token(19 - index)));
    expect(new KnownMachines("first", browser).nameOf(token(1))).toBe("Маша");
    for (let number = 0; number < 60; number += 1) new KnownMachines(`room-${number}`, browser).use(token(number));
    expect(new KnownMachines("first", browser).tokens).toEqual([]);
    expect(new KnownMachines("room-59", browser).tokens).toEqual([token(59)]);
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
  const [lab, other] = [new RoomMemory("lab", { storage }), new RoomMemory("other", { storage })];
  lab.name = "server";
  lab.password = "secret";
  expect([lab.name, lab.password, other.name, other.password]).toEqual(["server", "secret", undefined, undefined]);
  lab.password = "";
  expect(new RoomMemory("lab", { storage }).password).toBeUndefined();
  expect(kept.size).toBe(1);
});

test("without storage the page itself remembers, for as long as it lives", () => {
  const memory = new RoomMemory("lab", { storage: nowhere });
  memory.password = "secret";
  expect(memory.password).toBe("secret");
  memory.password = "";
  expect(memory.password).toBeUndefined();
});
