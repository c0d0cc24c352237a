import type { Target } from "./target.ts";

/** What an attack works with, in a process of its own. */
export interface AttackRun {
  readonly target: Target;
  /** The client address that it comes from. */
  readonly address: string;
  /** Whether its time is up. Connections stay open then: they are cut with the process. */
  isOver(): boolean;
  /** Adds to a figure of what the attack reached, for the table and for `judge`. */
  count(what: string, by?: number): void;
}

/** What an attack reached, by the names it gave to `count`. */
export type Counts = Readonly<Record<string, number>>;

/** One way to keep others waiting, or to take what is theirs. One file each, in `attacks/`. */
export interface Attack {
  /** As on the command line. */
  readonly name: string;
  /** What it does, in a few words. */
  readonly what: string;
  /** Further options of the bridge. */
  readonly bridgeOptions?: readonly string[];
  /** It needs nothing that only the bridge has. */
  readonly alsoWispJs?: boolean;
  /** Attacks until the time is up, and no further than its own bound. */
  run(run: AttackRun): Promise<void>;
  /** What is wrong with what the attack reached within so many seconds; empty: nothing. */
  judge?(counts: Counts, seconds: number): string[];
  /** Prepares what somebody else holds; gives what looks, while the attack still stands, whether it is still theirs: what is wrong. */
  witness?(target: Target): Promise<() => Promise<string[]>>;
}

/** Waits, ms. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

/** Does the same in so many places at once, until the time is up: `work` is called again when it is done, with a number that grows. */
export async function inParallel(run: AttackRun, places: number, most: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const place = async (): Promise<void> => {
    while (!run.isOver() && next < most) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: places }, place));
}
