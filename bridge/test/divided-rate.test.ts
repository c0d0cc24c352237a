import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { DividedRate } from "../src/client/divided-rate.ts";
import { Ledger } from "../src/client/ledger.ts";
import { DEFAULT_LIMITS, LEAST_DEBT_MS } from "../src/limits.ts";

/** A second, and at once. */
const RATE = 80_000;
const BURST = 160_000;
/** What may be owed without waiting. */
const LEAST = (RATE / 1_000) * LEAST_DEBT_MS;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
});

/** One who does as much as it may, and asks again when it was told to. */
class Greedy {
  readonly #rate: DividedRate;
  readonly #piece: number;
  #until = 0;
  had = 0;

  constructor(rate: DividedRate, piece = 1) {
    this.#rate = rate;
    this.#piece = piece;
  }

  /** Its part of a millisecond, of which the machine has time for so much. */
  run(most: number): void {
    if (performance.now() < this.#until) return;
    for (let done = 0; done < most; done += this.#piece) {
      const waitMs = this.#rate.waitMs(this);
      this.#until = performance.now() + waitMs;
      if (waitMs > 0) return;
      this.#rate.spend(this, this.#piece);
      this.had += this.#piece;
    }
  }
}

describe("a rate that several have together", () => {
  test("is theirs in equal parts, one who asks for little never waits, and all together have no more than there is", () => {
    const rate = new DividedRate(RATE, BURST);
    const attackers = [...Array.from({ length: 8 }, () => new Greedy(rate)), new Greedy(rate, 200)];
    const neighbour = {};
    const seconds = 20;
    let longest = 0;
    for (let ms = 0; ms < seconds * 1_000; ms += 1) {
      vi.advanceTimersByTime(1);
      for (const attacker of attackers) attacker.run(1_000);
      if (ms % 100 > 0) continue;
      longest = Math.max(longest, rate.waitMs(neighbour));
      rate.spend(neighbour, 10);
    }
    expect(longest).toBe(0);
    const had = attackers.map((attacker) => attacker.had);
    const all = had.reduce((sum, one) => sum + one, 0) + seconds * 100;
    expect(all).toBeLessThan(BURST + RATE * seconds + attackers.length * (LEAST + 200));
    // Nothing of it is lost by waiting.
    expect(all).toBeGreaterThan(0.98 * (BURST + RATE * seconds));
    // The burst is whose who comes first.
    expect(Math.max(...had) - Math.min(...had)).toBeLessThan(BURST);
    const before = [...had];
    for (let ms = 0; ms < 10_000; ms += 1) {
      vi.advanceTimersByTime(1);
      for (const attacker of attackers) attacker.run(1_000);
    }
    const since = attackers.map((attacker, index) => attacker.had - (before[index] as number));
    expect(Math.min(...since) / Math.max(...since)).toBeGreaterThan(0.9);
  });

  test("one who has had far too much does not make another wait for it", () => {
    const rate = new DividedRate(RATE, BURST);
    const [large, small] = [{}, {}];
    rate.spend(large, BURST + 10 * RATE);
    rate.spend(small, 2 * LEAST);
    // Both debts are paid at half the rate each.
    expect(rate.waitMs(small)).toBe(4 * LEAST_DEBT_MS);
    vi.advanceTimersByTime(4 * LEAST_DEBT_MS - 1);
    expect(rate.waitMs(small)).toBeGreaterThan(0);
    vi.advanceTimersByTime(2);
    expect(rate.waitMs(small)).toBe(0);
    vi.advanceTimersByTime(9_900);
    expect(rate.waitMs(large)).toBeGreaterThan(0);
    vi.advanceTimersByTime(200);
    expect(rate.waitMs(large)).toBe(0);
  });

  test("a debt that grows while it is waited for is paid whole, and what is owed is counted", () => {
    const rate = new DividedRate(RATE, BURST);
    const [one, other] = [{}, {}];
    rate.spend(one, BURST + LEAST);
    rate.spend(other, 4 * LEAST);
    rate.spend(one, 9 * LEAST);
    expect(rate.owed).toBe(BURST + 14 * LEAST);
    expect(rate.msUntilFull).toBeCloseTo(2_000 + 14 * LEAST_DEBT_MS);
    // The other's is paid first, at half the rate; then all goes to the one.
    vi.advanceTimersByTime(8 * LEAST_DEBT_MS + 1);
    expect(rate.waitMs(other)).toBe(0);
    expect(rate.waitMs(one)).toBeGreaterThan(5 * LEAST_DEBT_MS - 1);
    vi.advanceTimersByTime(6 * LEAST_DEBT_MS);
    expect(rate.waitMs(one)).toBe(0);
    vi.advanceTimersByTime(2_001);
    expect([rate.owed, rate.msUntilFull]).toEqual([0, 0]);
  });

  test("new ones in place of those that have gone do not get beyond it", () => {
    const mostOwedMs = 1_000;
    const rate = new DividedRate(RATE, BURST, mostOwedMs);
    let all = 0;
    const seconds = 20;
    for (let ms = 0; ms < seconds * 1_000; ms += 1) {
      vi.advanceTimersByTime(1);
      const newcomer = {};
      if (rate.waitMs(newcomer) > 0) continue;
      rate.spend(newcomer, 2 * LEAST);
      all += 2 * LEAST;
    }
    expect(all).toBeLessThanOrEqual(BURST + RATE * (seconds + mostOwedMs / 1_000) + 2 * LEAST);
  });
});

test.each(["packets", "bytes", "resumes"] as const)("%s: the session waits that owes them, of an address and of a network of IPv6", (name) => {
  const limits = { ...DEFAULT_LIMITS, packetsBurstPerAddress: 1_000, resumesBurstPerAddress: 1_000, bytesPerSecondPerAddress: 1_000 };
  const beyond = 2_000;
  const ledger = new Ledger(limits);
  for (const address of ["192.0.2.1", "2001:db8::1"]) {
    const [attacker, neighbour] = [{}, {}];
    const account = ledger.of(address);
    account.spendAs(attacker, name, beyond);
    expect(account.waitMsOf(attacker, name)).toBeGreaterThan(0);
    expect(account.waitMsOf(neighbour, name)).toBe(0);
  }
  // Of all its addresses: each has not used up its own.
  const spread = {};
  const parts = Array.from({ length: 8 }, (_, index) => ledger.of(`2001:db8:1:${index}::1`));
  for (const part of parts) part.spendAs(spread, name, 900);
  for (const part of parts) {
    expect(part.waitMsOf(spread, name)).toBeGreaterThan(0);
    expect(part.waitMsOf({}, name)).toBe(0);
  }
});
