import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Bridge } from "../src/index.ts";
import { runBridge, until } from "./support/running-bridge.ts";
import { RefusedError, ZoneClient, type ZoneClientOptions } from "./support/zone-client.ts";

const ATTACKER = "127.0.0.2";
const SECOND_ATTACKER = "127.0.0.3";
const TEACHER = "127.0.0.4";

async function enter(bridge: Bridge, options: ZoneClientOptions): Promise<ZoneClient> {
  const client = new ZoneClient(bridge, { resumes: true, ...options });
  await client.ready;
  return client;
}

/** Visits rooms, at most ten at a time; gives what was refused. */
async function visit(bridge: Bridge, rooms: readonly string[], localAddress: string): Promise<string[]> {
  const refused: string[] = [];
  const left = [...rooms];
  const visitor = async (): Promise<void> => {
    for (let room = left.shift(); room !== undefined; room = left.shift()) {
      const client = new ZoneClient(bridge, { room, localAddress });
      await client.ready.then(
        () => client.session.close(),
        (error: unknown) => void refused.push(error instanceof RefusedError ? error.failure.message : String(error)),
      );
    }
  };
  await Promise.all(Array.from({ length: 10 }, visitor));
  return refused;
}

const names = (count: number, prefix = "visited"): string[] => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

test("an address that visits room after room keeps few empty ones, and takes no room from others", async () => {
  const bridge = await runBridge({ limits: { rooms: 30, emptyRoomsPerAddress: 20, roomsPerAddress: 25 } });
  const teacher = await enter(bridge, { room: "lesson", localAddress: TEACHER });
  await teacher.setPassword("secret");
  teacher.session.close();
  await until(() => bridge.snapshot().sessions === 0, "the teacher away");
  expect(await visit(bridge, names(60), ATTACKER)).toEqual([]);
  await until(() => bridge.snapshot().rooms <= 21, "20 empty rooms of the attacker's");
  // Another address visits until all rooms are taken: of the empty ones, those go whose address has most.
  expect(await visit(bridge, names(15, "other"), SECOND_ATTACKER)).toEqual([]);
  await enter(bridge, { room: "new" });
  expect(bridge.snapshot().rooms).toBeLessThanOrEqual(30);
  await expect(new ZoneClient(bridge, { room: "lesson", localAddress: ATTACKER }).ready).rejects.toThrow("password-required");
});

test("of an address's empty rooms, the one where somebody was for longest stays", async () => {
  const bridge = await runBridge({ limits: { emptyRoomsPerAddress: 5 } });
  const teacher = await enter(bridge, { room: "lesson", localAddress: ATTACKER });
  await teacher.setPassword("secret");
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  teacher.session.close();
  expect(await visit(bridge, names(30), ATTACKER)).toEqual([]);
  await until(() => bridge.snapshot().sessions === 0, "nobody there");
  expect(bridge.snapshot().rooms).toBe(5);
  await expect(new ZoneClient(bridge, { room: "lesson" }).ready).rejects.toThrow("password-required");
});

test("rooms with somebody in them, and new ones a minute: an address has its share", async () => {
  const bridge = await runBridge({ limits: { roomsPerAddress: 3, newRoomsBurstPerAddress: 5, newRoomsPerMinutePerAddress: 1 } });
  const clients = await Promise.all(names(3).map((room) => enter(bridge, { room, localAddress: ATTACKER })));
  await expect(new ZoneClient(bridge, { room: "more", localAddress: ATTACKER }).ready).rejects.toThrow(
    /limit-exceeded: .*has opened 3 rooms.*--max-rooms-per-address/,
  );
  // Who is in a room that exists needs none; and an empty one of its own goes for a new one.
  await enter(bridge, { room: "visited-0", localAddress: ATTACKER });
  clients[1]?.session.close();
  await until(() => bridge.snapshot().sessions === 3, "one away");
  await enter(bridge, { room: "more", localAddress: ATTACKER });
  await expect(new ZoneClient(bridge, { room: "yet-more", localAddress: ATTACKER }).ready).rejects.toThrow(
    /more than 1 rooms a minute.*--max-new-rooms-per-minute-per-address/,
  );
  await enter(bridge, { room: "yet-more", localAddress: TEACHER });
});

test("a room counts for another address that is in it when who opened it has gone for good", async () => {
  const bridge = await runBridge({ limits: { roomsPerAddress: 1 } });
  // A plain client leaves no place behind that is kept.
  const opener = new WebSocket(`${bridge.url.replace("http", "ws")}room/a/`, { localAddress: ATTACKER });
  await once(opener, "message");
  await enter(bridge, { room: "a", localAddress: TEACHER });
  await expect(new ZoneClient(bridge, { room: "b", localAddress: ATTACKER }).ready).rejects.toThrow("--max-rooms-per-address");
  opener.terminate();
  await until(() => bridge.snapshot().sessions === 1, "the opener away");
  await enter(bridge, { room: "b", localAddress: ATTACKER });
  await expect(new ZoneClient(bridge, { room: "c", localAddress: TEACHER }).ready).rejects.toThrow("--max-rooms-per-address");
});

test("who fills a room gets nobody's place: not the teacher's, who is away, nor the password; and one address cannot fill it", async () => {
  const bridge = await runBridge({ limits: { machinesPerRoom: 20, machinesPerRoomPerAddress: 12 } });
  const [teachersToken, pupilsToken] = [randomBytes(16), randomBytes(16)];
  const teacher = await enter(bridge, { token: teachersToken, localAddress: TEACHER });
  const { address } = await teacher.ready;
  const pupil = await enter(bridge, { token: pupilsToken, localAddress: TEACHER });
  for (const client of [teacher, pupil]) client.session.close();
  await until(() => bridge.snapshot().sessions === 0, "both away");
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => enter(bridge, { localAddress: ATTACKER })));
  const refused = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []));
  expect(refused).toHaveLength(8);
  for (const text of refused) expect(text).toMatch(/limit-exceeded: Your network's address has 12 machines in this room.*--max-machines-per-room-per-address/);
  const others = await Promise.allSettled(Array.from({ length: 10 }, () => enter(bridge, { localAddress: SECOND_ATTACKER })));
  expect(others.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
  expect(others.flatMap((result) => (result.status === "rejected" ? [String(result.reason)] : []))[0]).toMatch(/room-full/);
  const intruder = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []))[0] as ZoneClient;
  expect(await intruder.setPassword("taken over")).toMatchObject({ message: expect.stringContaining("Only the machine that has been in the room longest") });
  const back = await enter(bridge, { token: teachersToken, localAddress: TEACHER });
  expect((await back.ready).address).toBe(address);
  expect(await back.setPassword("secret")).toMatchObject({ result: 0 });
  await enter(bridge, { token: pupilsToken, localAddress: TEACHER });
}, 20_000);

test("an address that comes and goes gives up its own places, never its keeper's", async () => {
  const bridge = await runBridge({ limits: { machinesPerRoomPerAddress: 12 } });
  const token = randomBytes(16);
  const keeper = await enter(bridge, { token, localAddress: ATTACKER });
  const { address } = await keeper.ready;
  keeper.session.close();
  await until(() => bridge.snapshot().sessions === 0, "the keeper away");
  expect(
    await visit(
      bridge,
      Array.from({ length: 30 }, () => "test"),
      ATTACKER,
    ),
  ).toEqual([]);
  expect(bridge.snapshot().machines).toBe(12);
  expect((await (await enter(bridge, { token, localAddress: ATTACKER })).ready).address).toBe(address);
});

test("new machines a minute: an address has its share, and whoever is there notices nothing", async () => {
  const bridge = await runBridge({ limits: { newMachinesPerMinutePerAddress: 1, newMachinesBurstPerAddress: 3 } });
  const token = randomBytes(16);
  const page = await enter(bridge, { token, localAddress: ATTACKER });
  await Promise.all([enter(bridge, { localAddress: ATTACKER }), enter(bridge, { localAddress: ATTACKER })]);
  await expect(new ZoneClient(bridge, { localAddress: ATTACKER }).ready).rejects.toThrow(
    /More than 1 new machines a minute.*--max-new-machines-per-minute-per-address/,
  );
  await enter(bridge, { token, localAddress: ATTACKER });
  await enter(bridge, { localAddress: TEACHER });
  page.ws.terminate();
  await until(() => page.resumptions === 1, "the way back");
});
