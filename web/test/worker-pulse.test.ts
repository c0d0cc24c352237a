import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ASK_MS, HANGING_AFTER_TICKS, WorkerPulse } from "../src/programs/worker-pulse.ts";

describe("WorkerPulse", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("asks again only when the last question was answered", () => {
    let asked = 0;
    const pulse = new WorkerPulse(
      () => asked++,
      () => {},
    );
    vi.advanceTimersByTime(10 * ASK_MS);
    expect(asked).toBe(1);
    pulse.answered();
    vi.advanceTimersByTime(ASK_MS);
    expect(asked).toBe(2);
    pulse.stop();
    pulse.answered();
    vi.advanceTimersByTime(10 * ASK_MS);
    expect(asked).toBe(2);
  });

  it("says that a worker hangs, once, and that it is back", () => {
    const said: boolean[] = [];
    const pulse = new WorkerPulse(
      () => {},
      (hanging) => said.push(hanging),
    );
    vi.advanceTimersByTime((1 + HANGING_AFTER_TICKS - 1) * ASK_MS);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(10 * ASK_MS);
    expect(said).toEqual([true]);
    pulse.answered();
    expect(said).toEqual([true, false]);
    pulse.stop();
  });
});
