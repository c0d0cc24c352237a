import { describe, expect, test } from "vitest";
import type { NetworkFailure } from "@playground/network";
import { ClientSession, type RoomNews, type TransportEvents } from "../src/client/index.ts";
import { CloseCode, encodeBridgeMetadata, type Packet, PacketType, decodeClientMetadata, decodePacket, encodePacket, RoomResult } from "../src/codec/index.ts";
import { HERE, ManualClock, SESSION_ID, settle, TOKEN } from "./scripted-bridge.ts";

const NEWS: RoomNews = {
  kind: "presence",
  isAll: true,
  hasPassword: false,
  gone: [],
  machines: [{ machineId: 1, isYou: true, isKeeper: true, address: HERE.address, name: "pc-2", listeners: [], moreListeners: 0 }],
};

/** A client that can resume, and every WebSocket that it opens. */
function client(password?: string) {
  const clock = new ManualClock();
  const sent: Packet[][] = [];
  const closed: (number | undefined)[] = [];
  const news: RoomNews[] = [];
  const ended: NetworkFailure[] = [];
  let socket!: TransportEvents;
  const transport = () => {
    const own: Packet[] = [];
    const number = sent.push(own) - 1;
    return {
      send: (message: Uint8Array) => void own.push(decodePacket(message.slice())),
      bufferedAmount: () => 0,
      close: (code?: number) => void (closed[number] = code),
    };
  };
  const session = new ClientSession({
    machineToken: TOKEN,
    schedule: clock.schedule,
    ...(password !== undefined && { password }),
    open: (events) => {
      socket = events;
      return transport();
    },
    events: { onReady: () => {}, onEnded: (failure) => ended.push(failure), onRoomNews: (fresh) => news.push(fresh) },
  });
  const say = (packet: Packet): void => socket.receive(encodePacket(packet));
  const offer = (version: number, graceMs = 30_000): void =>
    say({ type: PacketType.INFO, major: 2, minor: 0, extensions: [encodeBridgeMetadata({ version, network: "lan", window: 262_144, room: "lab", graceMs })] });
  const ready = (): void => say({ type: PacketType.READY, sessionId: SESSION_ID, address: HERE.address });
  const last = (): Packet[] => sent.at(-1)?.splice(0) ?? [];
  return { clock, session, say, offer, ready, last, closed, news, ended, cut: () => socket.closed(1006, "") };
}

function metadata(packet: Packet | undefined) {
  if (packet?.type !== PacketType.INFO) throw new Error("no INFO");
  return decodeClientMetadata(packet.extensions);
}

describe("a client of version 3", () => {
  test("sends the password in its INFO, to a bridge that knows of passwords only", () => {
    const three = client("open sesame");
    three.offer(3);
    expect(metadata(three.last()[0])).toMatchObject({ version: 3, password: "open sesame" });
    const two = client("open sesame");
    two.offer(2);
    expect(metadata(two.last()[0])).toEqual({ version: 2, machineToken: TOKEN, window: 262_144 });
    const later = client("open sesame");
    later.offer(4);
    expect(metadata(later.last()[0])).toMatchObject({ version: 3, password: "open sesame" });
  });

  test("does not send the password to resume", () => {
    const made = client("open sesame");
    made.offer(3);
    made.ready();
    made.cut();
    made.clock.advance(10_000);
    made.offer(3);
    const answer = metadata(made.last()[0]);
    expect(answer?.resume).toBeDefined();
    expect(answer?.password).toBeUndefined();
  });

  test("asks, and is answered by the id of the request", async () => {
    const { session, offer, ready, last, say, news } = client();
    expect(await session.room.request({ kind: "watch" })).toBeUndefined();
    offer(3);
    ready();
    last();
    const first = session.room.request({ kind: "watch" });
    const second = session.room.request({ kind: "rename", name: "server" });
    expect(last()).toMatchObject([
      { type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "watch" } },
      { type: PacketType.ROOM_REQUEST, requestId: 2, request: { kind: "rename", name: "server" } },
    ]);
    say({ type: PacketType.ROOM_EVENT, requestId: 2, event: { kind: "answer", result: RoomResult.NAME_TAKEN, proposal: "server-2", message: "Taken." } });
    say({ type: PacketType.ROOM_EVENT, requestId: 0, event: NEWS });
    say({ type: PacketType.ROOM_EVENT, requestId: 1, event: { kind: "answer", result: RoomResult.DONE, proposal: "", message: "" } });
    expect(await second).toMatchObject({ result: RoomResult.NAME_TAKEN, proposal: "server-2" });
    expect(await first).toMatchObject({ result: RoomResult.DONE });
    await settle();
    expect(news).toEqual([NEWS]);
  });

  test("repeats a request that a cut may have lost, and is answered over the next WebSocket", async () => {
    const { session, offer, ready, last, say, cut, clock } = client();
    offer(3);
    ready();
    const answer = session.room.request({ kind: "rename", name: "server" });
    cut();
    clock.advance(10_000);
    offer(3);
    last();
    say({ type: PacketType.RESUMED, received: 0 });
    expect(last()).toMatchObject([{ type: PacketType.ROOM_REQUEST, requestId: 1 }]);
    say({ type: PacketType.ROOM_EVENT, requestId: 1, event: { kind: "answer", result: RoomResult.DONE, proposal: "", message: "" } });
    expect(await answer).toMatchObject({ result: RoomResult.DONE });
  });

  test("a request that waits when the session ends is given up", async () => {
    const { session, offer, ready } = client();
    offer(3);
    ready();
    const answer = session.room.request({ kind: "watch" });
    session.close();
    expect(await answer).toBeUndefined();
    expect(await session.room.request({ kind: "watch" })).toBeUndefined();
  });

  test("with a bridge that does not resume, the session ends with its WebSocket", () => {
    const { session, offer, ready, cut } = client();
    offer(3, 0);
    ready();
    expect(session.room.isOpen).toBe(true);
    cut();
    expect(session.isInterrupted).toBe(false);
  });

  test.each<[string, number, Packet]>([
    ["news in version 2", 2, { type: PacketType.ROOM_EVENT, requestId: 0, event: NEWS }],
    ["news with an id", 3, { type: PacketType.ROOM_EVENT, requestId: 1, event: NEWS }],
    ["an answer that nobody waits for", 3, { type: PacketType.ROOM_EVENT, requestId: 1, event: { kind: "answer", result: 0, proposal: "", message: "" } }],
    ["a request", 3, { type: PacketType.ROOM_REQUEST, requestId: 1, request: { kind: "watch" } }],
  ])("%s from the bridge is a violation", async (_, version, packet) => {
    const { offer, ready, say, closed, ended } = client();
    offer(version);
    ready();
    say(packet);
    await settle();
    expect(closed).toEqual([CloseCode.VIOLATION]);
    expect(ended).toMatchObject([{ code: "internal" }]);
  });
});
