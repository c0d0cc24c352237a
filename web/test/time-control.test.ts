import { PLAIN_CONDITIONS, presetConditions } from "@playground/conditions";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimeControl } from "../src/conditions/time-control.ts";
import type { ProgramList } from "../src/programs/program-list.ts";
import { openPrograms, program } from "./support/program-page.ts";
import { ScriptedWorker } from "./support/scripted-worker.ts";

function open(...names: string[]) {
  const { list, files } = openPrograms(names);
  return { list, files, time: new TimeControl(list) };
}

async function run(list: ProgramList, name: string): Promise<ScriptedWorker> {
  void list.run(name);
  await vi.advanceTimersByTimeAsync(0);
  const worker = ScriptedWorker.started.findLast((started) => started.name === name);
  if (worker === undefined) throw new Error(`${name} was not started`);
  worker.getUnderWay();
  return worker;
}

/** What a worker was told to do to its network, and when it was started. */
function wishes(worker: ScriptedWorker): unknown[] {
  return worker.received.flatMap<unknown>((message) => (message.type === "network" ? [message.control] : message.type === "start" ? ["start"] : []));
}

const held = (nextSince: number | undefined, pieces: number, bytes: number) => ({
  out: { pieces, bytes },
  in: { pieces: 0, bytes: 0 },
  ...(nextSince !== undefined && { nextSince }),
  streams: [],
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("TimeControl", () => {
  it("has runs begin with what was chosen before, and tells those that go on", async () => {
    const { list, time } = open("a.luau", "b.luau");
    time.set(presetConditions("one-byte"), list.get("a.luau"));
    time.isPaused = true;
    const a = await run(list, "a.luau");
    const b = await run(list, "b.luau");
    const oneByte = { kind: "conditions", conditions: presetConditions("one-byte", time.seed) };
    expect(wishes(a)).toEqual([oneByte, { kind: "pause" }, "start"]);
    expect(wishes(b)).toEqual([{ kind: "pause" }, "start"]);
    time.seed = 9;
    expect(wishes(a).at(-1)).toEqual({ kind: "conditions", conditions: presetConditions("one-byte", 9) });
    time.clear();
    expect(wishes(a).slice(-2)).toEqual([{ kind: "conditions", conditions: PLAIN_CONDITIONS }, { kind: "resume" }]);
    expect(wishes(b).slice(-1)).toEqual([{ kind: "resume" }]);
    expect([time.isPaused, time.hasConditions]).toEqual([false, false]);
  });

  it("has programs run without pause and conditions while both are set aside, and gives them back", async () => {
    const { list, files, time } = open("a.luau");
    const a = await run(list, "a.luau");
    const oneByte = presetConditions("one-byte", time.seed);
    time.set(oneByte);
    time.isPaused = true;
    a.say({ type: "held", held: held(100, 2, 6), isPaused: true });
    time.isSetAside = true;
    expect(wishes(a).slice(-2)).toEqual([{ kind: "conditions", conditions: PLAIN_CONDITIONS }, { kind: "resume" }]);
    expect([time.isPaused, time.hasConditions, time.isHolding, time.canStep]).toEqual([true, true, false, false]);
    // What is chosen meanwhile waits, and so do programs that come.
    const sent = wishes(a).length;
    time.set(presetConditions("all-at-once"), list.get("a.luau"));
    time.isPaused = false;
    time.isPaused = true;
    time.step();
    expect(wishes(a)).toHaveLength(sent);
    files.push(program("c.luau"));
    list.match();
    const c = await run(list, "c.luau");
    expect(wishes(c)).toEqual(["start"]);
    time.isSetAside = false;
    expect(wishes(a).slice(sent)).toEqual([{ kind: "conditions", conditions: presetConditions("all-at-once", time.seed) }, { kind: "pause" }]);
    expect(wishes(c)).toEqual(["start", { kind: "pause" }]);
    expect(time.isPaused).toBe(true);
  });

  it("holds once every program that runs has told so", async () => {
    const { list, time } = open("a.luau", "b.luau");
    const a = await run(list, "a.luau");
    time.isPaused = true;
    expect(time.isHolding).toBe(false);
    a.say({ type: "held", held: held(undefined, 0, 0), isPaused: true });
    expect(time.isHolding).toBe(true);
    time.isPaused = false;
    expect(time.isHolding).toBe(false);
  });

  it("steps the program whose delivery has waited longest, and lets the others let it in", async () => {
    const { list, time } = open("a.luau", "b.luau");
    const a = await run(list, "a.luau");
    const b = await run(list, "b.luau");
    time.isPaused = true;
    time.step();
    a.say({ type: "held", held: held(200, 1, 5), isPaused: true });
    b.say({ type: "held", held: held(100, 2, 6), isPaused: true });
    expect([time.held, time.canStep]).toEqual([{ pieces: 3, bytes: 11 }, true]);
    time.step();
    expect(wishes(a).at(-1)).toEqual({ kind: "pause" });
    expect(wishes(b).at(-1)).toEqual({ kind: "step" });
    const passage = { from: "127.0.0.1:1", to: "127.0.0.1:2", place: 3 };
    b.say({ type: "passage", passage });
    b.say({ type: "held", held: held(undefined, 0, 0), isPaused: true });
    expect(wishes(a).at(-1)).toEqual({ kind: "let-through", passage });
    time.step();
    expect(wishes(a).at(-1)).toEqual({ kind: "step" });
  });

  it("pauses programs that come later, and forgets what a program held that is over", async () => {
    const { list, files, time } = open("a.luau");
    const a = await run(list, "a.luau");
    time.isPaused = true;
    a.say({ type: "held", held: held(1, 4, 4), isPaused: true });
    files.push(program("c.luau"));
    list.match();
    expect(list.get("c.luau")?.network.isPaused).toBe(true);
    a.say({ type: "finished" });
    expect(time.held).toEqual({ pieces: 0, bytes: 0 });
    expect(time.canStep).toBe(false);
  });
});
