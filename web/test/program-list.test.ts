import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ProgramList } from "../src/programs/program-list.ts";
import { STOP_LIMIT_MS } from "../src/programs/program-runner.ts";
import { openPrograms, page, program } from "./support/program-page.ts";
import { ScriptedWorker } from "./support/scripted-worker.ts";

/** Milliseconds after which the next program is started whatever the one before does. */
const START_LIMIT_MS = 2_000;

/** A list of the programs of these files, which can be changed. */
function open(...names: string[]) {
  const changed: string[] = [];
  const { list, files } = openPrograms(names, ({ entry, state }) => changed.push(`${entry} ${state}`));
  let changes = 0;
  list.subscribe(() => changes++);
  return { list, files, changed, changes: () => changes, names: () => list.all.map(({ entry }) => entry) };
}

/** Lets go on whatever waits for no time. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

const startedNames = (): string[] => ScriptedWorker.started.map(({ name }) => name);

/** The worker of a program's last run. */
function workerOf(name: string): ScriptedWorker {
  const worker = ScriptedWorker.started.findLast((started) => started.name === name);
  if (worker === undefined) throw new Error(`${name} was not started, but ${startedNames().join(", ")}`);
  return worker;
}

/** Runs all programs of a list until each is under way. */
async function runAll(list: ProgramList): Promise<void> {
  const running = list.run();
  for (const { entry } of list.all) {
    await settle();
    workerOf(entry).getUnderWay();
  }
  await running;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("ProgramList, as its files change,", () => {
  it("has the programs among them, in their order, each as long as its file is there", () => {
    const { list, files, changes, names } = open("server.luau", "client.luau");
    const [server] = list.all;
    files.splice(0, 2, { name: "words.luau", source: "", isProgram: false }, program("new.luau"), program("server.luau"));
    list.match();
    expect(names()).toEqual(["new.luau", "server.luau"]);
    expect(list.get("server.luau")).toBe(server);
    expect(list.get("client.luau")).toBeUndefined();
    expect(list.get("words.luau")).toBeUndefined();
    expect(changes()).toBe(1);
  });

  it("tells of no change where the programs are the same", () => {
    const { list, files, changes } = open("server.luau");
    files.push({ name: "words.luau", source: "", isProgram: false });
    list.match();
    expect(changes()).toBe(0);
  });

  it("stops a program whose file is gone", async () => {
    const { list, files } = open("server.luau", "client.luau");
    await runAll(list);
    files.shift();
    list.match();
    await settle();
    expect(workerOf("server.luau").isTerminated).toBe(true);
    expect(workerOf("client.luau").isTerminated).toBe(false);
  });

  it("goes on with a program under its file's new name, in the file's place", async () => {
    const { list, files, names } = open("server.luau", "client.luau");
    await runAll(list);
    const [server] = list.all;
    list.rename("server.luau", "echo.luau");
    files[0] = program("echo.luau");
    list.match();
    expect(names()).toEqual(["echo.luau", "client.luau"]);
    expect(list.get("echo.luau")).toBe(server);
    expect(server?.state).toBe("running");
    expect(workerOf("server.luau").heard).not.toContain("stop");
  });

  it("gives a program that runs again its files as they are then", async () => {
    const { list, files } = open("server.luau");
    files[0] = { name: "server.luau", source: "print(2)", isProgram: true };
    void list.run();
    await settle();
    expect(workerOf("server.luau").received[0]).toMatchObject({ type: "start", entry: "server.luau", files: [["server.luau", "print(2)"]] });
  });
});

describe("ProgramList runs", () => {
  it("all programs, each once the one before is under way", async () => {
    const { list, changed } = open("server.luau", "client.luau");
    const running = list.run();
    await settle();
    const server = workerOf("server.luau");
    server.say({ type: "state", state: "connecting" });
    server.say({ type: "state", state: "running" });
    await settle();
    expect(startedNames()).toEqual(["server.luau"]);
    server.say({ type: "started" });
    await settle();
    expect(startedNames()).toEqual(["server.luau", "client.luau"]);
    workerOf("client.luau").getUnderWay();
    await running;
    expect(list.anyActive).toBe(true);
    expect(changed).toContain("server.luau connecting");
    expect(changed.at(-1)).toBe("client.luau running");
  });

  it("and says when all are under way, or that it was waited long enough", async () => {
    const { list } = open("server.luau", "client.luau");
    const told: string[] = [];
    const tell = (what: string, limitMs: number): void => void list.whenStarted(limitMs).then(() => told.push(what));
    tell("nothing is started", 100);
    await settle();
    expect(told).toEqual(["nothing is started"]);
    void list.run();
    tell("under way", 1_000);
    tell("long enough", 100);
    await settle();
    workerOf("server.luau").getUnderWay();
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual(["nothing is started", "long enough"]);
    workerOf("client.luau").getUnderWay();
    await settle();
    expect(told.at(-1)).toBe("under way");
  });

  it("the next one after one that has failed", async () => {
    const { list } = open("server.luau", "client.luau");
    void list.run();
    await settle();
    workerOf("server.luau").fail("no", "server.luau", 1);
    await settle();
    expect(startedNames()).toEqual(["server.luau", "client.luau"]);
  });

  it("the next one after two seconds where one does not get under way", async () => {
    const { list } = open("server.luau", "client.luau");
    void list.run();
    await vi.advanceTimersByTimeAsync(START_LIMIT_MS - 1);
    expect(startedNames()).toEqual(["server.luau"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(startedNames()).toEqual(["server.luau", "client.luau"]);
  });

  it("one program alone, by its name", async () => {
    const { list } = open("server.luau", "client.luau");
    void list.run("client.luau");
    await vi.advanceTimersByTimeAsync(START_LIMIT_MS);
    expect(startedNames()).toEqual(["client.luau"]);
    expect(list.get("server.luau")?.state).toBe("stopped");
  });

  it("again what runs already, all of it from the beginning", async () => {
    const { list } = open("server.luau", "client.luau");
    await runAll(list);
    void list.run();
    await settle();
    // The old client is over before the new server begins.
    expect(ScriptedWorker.started.map(({ name, isTerminated }) => [name, isTerminated])).toEqual([
      ["server.luau", true],
      ["client.luau", true],
      ["server.luau", false],
    ]);
  });

  it("nothing where the page is not ready", async () => {
    const { list } = open("server.luau");
    await list.run(undefined, () => Promise.resolve(false));
    expect(startedNames()).toEqual([]);
  });

  it("nothing that was stopped while it was asked whether the page is ready", async () => {
    const { list } = open("server.luau");
    let isReady!: (ready: boolean) => void;
    const running = list.run(undefined, () => new Promise((resolve) => (isReady = resolve)));
    await list.stop();
    isReady(true);
    await running;
    expect(startedNames()).toEqual([]);
  });

  it("nothing once something else was asked for, and leaves that alone", async () => {
    const { list } = open("server.luau", "client.luau");
    let isReady!: (ready: boolean) => void;
    const running = list.run(undefined, () => new Promise((resolve) => (isReady = resolve)));
    void list.run("client.luau");
    await settle();
    isReady(true);
    await running;
    expect(workerOf("client.luau").heard).toEqual(["start"]);
    expect(startedNames()).toEqual(["client.luau"]);
  });
});

describe("ProgramList stops", () => {
  it("all programs, and says when they are over", async () => {
    const { list } = open("server.luau", "client.luau");
    await runAll(list);
    const client = workerOf("client.luau");
    client.hangs = true;
    let isOver = false;
    const stopping = list.stop().then(() => (isOver = true));
    await settle();
    expect(workerOf("server.luau").isTerminated).toBe(true);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(STOP_LIMIT_MS);
    await stopping;
    expect(client.isTerminated).toBe(true);
    expect(list.anyActive).toBe(false);
  });

  it("one program alone, by its name", async () => {
    const { list } = open("server.luau", "client.luau");
    await runAll(list);
    await list.stop("server.luau");
    expect(list.all.map(({ state }) => state)).toEqual(["stopped", "running"]);
  });

  it("also those whose turn to start has not come", async () => {
    const { list } = open("server.luau", "client.luau");
    const running = list.run();
    await settle();
    await list.stop();
    await running;
    await vi.advanceTimersByTimeAsync(START_LIMIT_MS);
    expect(startedNames()).toEqual(["server.luau"]);
  });

  it("those of a project that is left, which is empty at once", async () => {
    const { list, names, changes } = open("server.luau", "client.luau");
    const running = list.run();
    await settle();
    list.clear();
    expect(names()).toEqual([]);
    expect(changes()).toBe(1);
    await running;
    expect(workerOf("server.luau").isTerminated).toBe(true);
    expect(startedNames()).toEqual(["server.luau"]);
  });

  it("all of them when the page goes away, which waits for nothing", async () => {
    const { list } = open("server.luau", "client.luau");
    await runAll(list);
    page.dispatchEvent(new Event("pagehide"));
    expect(["server.luau", "client.luau"].map((name) => workerOf(name).heard.at(-1))).toEqual(["stop", "stop"]);
  });
});

it("ProgramList tells programs whether the page is hidden, and follows the page no longer once it is disposed of", async () => {
  const { list } = open("server.luau");
  await runAll(list);
  const worker = workerOf("server.luau");
  worker.hangs = true;
  onTestFinished(() => void (page.hidden = false));
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  expect(worker.received.at(-1)).toEqual({ type: "visibility", hidden: true });

  const disposed = list.dispose();
  const { length } = worker.received;
  page.dispatchEvent(new Event("visibilitychange"));
  page.dispatchEvent(new Event("pagehide"));
  expect(worker.heard.slice(length)).toEqual([]);
  await vi.advanceTimersByTimeAsync(STOP_LIMIT_MS);
  await disposed;
  expect(worker.isTerminated).toBe(true);
});

describe("ProgramList marks", () => {
  it("where programs have failed in a file, until it is edited", async () => {
    const { list } = open("server.luau", "client.luau");
    await runAll(list);
    workerOf("server.luau").fail("no such word", "words.luau", 3);
    workerOf("client.luau").fail("attempt to call a nil value", "client.luau", 7);
    await settle();
    expect(list.marks("words.luau")).toEqual([{ line: 3, message: "no such word" }]);
    list.edited("words.luau");
    expect(list.marks("words.luau")).toEqual([]);
    expect(list.marks("client.luau")).toEqual([{ line: 7, message: "attempt to call a nil value" }]);
  });

  it("nothing for a failure that has no line", async () => {
    const { list } = open("server.luau");
    await runAll(list);
    workerOf("server.luau").say({ type: "state", state: "failed", failure: { message: "out of memory", chunk: "server.luau" } });
    expect(list.get("server.luau")?.failure?.message).toBe("out of memory");
    expect(list.marks("server.luau")).toEqual([]);
  });
});
