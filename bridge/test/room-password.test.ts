import { randomBytes } from "node:crypto";
import { CloseReason, encodeClientMetadata, PacketType, ROOM_VERSION, RoomResult } from "@playground/wire/codec";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Ledger } from "../src/client/ledger.ts";
import { ADDRESS_LEASE_MS, DEFAULT_LIMITS, HANDSHAKE_TIMEOUT_MS } from "../src/limits.ts";
import { LanNetwork } from "../src/network/lan-network.ts";
import { AllowList } from "../src/policy/allow-list.ts";
import { hashQueue } from "../src/room/hash-queue.ts";
import { RoomDirectory } from "../src/room/room-directory.ts";
import { Room } from "../src/room/room.ts";
import { RawClient } from "./support/raw-client.ts";
import { enter, refusal } from "./support/room-page.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { ZoneClient } from "./support/zone-client.ts";

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
    const bridge = await runBridge({
      roomPasswords: new Map([
        ["lesson", "пароль"],
        ["*", "for all others"],
      ]),
    });
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
      expect(await first.setPassword(wish)).toMatchObject({
        result: RoomResult.NOT_ALLOWED,
        message: expect.stringContaining("whoever runs the bridge") as unknown,
      });
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
    const account = new Ledger(DEFAULT_LIMITS).of("10.0.0.1");
    const room = rooms.enter("test", account);
    if (!(room instanceof Room)) throw new Error(room.message);
    const [first, second] = [room.takeMachine("one", true, account), room.takeMachine("two", true, account)];
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
    const fresh = rooms.enter("test", account);
    expect(fresh instanceof Room && fresh.password.isSet).toBe(false);
  });
});
