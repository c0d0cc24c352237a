import { type HostCall, type HostResult, LuauRawError, MultipleValues, type Pushable, SUSPEND } from "@playground/luau-wasm";
import type { Suspension, TaskRunner } from "@playground/zone";
import type { LessonMachines, OpenPort, Redirect } from "../machines/lesson-machines.ts";
import { Countdown } from "../countdown.ts";
import type { StepFailure } from "./failure.ts";
import { LATE_ERROR_MS, SETTLE_MS } from "./limits.ts";
import type { Random } from "./random.ts";

/** What a look has found. */
export type Outcome =
  /** The call returns these values. */
  | { readonly give: readonly Pushable[] }
  /** The step has failed. */
  | { readonly fail: StepFailure }
  /** The check is at fault: the call raises this. */
  | { readonly raise: string }
  /** It is decided; what else is on its way is waited for a moment, so that the reader sees all of it. */
  | "settling"
  | undefined;

/** What a call of the check waits for. */
export interface Wish {
  readonly withinMs: number;
  /** Asked at once, and whenever anything has happened. */
  look(): Outcome;
  /** Asked when the time is over. */
  late(): Exclude<Outcome, "settling" | undefined>;
}

/** Something that a step has opened, and that goes with it. */
export interface StepPart {
  end(): void | Promise<void>;
}

interface Waiting {
  readonly wish: Wish;
  readonly suspension: Suspension;
  countdown: Countdown;
  isSettling: boolean;
}

/** The step that is being run: what waits in it, what it has opened, and how it has failed. */
export class Exam {
  readonly machines: LessonMachines;
  readonly random: Random;
  readonly seed: number;
  /** The learner's files. */
  readonly sources: ReadonlyMap<string, string>;
  /** The programs among them, the first of which is meant where none is named. */
  readonly programs: readonly string[];
  tasks: TaskRunner | undefined;
  ports: readonly OpenPort[] = [];
  redirects: Redirect[] = [];
  failure: StepFailure | undefined;
  readonly parts = new Set<StepPart>();
  readonly #waiting = new Set<Waiting>();
  #isInStep = false;
  #onError: () => void = () => {};

  constructor(options: Pick<Exam, "machines" | "random" | "seed" | "sources" | "programs">) {
    this.machines = options.machines;
    this.random = options.random;
    this.seed = options.seed;
    this.sources = options.sources;
    this.programs = options.programs;
  }

  begin(): void {
    this.failure = undefined;
    this.redirects = [];
    this.#isInStep = true;
  }

  /** Ends everything that the step has opened. Never rejects. */
  async end(): Promise<void> {
    this.#isInStep = false;
    for (const waiting of this.#waiting) this.#settle(waiting, { fail: this.failure ?? OVER });
    const parts = [...this.parts];
    this.parts.clear();
    await Promise.all(parts.map(async (part) => part.end()));
  }

  /** The first failure of a step is the one that counts. Raises an error, so that the step goes no further. */
  fail(failure: StepFailure): never {
    this.failure ??= failure;
    throw new LuauRawError(STEP_FAILED);
  }

  /**
   * A failure that came from outside of the check's own calls: the learner's program has stopped with an error. It stands in for a failure
   * that an ended connection was the cause of, since it is the cause of that.
   */
  failLater(failure: StepFailure): void {
    if (!this.#isInStep) return;
    if (this.failure === undefined || mayHaveCause(this.failure)) this.failure = failure;
    this.#onError();
    this.happened();
  }

  /** Resolves once the failure is the whole story: where a connection has ended, the error of the program behind it may be on its way. */
  async untilTold(): Promise<void> {
    if (this.failure === undefined || !mayHaveCause(this.failure)) return;
    await new Promise<void>((resolve) => {
      const countdown = new Countdown(LATE_ERROR_MS, resolve);
      this.#onError = () => {
        countdown.cancel();
        resolve();
      };
    });
    this.#onError = () => {};
  }

  /** To be called first in every function of `zone.check` that belongs into a step. */
  requireStep(): void {
    if (this.failure !== undefined) throw new LuauRawError(STEP_FAILED);
    if (!this.#isInStep) throw new Error("call this inside of check.step");
  }

  /** Lets a call wait, or answers it at once. */
  wait(call: HostCall, wish: Wish): HostResult {
    this.requireStep();
    const now = wish.look();
    if (now !== undefined && now !== "settling") {
      if ("fail" in now) return this.fail(now.fail);
      if ("raise" in now) throw new Error(now.raise);
      return new MultipleValues(now.give);
    }
    if (!call.isYieldable || this.tasks === undefined) throw new Error("this waits, and cannot be called inside a metamethod, a sort comparator or the like");
    const suspension = this.tasks.suspend(call, "time");
    const waiting: Waiting = { wish, suspension, isSettling: false, countdown: new Countdown(wish.withinMs, () => this.#settle(waiting, wish.late())) };
    this.#waiting.add(waiting);
    if (now === "settling") this.#hurry(waiting);
    return SUSPEND;
  }

  /** Something has happened that a waiting call may wait for. */
  happened(): void {
    for (const waiting of Array.from(this.#waiting)) {
      if (!this.#waiting.has(waiting)) continue;
      const outcome = this.failure === undefined ? waiting.wish.look() : { fail: this.failure };
      if (outcome === "settling") this.#hurry(waiting);
      else if (outcome !== undefined) this.#settle(waiting, outcome);
    }
  }

  #hurry(waiting: Waiting): void {
    if (waiting.isSettling) return;
    waiting.isSettling = true;
    waiting.countdown.cancel();
    waiting.countdown = new Countdown(SETTLE_MS, () => this.#settle(waiting, waiting.wish.late()));
  }

  #settle(waiting: Waiting, outcome: Exclude<Outcome, "settling" | undefined>): void {
    if (!this.#waiting.delete(waiting)) return;
    waiting.countdown.cancel();
    if ("give" in outcome) return waiting.suspension.resume(...outcome.give);
    if ("raise" in outcome) return waiting.suspension.fail(outcome.raise);
    this.failure ??= outcome.fail;
    waiting.suspension.fail(STEP_FAILED);
  }
}

/** Whether a program that stopped with an error would explain this failure. */
function mayHaveCause({ ended, error }: StepFailure): boolean {
  return ended === true && error === undefined;
}

/** What a step is left with. Nobody reads it: the failure itself is kept. */
const STEP_FAILED = "the step has failed";

/** For what still waits when a step has returned; it is not told. */
const OVER: StepFailure = { message: { en: "The step is over.", ru: "Шаг закончен." } };
