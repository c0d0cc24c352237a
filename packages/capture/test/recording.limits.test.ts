import type { NetworkStream } from "@playground/network";
import { describe, expect, it } from "vitest";
import { EventBatches } from "../src/recording/event-batches.ts";
import { EventBuffer } from "../src/recording/event-buffer.ts";
import {
  BATCH_INTERVAL_MS,
  CUT_BYTES,
  EVENTS_PER_SECOND,
  MAX_BATCHES_IN_FLIGHT,
  MAX_WAITING_EVENTS,
  PRINTED_BURST,
  PRINTED_CHARS,
  RESERVED_EVENTS,
  WHOLE_BYTES_BURST,
  WHOLE_BYTES_PER_SECOND,
} from "../src/recording/limits.ts";
import { Recorder } from "../src/recording/index.ts";
import type { CaptureEvent } from "../src/index.ts";
import { foreignServer, UPDATE } from "../../zone/test/support/peers.ts";
import { RecordedProgram } from "./support/recorded-program.ts";

/** A clock that stands still until a test moves it. */
class Clock {
  time = 1_000_000;
  readonly now = (): number => this.time;
}

const COUNTED = 3 * MAX_WAITING_EVENTS;

function leave(at: number): CaptureEvent {
  return { type: "leave", at, connection: 1, offset: 0, size: 1 };
}

function lostIn(events: readonly CaptureEvent[] | undefined) {
  return events?.find((event) => event.type === "lost");
}

describe("events", () => {
  it("beyond what may wait are counted, with their bytes, and none is kept for them", () => {
    const { now } = new Clock();
    const buffer = new EventBuffer(now);
    let kept = 0;
    for (let index = 0; index < COUNTED; index++) {
      const at = buffer.admit("piece", 10);
      if (at === undefined) continue;
      kept++;
      buffer.add(leave(at));
    }
    expect(kept).toBe(MAX_WAITING_EVENTS - RESERVED_EVENTS);
    const events = buffer.take()?.events;
    expect(events).toHaveLength(kept + 1);
    expect(lostIn(events)).toMatchObject({ events: COUNTED - kept, bytes: 10 * (COUNTED - kept) });
    expect(buffer.take()).toBeUndefined();
  });

  it("come as often as they may, however long it lasts", () => {
    const clock = new Clock();
    const buffer = new EventBuffer(clock.now);
    const perSecond: number[] = [];
    for (let second = 0; second < 5; second++) {
      let kept = 0;
      for (let tick = 0; tick < 100; tick++, clock.time += 10) {
        for (let index = 0; index < 200; index++) if (buffer.admit("piece") !== undefined) kept++;
        buffer.take();
      }
      perSecond.push(kept);
    }
    expect(perSecond[0]).toBeLessThanOrEqual(MAX_WAITING_EVENTS + EVENTS_PER_SECOND);
    for (const kept of perSecond.slice(1)) expect(Math.abs(kept - EVENTS_PER_SECOND)).toBeLessThanOrEqual(EVENTS_PER_SECOND / 100);
  });

  it("come no faster after a silence", () => {
    const clock = new Clock();
    const buffer = new EventBuffer(clock.now);
    buffer.admit("life");
    clock.time += 3_600_000;
    let kept = 0;
    while (buffer.admit("life") !== undefined) kept++;
    expect(kept).toBe(MAX_WAITING_EVENTS);
  });

  it("that tell what becomes of connections find room when pieces do not, and pieces when levels do not", () => {
    const { now } = new Clock();
    const buffer = new EventBuffer(now);
    const count = (rank: "gauge" | "piece" | "life"): number => {
      for (let kept = 0; ; kept++) {
        const at = buffer.admit(rank);
        if (at === undefined) return kept;
        buffer.add(leave(at));
      }
    };
    expect(count("gauge")).toBe(MAX_WAITING_EVENTS / 2);
    expect(count("piece")).toBe(MAX_WAITING_EVENTS / 2 - RESERVED_EVENTS);
    expect(count("life")).toBe(RESERVED_EVENTS);
    // A level that was left out is none that is missing.
    expect(lostIn(buffer.take()?.events)).toMatchObject({ events: 2 });
  });
});

describe("bytes", () => {
  it("are kept whole up to a rate, and beyond it their beginnings", () => {
    const clock = new Clock();
    const buffer = new EventBuffer(clock.now);
    const piece = new Uint8Array(65_536).fill(7);
    const kept = (): number => buffer.keep(piece, clock.time).length;
    const lengths = Array.from({ length: 20 }, kept);
    expect(lengths.filter((length) => length === piece.length)).toHaveLength(WHOLE_BYTES_BURST / piece.length);
    expect(lengths.at(-1)).toBe(CUT_BYTES);
    buffer.add({ ...leave(0) });
    expect(buffer.take()?.bytes.byteLength).toBe(WHOLE_BYTES_BURST + 4 * CUT_BYTES);
    clock.time += (1_000 * piece.length) / WHOLE_BYTES_PER_SECOND;
    expect([kept(), kept()]).toEqual([piece.length, CUT_BYTES]);
  });

  it("are what they were when they were recorded, in one piece of memory that is no larger than they are", () => {
    const { now } = new Clock();
    const buffer = new EventBuffer(now);
    const pieces = Array.from({ length: 300 }, (_, index) => new Uint8Array((index * 7) % 200).fill(index));
    const copies = pieces.map((piece) => piece.slice());
    for (const [index, piece] of pieces.entries()) {
      buffer.add({ type: "arrive", at: 0, connection: index, offset: 0, size: piece.length, bytes: buffer.keep(piece, 0) });
      piece.fill(255);
    }
    const batch = buffer.take();
    const { events = [], bytes } = batch ?? {};
    expect(events.map((event) => event.type === "arrive" && [...event.bytes])).toEqual(copies.map((copy) => [...copy]));
    expect(bytes?.byteLength).toBe(copies.reduce((sum, { length }) => sum + length, 0));
    // As they travel to another thread.
    const moved = structuredClone(events, { transfer: [bytes!] });
    expect(bytes?.byteLength).toBe(0);
    expect(moved.map((event) => event.type === "arrive" && [...event.bytes])).toEqual(copies.map((copy) => [...copy]));
    expect(buffer.take()).toBeUndefined();
  });
});

describe("printed lines", () => {
  it("have a limit of their own, and are cut", () => {
    const { now } = new Clock();
    const recorder = new Recorder(now);
    for (let index = 0; index < 10 * PRINTED_BURST; index++) recorder.onPrinted("print", "x".repeat(10_000), 1);
    recorder.onState("stopped");
    const events = recorder.take()?.events ?? [];
    expect(events.filter(({ type }) => type === "printed")).toHaveLength(PRINTED_BURST);
    expect(events[0]).toMatchObject({ type: "printed", text: "x".repeat(PRINTED_CHARS) });
    expect(events).toContainEqual({ type: "program", at: 1_000_000, state: "stopped" });
    expect(lostIn(events)).toMatchObject({ events: 9 * PRINTED_BURST, bytes: 0 });
  });
});

describe("batches", () => {
  it("go out as often as a display changes, and wait while nobody takes them", () => {
    const clock = new Clock();
    const buffer = new EventBuffer(clock.now);
    const sent: number[] = [];
    const batches = new EventBatches(buffer, ({ events }) => sent.push(events.length));
    const happen = (count: number): void => {
      for (let index = 0; index < count; index++) buffer.add(leave(clock.time));
    };
    happen(2);
    batches.flush(clock.time);
    happen(3);
    batches.flush(clock.time);
    expect(sent).toEqual([2]);
    for (let batch = 0; batch < 10; batch++) {
      clock.time += BATCH_INTERVAL_MS;
      batches.flush(clock.time);
      happen(1);
    }
    expect(sent).toEqual([2, 3, 1, 1]);
    expect(sent).toHaveLength(MAX_BATCHES_IN_FLIGHT);
    batches.taken();
    batches.flush(clock.time);
    expect(sent).toEqual([2, 3, 1, 1, 8]);
    happen(1);
    batches.flushAll();
    expect(sent.at(-1)).toBe(1);
    batches.flushAll();
    expect(sent).toHaveLength(6);
  });
});

describe("a script that floods, and a peer that does", () => {
  it("grow nothing, and what is missing is told", async () => {
    const size = 4 * 1024 * 1024;
    const server = await foreignServer((socket) => socket.end(Buffer.alloc(size)));
    const recorded = await RecordedProgram.start(`
      zone.socket.client.new():connect("127.0.0.1", ${server}, function(connection)
        local one = zone.byteStream.fromString("x")
        for _ = 1, 20000 do connection:send(one) end
        local received = 0
        connection:onReceive(function(data) received += #data end)
        connection:onDisconnect(function() print("received", received) end)
      end)
      ${UPDATE}
    `);
    await recorded.running.printedLine(`received\t${size}`);
    const events = recorded.events;
    expect(events.length).toBeLessThanOrEqual(MAX_WAITING_EVENTS + EVENTS_PER_SECOND);
    const sent = recorded.of("send").reduce((sum, event) => sum + event.size, 0);
    const lost = recorded.of("lost").reduce((sum, event) => sum + event.events, 0);
    expect(sent).toBeLessThan(20_000);
    expect(lost).toBeGreaterThanOrEqual(20_000 - sent);
    const keptBytes = recorded.of("arrive").reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(keptBytes).toBeLessThan(size / 2);
    // What became of the connection is there all the same.
    expect(recorded.story).toEqual(expect.arrayContaining(["opened", `end after ${size}`, "end-told"]));
  });

  it("of connections are bounded by what the program may have", () => {
    const { now } = new Clock();
    const recorder = new Recorder(now);
    const stream: NetworkStream = {
      local: { address: "127.0.0.1", port: 1 },
      remote: { address: "127.0.0.1", port: 2 },
      send: ({ length }) => length,
      end: () => {},
      close: () => {},
      abort: () => {},
      consumed: () => {},
      levels: () => ({ sendBuffer: 0, sendBufferLimit: 1, window: 1 }),
    };
    const network = recorder.scriptSide(recorder.wireSide({ listen: () => ({ close: () => {} }), connect: () => stream }));
    const events = { onOpened: () => {}, onFailed: () => {}, onData: () => {}, onEnd: () => {}, onClosed: () => {} };
    for (let index = 0; index < 10_000; index++) {
      const opened = network.connect("example.com", 80, events);
      opened.send(new Uint8Array(1));
      opened.close();
    }
    for (let frame = 0; frame < 200; frame++) recorder.frame();
    expect(recorder.take()?.events.length).toBeLessThanOrEqual(MAX_WAITING_EVENTS + 1);
  });
});
