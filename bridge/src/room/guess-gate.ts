import { DebtMemory } from "../client/debt-memory.ts";
import {
  GUESS_INTERVALS_MS,
  GUESSES_AT_ONCE,
  GUESSES_FORGOTTEN_PER_MINUTE,
  MAX_GUESSES_WAITING,
  MAX_GUESSING_TOKENS,
  MAX_WRONG_PASSWORD_DELAY_MS,
  WRONG_PASSWORD_DELAY_MS,
  WRONG_PASSWORD_DELAY_PER_ADDRESS_MS,
} from "../limits.ts";
import { RateLimit } from "../rate-limit.ts";
import { FairTree } from "../turns/fair-tree.ts";

/** More wrong passwords than anybody can send: what is counted is how many, less those that are forgotten. */
const UNCOUNTABLE = 1e12;

/** A guess that waits. */
interface Waiting {
  /** Whether its client is still there. */
  readonly isWanted: () => boolean;
  /** It may be checked, or has to give way to others. */
  readonly settle: (mayBeChecked: boolean) => void;
}

/**
 * Bounds how fast the password of one room can be guessed, by however many addresses. After so many wrong ones, guesses are
 * checked one at a time, ever more slowly, and groups of addresses take turns. So the right password, which comes from an address
 * that guesses less than others, waits for one turn or two.
 */
export class GuessGate {
  readonly #wrong = wrongCount();
  readonly #byToken = new DebtMemory<RateLimit>(MAX_GUESSING_TOKENS, (wrong) => wrong.msUntilFull);
  readonly #waiting = new FairTree<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  /** Guesses that are being checked: each may be wrong. */
  #checking = 0;

  /** Wrong passwords of the room, less those that are forgotten. */
  get wrong(): number {
    return this.#wrong.owed;
  }

  /** Time until a new gate would be the same, ms; Infinity while somebody waits. */
  get msUntilBlank(): number {
    return this.#waiting.size > 0 ? Number.POSITIVE_INFINITY : this.#wrong.msUntilFull;
  }

  /**
   * Waits until a guess may be checked, which takes a call of `checked`; undefined: at once. `isSlowed`: its address has sent too many wrong ones. Resolves to
   * whether it may: when too many wait, those of the largest group of addresses give way.
   */
  turn(path: readonly string[], isSlowed: boolean, isWanted: () => boolean): Promise<boolean> | undefined {
    if (!isSlowed && this.wrong + this.#checking < GUESSES_AT_ONCE && this.#waiting.size === 0) {
      this.#checking += 1;
      return undefined;
    }
    return new Promise((settle) => {
      this.#waiting.add(path, { isWanted, settle });
      if (this.#waiting.size > MAX_GUESSES_WAITING) this.#waiting.takeLast()?.settle(false);
      this.#schedule();
    });
  }

  /** A guess that had its turn was checked. */
  checked(): void {
    this.#checking -= 1;
  }

  /** A guess was wrong. Gives how long its answer is to be delayed, ms. `ofAddress`: wrong passwords that its address has sent, to any room. */
  wrongFrom(token: string, ofAddress: number): number {
    this.#wrong.spend(1);
    let ofToken = this.#byToken.get(token);
    if (ofToken === undefined) {
      ofToken = wrongCount();
      this.#byToken.add(token, ofToken);
    }
    ofToken.spend(1);
    return Math.min(ofToken.owed * WRONG_PASSWORD_DELAY_MS + ofAddress * WRONG_PASSWORD_DELAY_PER_ADDRESS_MS, MAX_WRONG_PASSWORD_DELAY_MS);
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#waiting.size === 0) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#next();
        this.#schedule();
      },
      Math.max(0, this.#nextAt - performance.now()),
    );
    this.#timer.unref();
  }

  #next(): void {
    let next = this.#waiting.take();
    // Those that have gone take no turn.
    for (; next?.isWanted() === false; next = this.#waiting.take()) next.settle(false);
    if (next === undefined) return;
    const { wrong } = this;
    this.#nextAt = performance.now() + (GUESS_INTERVALS_MS.find(({ from }) => wrong >= from)?.ms ?? 0);
    this.#checking += 1;
    next.settle(true);
  }
}

function wrongCount(): RateLimit {
  return new RateLimit(GUESSES_FORGOTTEN_PER_MINUTE / 60, UNCOUNTABLE);
}
