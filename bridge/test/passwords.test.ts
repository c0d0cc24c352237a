import { randomBytes } from "node:crypto";
import { ROOM_VERSION, RoomResult } from "@playground/wire/codec";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { cidr } from "@playground/tcp";
import type { Bridge } from "../src/index.ts";
import { Ledger } from "../src/client/ledger.ts";
import { DEFAULT_LIMITS, GUESSES_AT_ONCE } from "../src/limits.ts";
import { LanNetwork } from "../src/network/lan-network.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { HashQueue, hashQueue, HashesBusyError } from "../src/room/hash-queue.ts";
import { RoomDirectory } from "../src/room/room-directory.ts";
import { Room } from "../src/room/room.ts";
import { FairTree } from "../src/turns/fair-tree.ts";
import { Guesser } from "./support/guesser.ts";
import { runBridge } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

const PASSWORD = "the right one";
/** Guesses of the demonstration that locked a whole address out. */
const GUESSES = 61;

/** A bridge that believes what a proxy says of addresses, and the room "hostile" with a password. */
async function roomWithPassword(): Promise<Bridge> {
  const bridge = await runBridge({ trustedProxies: [cidr("127.0.0.1")] });
  const keeper = new ZoneClient(bridge, { resumes: true, room: "hostile" });
  await keeper.ready;
  expect(await keeper.setPassword(PASSWORD)).toMatchObject({ result: RoomResult.DONE });
  return bridge;
}

describe("the password of a room", () => {
  test("lets whoever has it in, while and after others of the same address guess", async () => {
    const bridge = await roomWithPassword();
    const guesses = Array.from({ length: GUESSES }, () => new Guesser(bridge, "wrong").outcome);
    expect(await new Guesser(bridge, PASSWORD).outcome).toBe("entered");
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(["wrong-password"]));
    expect(await new Guesser(bridge, PASSWORD).outcome).toBe("entered");
  }, 20_000);

  test("is said to be wrong later and later", async () => {
    const bridge = await roomWithPassword();
    const token = randomBytes(16);
    const times: number[] = [];
    for (let guess = 0; guess < 3; guess += 1) {
      const begin = performance.now();
      expect(await new Guesser(bridge, "wrong", { token }).outcome).toBe("wrong-password");
      times.push(performance.now() - begin);
    }
    const [first = 0, , third = 0] = times;
    expect(first).toBeGreaterThan(250);
    expect(third).toBeGreaterThan(850);
  });

  test("lets others in while a flood of guesses comes from as many IPv6 networks", async () => {
    const bridge = await roomWithPassword();
    const flood = Array.from({ length: 150 }, (_, index) => new Guesser(bridge, "wrong", { address: `2001:db8:${index.toString(16)}::1` }));
    expect(await new Guesser(bridge, PASSWORD, { address: "192.0.2.7" }).outcome).toBe("entered");
    expect(new Set(await Promise.all(flood.map(({ outcome }) => outcome)))).toEqual(new Set(["wrong-password"]));
  }, 20_000);
});

/** A room with a password, and what its admission says to a guess. */
async function guessedRoom(): Promise<(address: string, password?: string) => Promise<string>> {
  const network = new LanNetwork(new AllowList([]));
  const rooms = new RoomDirectory((name) => network.openRoom(name), DEFAULT_LIMITS);
  onTestFinished(() => rooms.close());
  const ledger = new Ledger(DEFAULT_LIMITS);
  const room = rooms.enter("test", ledger.of("192.0.2.200"));
  if (!(room instanceof Room)) throw new Error(room.message);
  await room.setPassword(PASSWORD);
  return async (address, password = "wrong") => {
    const client = { version: ROOM_VERSION, machineToken: randomBytes(16), window: 131_072, password };
    const refusal = await rooms.admission.check(room, client, { account: ledger.of(address), address, isWaiting: () => true });
    return refusal?.code ?? "entered";
  };
}

/** Lets so many seconds of fake time pass. */
async function seconds(count: number): Promise<void> {
  for (let ms = 0; ms < count * 1_000; ms += 50) {
    await vi.advanceTimersByTimeAsync(50);
    // The one of 256 that has to be hashed takes real time.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("guesses of one room", () => {
  test("are checked at once up to a number, whoever sends them, and then ever more slowly; another address waits for one turn", async () => {
    const guess = await guessedRoom();
    vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    let answered = 0;
    const flood = (count: number, from: number): void => {
      for (let index = 0; index < count; index += 1) {
        const network = from + index;
        void guess(`2a00:${(network >> 8).toString(16)}:${(network & 0xff).toString(16)}::1`).then(() => (answered += 1));
      }
    };
    flood(GUESSES_AT_ONCE, 0);
    await seconds(6);
    expect(answered).toBeGreaterThan(GUESSES_AT_ONCE - 20);
    flood(1_500, 10_000);
    await seconds(1);
    let isIn = false;
    void guess("192.0.2.1", PASSWORD).then((outcome) => (isIn = outcome === "entered"));
    await vi.advanceTimersByTimeAsync(20);
    vi.useRealTimers();
    await vi.waitUntil(() => isIn, { timeout: PATIENCE_MS });
    expect(answered).toBeLessThan(GUESSES_AT_ONCE + 300);
  }, 60_000);
});

describe("the queue of hashes", () => {
  test("takes addresses in turns, however much one of them asks for", async () => {
    const order: string[] = [];
    const salt = randomBytes(16);
    const ask = (client: string): Promise<unknown> => hashQueue.hash("password", salt, ["IPv4", client]).then(() => order.push(client));
    const many = Array.from({ length: 12 }, () => ask("192.0.2.1"));
    await Promise.all([ask("192.0.2.2"), ...many]);
    // Two were under way, and one was next in turn.
    expect(order.indexOf("192.0.2.2")).toBeLessThanOrEqual(4);
  });

  test("has a share for each address", async () => {
    const queue = new HashQueue(1);
    const salt = randomBytes(16);
    const ask = (): Promise<unknown> => queue.hash("password", salt, ["IPv4", "192.0.2.3"]);
    const some = Array.from({ length: 3 }, ask);
    await expect(ask()).rejects.toThrow(HashesBusyError);
    await queue.hash("password", salt, ["IPv4", "192.0.2.4"]);
    await Promise.all(some);
  });
});

test("a tree of groups gives each group its turn, and has the largest give way", () => {
  const tree = new FairTree<{ readonly name: string }>();
  for (const name of ["a1", "a2", "a3", "a4"]) tree.add(["six", "a"], { name });
  for (const name of ["b1", "b2"]) tree.add(["six", "b"], { name });
  tree.add(["four", "c"], { name: "c1" });
  expect(tree.takeLast()?.name).toBe("a4");
  const taken: string[] = [];
  for (let next = tree.take(); next !== undefined; next = tree.take()) taken.push(next.name);
  expect(taken).toEqual(["a1", "c1", "b1", "a2", "b2", "a3"]);
  tree.add(["six", "a"], { name: "again" });
  expect(tree.takeLast()?.name).toBe("again");
  expect(tree.take()).toBeUndefined();
  tree.add(["six", "a"], { name: "and again" });
  expect([tree.size, tree.take()?.name, tree.size]).toEqual([1, "and again", 0]);
});
