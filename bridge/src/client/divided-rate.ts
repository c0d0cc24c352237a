import { FairQueue, Flow } from "../turns/fair-queue.ts";
import { LEAST_DEBT_MS } from "../limits.ts";

/** What one of those who have a rate together owes of it. */
class Debt extends Flow {
  readonly who: object;
  /** How much each debtor must have paid, counted like `#paid`, for this debt to be paid. Its place in the queue may still be that of an earlier, smaller one. */
  due: number;
  /** Whether it was too much at one time to go on with: from then on, it is waited for until all of it is paid. */
  isWaitedFor = false;

  constructor(who: object, due: number) {
    super();
    this.who = who;
    this.due = due;
    this.spent = due;
  }
}

/**
 * A token bucket that several have together, such as the sessions of one client address: so many at once after a quiet time, and
 * so many a second on average, of all together. Once it is empty, whoever takes more owes it, and waits: not the others. What the
 * rate brings pays the debts, each debtor's as fast as any other's (processor sharing), whoever has the largest; and only what
 * is left then fills the bucket. So who asks for little goes on at once beside those who ask for all there is.
 */
export class DividedRate {
  readonly #perMs: number;
  readonly #burst: number;
  readonly #leastDebt: number;
  readonly #mostOwed: number;
  #tokens: number;
  #filledAt = performance.now();
  /** What each debtor has been paid, one who has been there from the beginning. */
  #paid = 0;
  /** All debts together; above zero only while there are no tokens. */
  #owing = 0;
  readonly #debts = new Map<object, Debt>();
  /** The debts, by when they are paid. */
  readonly #queue = new FairQueue<Debt>();

  /** `mostOwedMs`: time in which the rate pays what all may owe together, ms; beyond it, all wait. It bounds what new ones get in place of those that have gone and left debts. */
  constructor(perSecond: number, burst: number, mostOwedMs = Number.POSITIVE_INFINITY) {
    this.#perMs = perSecond / 1000;
    this.#burst = burst;
    this.#leastDebt = this.#perMs * LEAST_DEBT_MS;
    this.#mostOwed = this.#perMs * mostOwedMs;
    this.#tokens = burst;
  }

  /** Counts what one of them has done already, however much: what there was not enough for, it owes. */
  spend(who: object, count: number): void {
    this.#fill();
    const beyond = count - this.#tokens;
    this.#tokens = Math.max(0, -beyond);
    if (beyond <= 0) return;
    this.#owing += beyond;
    let debt = this.#debts.get(who);
    if (debt === undefined) {
      debt = new Debt(who, this.#paid + beyond);
      this.#debts.set(who, debt);
      this.#queue.add(debt);
    } else debt.due += beyond;
    if (debt.due - this.#paid > this.#leastDebt) debt.isWaitedFor = true;
  }

  /** Time that one of them waits before it does more, ms; 0: none. Shorter where others' debts are paid meanwhile; who waits asks again. */
  waitMs(who: object): number {
    if (this.#owing === 0) return 0;
    this.#fill();
    const debt = this.#debts.get(who);
    const own = debt?.isWaitedFor === true ? (debt.due - this.#paid) * this.#queue.size : 0;
    return Math.ceil(Math.max(own, this.#owing - this.#mostOwed, 0) / this.#perMs);
  }

  /** What has been taken and has not come back yet. */
  get owed(): number {
    this.#fill();
    return this.#burst - this.#tokens + this.#owing;
  }

  /** Time until nothing is owed and the bucket is full, ms: from then on a new one is the same. */
  get msUntilFull(): number {
    return this.owed / this.#perMs;
  }

  /** Pays debts with what time has brought, and keeps the rest. */
  #fill(): void {
    const now = performance.now();
    let more = Math.max(0, now - this.#filledAt) * this.#perMs;
    this.#filledAt = now;
    for (let first = this.#queue.first; first !== undefined && more > 0; first = this.#queue.first) {
      const untilFirst = (first.spent - this.#paid) * this.#queue.size;
      if (untilFirst > more) {
        this.#paid += more / this.#queue.size;
        this.#owing = Math.max(0, this.#owing - more);
        return;
      }
      more -= untilFirst;
      this.#owing -= untilFirst;
      this.#paid = first.spent;
      this.#queue.take();
      if (first.due > this.#paid) {
        // It has grown since it got its place.
        first.spent = first.due;
        this.#queue.add(first);
      } else this.#debts.delete(first.who);
    }
    if (this.#queue.size > 0) return;
    // What sums of fractions leave.
    this.#owing = 0;
    this.#tokens = Math.min(this.#burst, this.#tokens + more);
  }
}
