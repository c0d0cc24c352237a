import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Model } from "../src/ui/model.ts";
import { whenChanged } from "../src/ui/when-changed.ts";

const LIMIT_MS = 2_000;

class Count extends Model {
  value = 0;

  add(): void {
    this.value++;
    this.changed();
  }
}

/** How often what waits for the count to be `value` has been told so. */
function waiting(count: Count, value: number): { readonly told: () => number } {
  let told = 0;
  void whenChanged(count, () => count.value === value, LIMIT_MS).then(() => told++);
  return { told: () => told };
}

describe("whenChanged", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("resolves at the change after which it is so, and not before", async () => {
    const count = new Count();
    const { told } = waiting(count, 2);
    count.add();
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toBe(0);
    count.add();
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toBe(1);
  });

  it("waits for a change, also where it is so already", async () => {
    const { told } = waiting(new Count(), 0);
    await vi.advanceTimersByTimeAsync(LIMIT_MS - 1);
    expect(told()).toBe(0);
  });

  it("gives up when its time is over, and leaves no timer behind", async () => {
    const count = new Count();
    const { told } = waiting(count, 5);
    await vi.advanceTimersByTimeAsync(LIMIT_MS);
    expect(told()).toBe(1);
    void waiting(count, 1);
    count.add();
    expect(vi.getTimerCount()).toBe(0);
  });
});
