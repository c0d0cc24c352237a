import { describe, expect, it, onTestFinished } from "vitest";
import { readAnalysisWasm } from "@playground/luau-analysis/node";
import { type AnalysedProject, AnalysisSession, type SessionEnd, type WorkerChannel } from "../src/analysis/analysis-session.ts";
import { AnalysisHost } from "../src/analysis/worker/analysis-host.ts";
import type { PageMessage, WorkerMessage } from "../src/analysis/worker/messages.ts";

const module = await WebAssembly.compile(await readAnalysisWasm());

/** The worker's own code, on this thread: messages arrive later, as from a worker. `isDeaf`: nothing arrives any more. */
class LocalWorker implements WorkerChannel {
  readonly received: PageMessage[] = [];
  isDeaf = false;
  tell: (message: WorkerMessage) => void = () => {};
  readonly #host = new AnalysisHost((message) => this.tell(structuredClone(message)));

  send(message: PageMessage): void {
    if (this.isDeaf) return;
    this.received.push(message);
    setImmediate(() => void this.#host.receive(structuredClone(message)));
  }

  listen(onMessage: (message: WorkerMessage) => void): void {
    this.tell = onMessage;
  }

  end(): void {
    this.tell = () => {};
  }
}

function open(sources: Record<string, string>) {
  const files = new Map(Object.entries(sources));
  const project = (): AnalysedProject => ({ files: [...files].map(([name, source]) => ({ name, source })), mode: "strict" });
  const ends: SessionEnd[] = [];
  const worker = new LocalWorker();
  const session = new AnalysisSession({ worker, module, project, onReady: () => {}, onEnd: (end) => ends.push(end) });
  onTestFinished(() => session.close());
  const asked = (): string[] => worker.received.flatMap((message) => (message.type === "ask" ? [message.question.kind] : []));
  return { session, files, ends, worker, asked };
}

describe("AnalysisSession", () => {
  it("answers about the project as it is", async () => {
    const { session, files } = open({ "main.luau": 'local _x: number = "no"' });
    expect((await session.ask({ kind: "check", file: "main.luau" }))?.map(({ code }) => code)).toEqual(["TypeMismatch"]);
    files.set("main.luau", "local _x: number = 1");
    expect(await session.ask({ kind: "check", file: "main.luau" })).toEqual([]);
    files.set("more.luau", "print(nothing)");
    expect((await session.ask({ kind: "check", file: "more.luau" }))?.map(({ code }) => code)).toEqual(["UnknownSymbol"]);
  });

  it("sends only what has changed", async () => {
    const { session, files, worker } = open({ "a.luau": "print(1)", "b.luau": "print(2)" });
    await session.ask({ kind: "check", file: "a.luau" });
    files.set("b.luau", "print(3)");
    files.delete("a.luau");
    await session.ask({ kind: "check", file: "b.luau" });
    const sent = worker.received.filter((message) => message.type === "project");
    expect(sent.map(({ set, removed }) => [set.map(([name]) => name), removed])).toEqual([
      [["a.luau", "b.luau"], []],
      [["b.luau"], ["a.luau"]],
    ]);
  });

  it("asks what the reader waits for before what runs in the background", async () => {
    const { session, asked } = open({ "main.luau": "print(string.len('a'))" });
    const check = session.ask({ kind: "check", file: "main.luau" });
    const again = session.ask({ kind: "check", file: "main.luau" });
    const complete = session.ask({ kind: "complete", file: "main.luau", offset: 13 }, { isUrgent: true });
    await Promise.all([check, again, complete]);
    expect(asked()).toEqual(["complete", "check", "check"]);
  });

  it("drops what nobody wants any more without asking it", async () => {
    const { session, files, asked } = open({ "main.luau": "print(1)" });
    const abort = new AbortController();
    const unwanted = session.ask({ kind: "complete", file: "main.luau", offset: 0 }, { signal: abort.signal });
    const stale = session.ask({ kind: "hover", file: "main.luau", offset: 1, language: "en" });
    abort.abort();
    files.set("main.luau", "print(2)");
    const fresh = session.ask({ kind: "check", file: "main.luau" });
    expect(await Promise.all([unwanted, stale, fresh])).toEqual([undefined, undefined, []]);
    expect(asked()).toEqual(["check"]);
  });

  it("gives an answer about an older text to nobody", async () => {
    const { session, files } = open({ "main.luau": "print(nothing)" });
    await session.ask({ kind: "check", file: "main.luau" });
    const answer = session.ask({ kind: "check", file: "main.luau" });
    files.set("main.luau", "print(1)");
    expect(await answer).toBeUndefined();
  });

  it("documents in the reader's language", async () => {
    const source = "zone.socket.update()";
    const { session } = open({ "main.luau": source });
    const hover = await session.ask({ kind: "hover", file: "main.luau", offset: source.indexOf("update"), language: "ru" });
    expect(hover?.code).toBe("update(): ()");
    expect(hover?.documentation?.text[0]).toMatch(/коллбэк/);
  });

  it("ends when the module cannot be used", async () => {
    const { ends, worker } = open({});
    worker.tell({ type: "broken", code: "memory", message: "not enough memory" });
    expect(ends).toEqual(["memory"]);
  });

  it("ends with `hung` when an answer takes too long, and settles what waits", async () => {
    const { session, ends, worker } = open({ "main.luau": "print(1)" });
    await session.ask({ kind: "check", file: "main.luau" });
    // The worker no longer hears anything: what a loop without end looks like from here.
    worker.isDeaf = true;
    expect(await session.ask({ kind: "check", file: "main.luau" })).toBeUndefined();
    expect(ends).toEqual(["hung"]);
  });
});
