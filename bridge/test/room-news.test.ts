import { randomBytes } from "node:crypto";
import { RoomResult } from "@playground/wire/codec";
import { describe, expect, test } from "vitest";
import { enter } from "./support/room-page.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

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
    expect(watcher.news.map(({ isAll, machines }) => [isAll, machines.length])).toEqual([
      [true, 128],
      [false, 2],
    ]);
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
