import type { CaptureEvent } from "@playground/capture";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_CAPTURE_BYTES, MAX_CAPTURE_EVENTS, MAX_CAPTURE_RUNS } from "@playground/capture/limits";
import { CaptureLog } from "../src/capture/capture-log.ts";
import { loadCapture } from "../src/capture/load-capture.ts";
import { WaitingEvents } from "../src/capture/waiting-events.ts";

/** What the display does at its next frame. */
let frames: (() => void)[] = [];

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => frames.push(callback));
  return () => vi.unstubAllGlobals();
});

const OPTIONS = { nameOf: (name: string) => ({ kind: "outside", name }) as const };

const printed = (text: string, at = 1): CaptureEvent => ({ type: "printed", at, level: "print", text, entry: 1 });
const ended: CaptureEvent = { type: "program", at: 2, state: "failed" };

/** What is in a capture, in short. */
const textsOf = (log: CaptureLog) =>
  log.capture?.runs.map(({ file, events }) => [
    file,
    ...events.map((event) => (event.type === "printed" ? event.text : "state" in event ? event.state : event.type)),
  ]);

function nextFrame(): void {
  for (const callback of frames.splice(0)) callback();
}

describe("what programs did", () => {
  it("waits until somebody loads the capture, and goes on into it", async () => {
    const log = new CaptureLog(OPTIONS);
    const server = log.beginRun("server.luau");
    server.add([printed("one")]);
    const client = log.beginRun("client.luau");
    client.add([printed("two")]);
    client.rename("guest.luau");
    expect(log.capture).toBeUndefined();
    const capture = await log.load();
    expect(log.capture).toBe(capture);
    server.add([printed("three")]);
    const late = log.beginRun("late.luau");
    late.add([printed("four")]);
    late.rename("later.luau");
    expect(textsOf(log)).toEqual([
      ["server.luau", "one", "three"],
      ["guest.luau", "two"],
      ["later.luau", "four"],
    ]);
    expect(await log.load()).toBe(capture);
  });

  it("can be asked for again where it could not be had", async () => {
    let isThere = false;
    const log = new CaptureLog(OPTIONS, () => (isThere ? loadCapture() : Promise.reject(new Error("away"))));
    log.beginRun("a.luau").add([printed("kept")]);
    await expect(log.load()).rejects.toThrow("away");
    isThere = true;
    await log.load();
    expect(textsOf(log)).toEqual([["a.luau", "kept"]]);
  });

  it("is told at most once a frame", () => {
    const log = new CaptureLog(OPTIONS);
    let changes = 0;
    log.subscribe(() => changes++);
    const run = log.beginRun("a.luau");
    run.add([printed("one")]);
    run.add([printed("two")]);
    expect(changes).toBe(0);
    nextFrame();
    expect(changes).toBe(1);
    nextFrame();
    expect(changes).toBe(1);
    run.add([printed("three")]);
    nextFrame();
    expect(changes).toBe(2);
  });

  it("ends with the run's end, which is told once", async () => {
    const log = new CaptureLog(OPTIONS);
    const told = log.beginRun("told.luau");
    told.add([ended]);
    told.end("stopped");
    const forced = log.beginRun("forced.luau");
    forced.end("stopped");
    forced.end("failed");
    await log.load();
    expect(textsOf(log)).toEqual([
      ["told.luau", "failed"],
      ["forced.luau", "stopped"],
    ]);
  });

  it("is forgotten when another project is opened, before it is loaded and after", async () => {
    const log = new CaptureLog(OPTIONS);
    const run = log.beginRun("a.luau");
    run.add([printed("old")]);
    log.clear();
    run.add([printed("new")]);
    await log.load();
    expect(textsOf(log)).toEqual([["a.luau", "new"]]);
    log.clear();
    run.add([printed("newer")]);
    expect(textsOf(log)).toEqual([["a.luau", "newer"]]);
  });
});

describe("events that wait", () => {
  const connect: CaptureEvent = { type: "connect", at: 0, connection: 1, host: "127.0.0.1", port: 1 };

  it("have the limits of a capture: the oldest give way, but for how connections began", () => {
    const waiting = new WaitingEvents();
    const run = waiting.beginRun("a.luau", 0);
    waiting.add(run, [connect, printed("first")]);
    const batch = Array.from({ length: 1_000 }, (_, index) => printed("x", index));
    for (let sent = 0; sent < 2 * MAX_CAPTURE_EVENTS; sent += batch.length) waiting.add(run, batch);
    const { batches } = waiting.take();
    const events = batches.flatMap((each) => each.events);
    expect(events.length).toBeLessThanOrEqual(MAX_CAPTURE_EVENTS + 1);
    expect(events.length).toBeGreaterThan(MAX_CAPTURE_EVENTS / 2);
    expect(events[0]).toEqual(connect);
    expect(events).not.toContainEqual(printed("first"));
    expect(waiting.take().batches).toEqual([]);
  });

  it("have a limit of bytes, and the newest batch is kept whatever it has", () => {
    const waiting = new WaitingEvents();
    const run = waiting.beginRun("a.luau", 0);
    const bytes = new Uint8Array(1_048_576);
    const arrive: CaptureEvent = { type: "arrive", at: 0, connection: 1, offset: 0, size: bytes.length, bytes };
    for (let index = 0; index < 100; index++) waiting.add(run, [arrive]);
    const kept = waiting.take().batches.length;
    expect(kept).toBeGreaterThan(1);
    expect(kept * bytes.length).toBeLessThanOrEqual(MAX_CAPTURE_BYTES);
  });

  it("of more runs than a capture keeps are forgotten with the oldest run", () => {
    const waiting = new WaitingEvents();
    const runs = Array.from({ length: MAX_CAPTURE_RUNS + 1 }, (_, index) => {
      const run = waiting.beginRun(`${index}.luau`, index);
      waiting.add(run, [printed(String(index))]);
      return run;
    });
    waiting.add(runs[0]!, [printed("late")]);
    const taken = waiting.take();
    expect(taken.runs.map(({ file }) => file)[0]).toBe("1.luau");
    expect(taken.batches).toHaveLength(MAX_CAPTURE_RUNS);
    expect(taken.batches[0]?.run).toBe(runs[1]);
  });
});
