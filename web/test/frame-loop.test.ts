import { describe, expect, it } from "vitest";
import { type FrameClock, FrameLoop, HIDDEN_FRAME_MS, MAX_STEP_SECONDS, MISSED_FRAME_MS } from "../src/worker/frame-loop.ts";

/** A clock that the test turns by hand; the display draws only while `drawing`. */
class HandClock implements FrameClock {
  time = 0;
  drawing = true;
  #next = 1;
  readonly #frames = new Map<number, () => void>();
  readonly #timers = new Map<number, { at: number; callback: () => void }>();
  requestFrame: FrameClock["requestFrame"] = (callback) => {
    this.#frames.set(this.#next, callback);
    return this.#next++;
  };

  now(): number {
    return this.time;
  }
  cancelFrame(handle: number): void {
    this.#frames.delete(handle);
  }
  setTimer(callback: () => void, delayMs: number): number {
    this.#timers.set(this.#next, { at: this.time + delayMs, callback });
    return this.#next++;
  }
  clearTimer(handle: number): void {
    this.#timers.delete(handle);
  }
  get pending(): number {
    return this.#frames.size + this.#timers.size;
  }

  /** Lets time pass, a millisecond at a time; the display draws every tenth. */
  pass(milliseconds: number): void {
    for (const end = this.time + milliseconds; this.time < end; ) {
      this.time++;
      const dueTimers = [...this.#timers].filter(([, { at }]) => at <= this.time);
      for (const [handle, { callback }] of dueTimers) {
        // A frame that came first has taken its timer back.
        if (this.#timers.delete(handle)) callback();
      }
      if (!this.drawing || this.time % 10 !== 0) continue;
      const due = [...this.#frames.values()];
      this.#frames.clear();
      for (const callback of due) callback();
    }
  }
}

function setUp(hidden: boolean) {
  const clock = new HandClock();
  const steps: number[] = [];
  const loop = new FrameLoop((delta) => steps.push(delta), { hidden, clock });
  return { clock, steps, loop };
}

describe("FrameLoop", () => {
  it("follows the display while the page is visible", () => {
    const { clock, steps, loop } = setUp(false);
    loop.start();
    clock.pass(100);
    expect(steps).toEqual(Array.from({ length: 10 }, () => 0.01));
  });

  it("goes by a timer while the page is hidden", () => {
    const { clock, steps, loop } = setUp(true);
    clock.drawing = false;
    loop.start();
    clock.pass(HIDDEN_FRAME_MS * 5);
    expect(steps).toHaveLength(5);
  });

  it("changes over at once when the page is hidden and shown, with one clock running", () => {
    const { clock, steps, loop } = setUp(false);
    loop.start();
    clock.pass(20);
    loop.setHidden(true);
    clock.drawing = false;
    clock.pass(HIDDEN_FRAME_MS);
    expect(steps).toHaveLength(3);
    expect(clock.pending).toBe(1);
    loop.setHidden(false);
    clock.drawing = true;
    clock.pass(20);
    expect(steps.length).toBeGreaterThanOrEqual(4);
    expect(clock.pending).toBe(2);
  });

  it("does not stall when a visible page gets no animation frames", () => {
    const { clock, steps, loop } = setUp(false);
    clock.drawing = false;
    loop.start();
    clock.pass(MISSED_FRAME_MS * 3);
    expect(steps).toHaveLength(3);
  });

  it("works without animation frames at all", () => {
    const { clock, steps, loop } = setUp(false);
    clock.requestFrame = undefined;
    loop.start();
    clock.pass(HIDDEN_FRAME_MS * 3);
    expect(steps).toHaveLength(3);
  });

  it("tells of no longer a step than the longest", () => {
    const { clock, steps, loop } = setUp(false);
    loop.start();
    clock.time += 60_000;
    clock.pass(10);
    expect(steps[0]).toBe(MAX_STEP_SECONDS);
  });

  it("goes on after a frame that throws, and ends when stopped, also from inside a frame", () => {
    const clock = new HandClock();
    let frames = 0;
    const loop = new FrameLoop(() => {
      frames++;
      if (frames === 1) throw new Error("thrown by a frame");
      loop.stop();
    }, { hidden: false, clock });
    loop.start();
    expect(() => clock.pass(10)).toThrow("thrown by a frame");
    clock.pass(100);
    expect(frames).toBe(2);
    expect(clock.pending).toBe(0);
  });
});
