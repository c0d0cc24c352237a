import { describe, expect, it } from "vitest";
import { type FrameClock, FrameLoop, HIDDEN_FRAME_MS, MAX_STEP_SECONDS, MISSED_FRAME_MS } from "../src/frames/frame-loop.ts";

/** A clock that the test turns by hand; the display draws only while `drawing`. */
class HandClock implements FrameClock {
  time = 0;
  drawing = true;
  /** Milliseconds from frame to frame of the display. */
  interval = 10;
  /** Handles that were cancelled, and handles whose callback is being run. */
  readonly cancelled: number[] = [];
  readonly running: number[] = [];
  #next = 1;
  #untilFrame = 0;
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
    if (this.running.includes(handle)) this.cancelled.push(handle);
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

  /** Lets time pass, a millisecond at a time. */
  pass(milliseconds: number): void {
    for (const end = this.time + milliseconds; this.time < end;) {
      this.time++;
      const dueTimers = [...this.#timers].filter(([, { at }]) => at <= this.time);
      for (const [handle, { callback }] of dueTimers) {
        // A frame that came first has taken its timer back.
        if (this.#timers.delete(handle)) callback();
      }
      this.#untilFrame++;
      if (this.#untilFrame < this.interval) continue;
      this.#untilFrame -= this.interval;
      if (!this.drawing) continue;
      const due = [...this.#frames];
      this.#frames.clear();
      for (const [handle, callback] of due) {
        this.running.push(handle);
        try {
          callback();
        } finally {
          this.running.pop();
        }
      }
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
    const loop = new FrameLoop(
      () => {
        frames++;
        if (frames === 1) throw new Error("thrown by a frame");
        loop.stop();
      },
      { hidden: false, clock },
    );
    loop.start();
    expect(() => clock.pass(10)).toThrow("thrown by a frame");
    clock.pass(100);
    expect(frames).toBe(2);
    expect(clock.pending).toBe(0);
  });

  it("cancels no frame that is being run: Firefox would run the next one at once", () => {
    const { clock, loop } = setUp(false);
    loop.start();
    clock.pass(100);
    loop.setHidden(true);
    loop.setHidden(false);
    clock.pass(50);
    expect(clock.cancelled).toEqual([]);
  });

  it("leaves out a frame of the display right behind one that was late", () => {
    const { clock, steps, loop } = setUp(false);
    clock.interval = 33.6;
    loop.start();
    clock.pass(110);
    expect(clock.time).toBe(110);
    steps.length = 0;
    // The last was at 101, the timer comes at 201, and the display again at 202.
    clock.drawing = false;
    clock.pass(91);
    clock.drawing = true;
    clock.pass(40);
    expect(steps).toEqual([0.1, 0.035]);
  });

  it("has no step of 0 seconds, however roughly a browser rounds its clock", () => {
    const { clock, steps, loop } = setUp(false);
    let exact = 0;
    const now = (): number => Math.floor(exact / 16) * 16;
    Object.assign(clock, { now });
    loop.start();
    for (; exact < 1000; exact += 5) clock.pass(5);
    expect(steps.length).toBeGreaterThan(30);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(steps.reduce((sum, step) => sum + step, 0)).toBeCloseTo(1, 1);
  });

  describe.each([
    ["a display of 60 Hz", 1000 / 60],
    ["a display of 100 Hz", 10],
    ["a display of 30 Hz", 1000 / 30],
    ["a hidden page", Infinity],
    ["a covered window", 1e9],
  ])("on %s", (_, interval) => {
    it.each([1, 5, 10, 24, 30, 50, 60, 75, 120, 144, 200, 240])("has %d frames a second where a script wants them", (rate) => {
      const { clock, steps, loop } = setUp(interval === Infinity);
      clock.drawing = interval !== Infinity;
      clock.interval = interval;
      loop.start();
      clock.pass(200);
      loop.setTargetRate(rate);
      // The display's rate is learnt within some frames.
      clock.pass(1000);
      steps.length = 0;
      clock.pass(4000);
      // A covered window is still taken for one that is drawn, and has what the watchman gives at least.
      const most = interval === 1e9 ? Math.min(rate, rate > 60 ? rate : 1000 / MISSED_FRAME_MS) : rate;
      expect(steps.length).toBeGreaterThanOrEqual(Math.floor(most * 4 * 0.95) - 1);
      expect(steps.length).toBeLessThanOrEqual(Math.ceil(most * 4 * 1.03) + 1);
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(Math.min(0.002, 0.5 / rate));
      expect(steps.reduce((sum, step) => sum + step, 0)).toBeCloseTo(4, rate === 1 ? -1 : 0);
    });
  });

  it("takes a target from inside a frame, with one clock running", () => {
    const clock = new HandClock();
    let frames = 0;
    const loop = new FrameLoop(
      () => {
        if (++frames === 1) loop.setTargetRate(200);
      },
      { hidden: false, clock },
    );
    loop.start();
    clock.pass(10);
    expect(clock.pending).toBe(1);
    clock.pass(100);
    expect(frames).toBeGreaterThanOrEqual(20);
    expect(clock.pending).toBe(1);
  });

  it("makes up for nothing after a long frame", () => {
    const { clock, steps, loop } = setUp(false);
    loop.setTargetRate(200);
    loop.start();
    clock.pass(100);
    clock.time += 500;
    steps.length = 0;
    clock.pass(100);
    expect(steps.length).toBeLessThanOrEqual(21);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0.002);
  });
});
