import { describe, expect, it } from "vitest";
import { EventQueue, type SocketEvent } from "../src/socket/event-queue.ts";

/** A source whose events write down their names. */
class Source {
  busy = false;
  muted = false;
  readonly #name: string;
  readonly #log: string[];

  constructor(name: string, log: string[]) {
    this.#name = name;
    this.#log = log;
  }

  event(word: string, deliver: () => "done" | "later" | void = () => {}): SocketEvent {
    return {
      source: this,
      deliver: () => {
        this.#log.push(`${this.#name} ${word}`);
        return deliver() ?? "done";
      },
    };
  }
}

function make() {
  const log: string[] = [];
  const clock = { time: 0 };
  const queue = new EventQueue(() => clock.time);
  const [a, b] = [new Source("a", log), new Source("b", log)];
  return { log, clock, queue, a, b, drain: () => queue.drain(() => true) };
}

describe("the queue of events", () => {
  it("delivers in order, across sources, also what comes up meanwhile", () => {
    const { log, queue, a, b, drain } = make();
    queue.push(a.event("1", () => queue.push(a.event("3"))));
    queue.push(b.event("2"));
    drain();
    expect(log).toEqual(["a 1", "b 2", "a 3"]);
    expect(queue.size).toBe(0);
  });

  it("holds back the events of one that is busy, and no others", () => {
    const { log, queue, a, b, drain } = make();
    queue.push(
      a.event("1", () => {
        a.busy = true;
      }),
    );
    for (const event of [a.event("2"), b.event("1"), a.event("3")]) queue.push(event);
    drain();
    expect(log).toEqual(["a 1", "b 1"]);
    a.busy = false;
    drain();
    expect(log).toEqual(["a 1", "b 1", "a 2", "a 3"]);
  });

  it("keeps what is not to be delivered yet, and what stands behind it", () => {
    const { log, queue, a, b, drain } = make();
    let answer: "done" | "later" = "later";
    queue.push(a.event("1", () => answer));
    queue.push(a.event("2"));
    queue.push(b.event("1"));
    drain();
    answer = "done";
    drain();
    expect(log).toEqual(["a 1", "b 1", "a 1", "a 2"]);
  });

  it("passes over one that is muted meanwhile, and forgets what waits for it", () => {
    const { log, queue, a, b, drain } = make();
    queue.push(
      b.event("1", () => {
        a.muted = true;
      }),
    );
    queue.push(a.event("1"));
    drain();
    queue.push(a.event("2"));
    queue.forget(a);
    expect(queue.size).toBe(0);
    expect(queue.neglectedMs).toBe(0);
    expect(log).toEqual(["b 1"]);
  });

  it("loses nothing when delivering throws", () => {
    const { log, queue, a, b, drain } = make();
    let memory = false;
    a.busy = true;
    queue.push(a.event("held"));
    queue.push(
      b.event("1", () => {
        if (!memory) throw new Error("no memory");
      }),
    );
    queue.push(b.event("2"));
    expect(drain).toThrow("no memory");
    memory = true;
    a.busy = false;
    drain();
    expect(log).toEqual(["b 1", "a held", "b 1", "b 2"]);
  });

  it("stops when the program has failed", () => {
    const { log, queue, a } = make();
    let alive = true;
    queue.push(
      a.event("1", () => {
        alive = false;
      }),
    );
    queue.push(a.event("2"));
    queue.drain(() => alive);
    expect(log).toEqual(["a 1"]);
    expect(queue.size).toBe(1);
  });

  it("does nothing when it is drained from inside of a delivery", () => {
    const { log, queue, a, drain } = make();
    queue.push(a.event("1", drain));
    queue.push(a.event("2"));
    drain();
    expect(log).toEqual(["a 1", "a 2"]);
  });

  it("tells for how long events have waited with no drain", () => {
    const { queue, clock, a, drain } = make();
    expect(queue.neglectedMs).toBe(0);
    clock.time = 100;
    queue.push(a.event("1", () => "later"));
    clock.time = 300;
    queue.push(a.event("2"));
    expect(queue.neglectedMs).toBe(200);
    drain();
    expect(queue.neglectedMs).toBe(0);
    clock.time = 350;
    expect(queue.neglectedMs).toBe(50);
    a.muted = true;
    drain();
    clock.time = 1_000;
    expect(queue.neglectedMs).toBe(0);
  });
});
