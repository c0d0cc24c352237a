import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { Ledger } from "../src/client/ledger.ts";
import { ACCEPTING_MS, DEFAULT_LIMITS } from "../src/limits.ts";
import { LatestFirst, type Task } from "../src/turns/latest-first.ts";
import { Turns, Work } from "../src/turns/turns.ts";

const [ADDRESS, OTHER] = ["192.0.2.1", "192.0.2.2"];

function take(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A task that takes so long, ms. */
function task(ms: number, run: () => void, isOver = () => false): Task {
  return {
    isOver,
    run() {
      take(ms);
      run();
    },
  };
}

test("of the newcomers of one address that wait, the latest is first, and those that have gone are passed over", async () => {
  const turns = new Turns();
  const [newcomers, account] = [new LatestFirst(turns), new Ledger(DEFAULT_LIMITS).of(ADDRESS)];
  const done: number[] = [];
  // The first takes all the time that its address has, so that the others wait.
  newcomers.add(
    account,
    task(3, () => done.push(0)),
  );
  for (let index = 1; index <= 6; index += 1)
    newcomers.add(
      account,
      task(
        0,
        () => done.push(index),
        () => index === 5,
      ),
    );
  expect(done).toEqual([0]);
  while (done.length < 6) await nextTurn();
  expect(done).toEqual([0, 6, 4, 3, 2, 1]);
});

test("a crowd of newcomers costs a session of the same address one slice, and another address no more", async () => {
  const turns = new Turns();
  const [newcomers, ledger] = [new LatestFirst(turns), new Ledger(DEFAULT_LIMITS)];
  let done = 0;
  for (let index = 0; index < 500; index += 1)
    newcomers.add(
      ledger.of(ADDRESS),
      task(0.3, () => (done += 1)),
    );
  for (const address of [ADDRESS, OTHER]) {
    await nextTurn();
    let isServed = false;
    turns.run(
      new Work(ledger.of(address), () => {
        isServed = true;
        return false;
      }),
    );
    for (let turn = 0; turn < 2; turn += 1) await nextTurn();
    expect(isServed).toBe(true);
  }
  expect(done).toBeLessThan(100);
});

test("those that have gone are not kept: looking for them costs no more than the newcomers do", () => {
  const turns = new Turns();
  const [newcomers, account] = [new LatestFirst(turns), new Ledger(DEFAULT_LIMITS).of(ADDRESS)];
  newcomers.add(
    account,
    task(3, () => {}),
  );
  let asked = 0;
  let gone = 0;
  for (let index = 0; index < 20_000; index += 1) {
    newcomers.add(
      account,
      task(
        0,
        () => {},
        () => {
          asked += 1;
          return index < gone;
        },
      ),
    );
    gone = Math.max(0, index - 100);
  }
  expect(asked).toBeGreaterThan(10_000);
  expect(asked).toBeLessThan(60_000);
});

test("while every turn of the event loop accepts a connection, most serve nobody, and everybody is served again and again", async () => {
  const turns = new Turns();
  const ledger = new Ledger(DEFAULT_LIMITS);
  /** When somebody was served first and last in the turn at hand. */
  let [first, last] = [Number.NaN, 0];
  const endless = (address: string): Work =>
    new Work(ledger.of(address), () => {
      last = performance.now();
      if (Number.isNaN(first)) first = last;
      return true;
    });
  /** One turn that accepts a connection. Time since somebody was last served, ms; undefined: nobody is served in it. */
  const accept = async (): Promise<number | undefined> => {
    const before = last;
    first = Number.NaN;
    turns.accepted();
    await nextTurn();
    return Number.isNaN(first) ? undefined : first - before;
  };
  for (let turn = 0; turn < 3; turn += 1) await accept();
  turns.run(endless(ADDRESS));
  turns.run(endless(OTHER));
  while ((await accept()) === undefined);
  for (let round = 0; round < 10; round += 1) {
    let waited: number | undefined;
    while (waited === undefined) waited = await accept();
    expect(waited).toBeGreaterThanOrEqual(ACCEPTING_MS);
  }
  // The last connection has been accepted.
  await nextTurn();
  for (let turn = 0; turn < 3; turn += 1) {
    const before = last;
    await nextTurn();
    expect(last).toBeGreaterThan(before);
  }
});
