import { expect, test } from "vitest";
import {
  type Arrow,
  Capture,
  type CaptureEvent,
  captureOf,
  KEPT_PIECE_BYTES,
  MAX_CAPTURE_BYTES,
  MAX_CAPTURE_EVENTS,
  MAX_CAPTURE_RUNS,
  MAX_LADDER_CONNECTIONS,
  MAX_LADDER_ITEMS,
  MAX_PIECE_BYTES,
} from "@playground/capture";
import { EVENT_BLOCK_BYTES } from "../src/limits.ts";
import { BEGINNING, bytesOf, ProgramTeller } from "./support/program-teller.ts";
import { MACHINE, sampleRuns } from "./support/sample.ts";

const LOCAL = { address: MACHINE, port: 50_000 };
const REMOTE = { address: MACHINE, port: 80 };

function connected(): ProgramTeller {
  return new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, LOCAL, REMOTE);
}

function printed(ms: number): CaptureEvent {
  return { type: "printed", at: BEGINNING + ms, level: "print", text: "", entry: 1 };
}

test("runs have their events as they were told, by the file's name of now", () => {
  const capture = new Capture();
  const [server, client] = sampleRuns();
  const runs = [server, client].map((run) => capture.beginRun(run?.file ?? "", run?.at ?? 0));
  capture.add(runs[0] as number, server?.events ?? []);
  capture.add(runs[1] as number, client?.events ?? []);
  expect(capture.runs).toEqual(sampleRuns());
  capture.rename(1, "chat.luau");
  expect(capture.runs[0]).toMatchObject({ file: "chat.luau", events: server?.events });
  expect(capture.ladder.lifelines.map(({ name, run }) => [name, run])).toContainEqual(["chat.luau", 1]);
  expect(capture.dropped).toEqual({ events: 0, bytes: 0 });
});

test("above the limit of events the oldest go, of whichever run, and are counted", () => {
  const capture = new Capture();
  const one = capture.beginRun("one.luau", BEGINNING);
  const two = capture.beginRun("two.luau", BEGINNING);
  for (let ms = 0; ms < MAX_CAPTURE_EVENTS; ms += 500) {
    capture.add(
      ms % 1_000 === 0 ? one : two,
      Array.from({ length: 500 }, (_, index) => printed(ms + index)),
    );
  }
  expect(capture.dropped.events).toBe(0);
  capture.add(one, [printed(MAX_CAPTURE_EVENTS), printed(MAX_CAPTURE_EVENTS + 1)]);
  expect(capture.dropped).toEqual({ events: 2, bytes: 0 });
  expect(capture.runs.map(({ events }) => events[0]?.at)).toEqual([BEGINNING + 2, BEGINNING + 500]);
  expect(capture.kept.events).toBe(MAX_CAPTURE_EVENTS);
});

test("above the limit of bytes the oldest pieces keep their first bytes and their size", () => {
  const capture = new Capture();
  const client = connected();
  for (let index = 0; index < 20; index += 1) client.send(2 + index, 1, new Uint8Array(MAX_PIECE_BYTES).fill(index));
  const run = capture.beginRun("client.luau", BEGINNING);
  capture.add(run, client.events);
  expect(capture.kept.bytes).toBeLessThanOrEqual(MAX_CAPTURE_BYTES);
  const kept = capture.runs[0]?.events.flatMap((event) => (event.type === "send" && event.size === MAX_PIECE_BYTES ? event.bytes.length : []));
  expect(kept).toEqual([...Array<number>(5).fill(KEPT_PIECE_BYTES), ...Array<number>(15).fill(MAX_PIECE_BYTES)]);
  expect(capture.dropped).toEqual({ events: 0, bytes: 5 * (MAX_PIECE_BYTES - KEPT_PIECE_BYTES) });
  // The ladder holds no more of them, and says so.
  const arrows = capture.ladder.items.filter((item) => item.shape === "arrow" && item.kind === "bytes") as Arrow[];
  expect(arrows[0]?.piece?.bytes).toEqual(new Uint8Array(KEPT_PIECE_BYTES));
  expect(arrows[0]?.piece?.bytes.buffer.byteLength).toBeLessThan(EVENT_BLOCK_BYTES);
  expect(arrows[0]?.notes).toEqual([{ code: "bytes-cut", kept: KEPT_PIECE_BYTES, size: MAX_PIECE_BYTES }]);
  expect(arrows.at(-1)?.notes).toEqual([]);
});

test("one piece above the limit of a piece is cut as it comes, and of a view nothing else is kept", () => {
  const capture = new Capture();
  const whole = new Uint8Array(MAX_PIECE_BYTES + 10);
  capture.add(capture.beginRun("client.luau", BEGINNING), connected().send(2, 1, whole).send(3, 1, whole.subarray(5, 8)).events);
  const sends = capture.runs[0]?.events.filter((event) => event.type === "send") ?? [];
  expect(sends.map((event) => event.bytes.length)).toEqual([MAX_PIECE_BYTES, 3]);
  expect(sends.filter((event) => event.bytes.buffer === whole.buffer)).toEqual([]);
  expect(capture.kept.bytes).toBeLessThan(MAX_PIECE_BYTES + 2 * EVENT_BLOCK_BYTES);
  expect(capture.dropped).toEqual({ events: 0, bytes: 10 });
});

test("how a connection began stays while it is used, and goes with its last event", () => {
  const capture = new Capture();
  const run = capture.beginRun("client.luau", BEGINNING);
  const client = connected();
  for (let index = 0; index < MAX_CAPTURE_EVENTS; index += 1) client.send(10 + index, 1, bytesOf("x"));
  capture.add(run, client.events);
  const types = capture.runs[0]?.events.slice(0, 3).map(({ type }) => type);
  expect(types).toEqual(["connect", "opened", "send"]);
  capture.add(run, connected().close(90_000, 1).events.slice(-1));
  capture.add(
    run,
    Array.from({ length: MAX_CAPTURE_EVENTS + 1 }, () => printed(99_000)),
  );
  expect(new Set(capture.runs[0]?.events.map(({ type }) => type))).toEqual(new Set(["printed"]));
  expect(capture.kept.events).toBe(MAX_CAPTURE_EVENTS);
});

test("of many runs the oldest is forgotten, with its items' lifeline left as long as they are", () => {
  const capture = new Capture();
  for (let index = 0; index <= MAX_CAPTURE_RUNS; index += 1) {
    const teller = new ProgramTeller(`${index}.luau`).program(index, "started");
    capture.add(capture.beginRun(teller.file, BEGINNING), teller.events);
  }
  expect(capture.runs).toHaveLength(MAX_CAPTURE_RUNS);
  expect(capture.runs[0]?.file).toBe("1.luau");
  expect(capture.dropped.events).toBe(1);
  expect(capture.ladder.lifelines[0]?.name).toBe("0.luau");
  // What it tells from now on is nothing to anybody.
  capture.add(1, new ProgramTeller("0.luau").program(1, "stopped").events);
  expect(capture.dropped.events).toBe(1);
});

test("a clear forgets what happened and who is over; what runs goes on", () => {
  const capture = new Capture();
  const over = new ProgramTeller("over.luau").program(0, "started").program(1, "stopped");
  capture.add(capture.beginRun("over.luau", BEGINNING), over.events);
  const client = connected().send(2, 1, bytesOf("before"));
  const run = capture.beginRun("client.luau", BEGINNING);
  capture.add(run, client.events);
  const last = capture.ladder.items.at(-1)?.id ?? 0;
  capture.clear();
  expect(capture.runs.map(({ file, events }) => [file, events.map(({ type }) => type)])).toEqual([["client.luau", ["connect", "opened"]]]);
  expect(capture.ladder.items).toEqual([]);
  expect(capture.ladder.takeChanges()).toEqual({ changed: [], isCleared: true });
  capture.add(run, client.send(3, 1, bytesOf("after")).events.slice(-1));
  const [item] = capture.ladder.items;
  expect(item).toMatchObject({ kind: "bytes", from: `run ${run}`, to: `address ${MACHINE}`, piece: { offset: 6, size: 5 } });
  expect(item?.id).toBe(last + 1);
  expect(capture.ladder.lifelines.map(({ name }) => name)).toEqual(["client.luau", MACHINE]);
  expect(capture.ladder.takeChanges()).toEqual({ changed: [last + 1], isCleared: false });
});

test("the ladder keeps the last items and connections; what leads to others is gone", () => {
  const client = connected();
  for (let index = 0; index < MAX_LADDER_ITEMS + 100; index += 1) client.send(10 + index, 1, bytesOf("x"), { line: 7 });
  for (let index = 0; index < MAX_LADDER_CONNECTIONS + 50; index += 1) {
    client.connect(50_000 + index, 100 + index, MACHINE, 80).failed(50_000 + index, 100 + index, "connection-refused");
  }
  const { ladder } = captureOf([client.run(1)]);
  expect(ladder.items).toHaveLength(MAX_LADDER_ITEMS);
  expect(ladder.firstId).toBe(ladder.items[0]?.id);
  expect(ladder.item(ladder.firstId - 1)).toBeUndefined();
  expect(ladder.items.filter((item) => item.shape === "arrow" && item.kind === "bytes")).toHaveLength(MAX_LADDER_ITEMS - (MAX_LADDER_CONNECTIONS + 50));
  expect(ladder.connections).toHaveLength(MAX_LADDER_CONNECTIONS);
  // The open one is kept before those that are over.
  expect(ladder.connections[0]).toMatchObject({ state: "open", bytesOut: MAX_LADDER_ITEMS + 100 });
});

/** Steps that a call takes are not measured by time, but by how they grow: each of many arrivals of one huge send, and each cut of one arrival. */
test.each([
  ["one send in many pieces", "send"],
  ["many sends in one piece", "arrive"],
] as const)("%s makes as many items", (_name, whole) => {
  const count = 5_000;
  const client = connected();
  const server = new ProgramTeller("server.luau").accepted(1, 1, 1, REMOTE, LOCAL);
  const all = new Uint8Array(count);
  if (whole === "send") client.send(2, 1, all);
  else server.arrive(3, 1, all);
  for (let index = 0; index < count; index += 1) {
    if (whole === "send") server.arrive(4 + index, 1, all.subarray(index, index + 1));
    else client.send(4 + index, 1, all.subarray(index, index + 1));
  }
  const { items } = captureOf([server.run(1), client.run(2)]).ladder;
  const pieces = items.filter((item) => item.shape === "arrow" && item.kind === "bytes") as Arrow[];
  expect(pieces).toHaveLength(count);
  expect(pieces[0]?.notes).toEqual(whole === "send" ? [{ code: "send-split", pieces: count }] : [{ code: "sends-glued", sends: count }]);
  expect(pieces.at(-1)?.piece?.send).toMatchObject(whole === "send" ? { part: count, of: count } : { part: 1, of: 1 });
});
