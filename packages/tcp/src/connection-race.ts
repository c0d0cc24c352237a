import { systemCode } from "./failure.ts";
import { CONNECT_TIMEOUT_MS, CONNECTION_ATTEMPT_DELAY_MS } from "./limits.ts";

/** What the machine itself says of an address that it knows no way to. */
const NO_WAY = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);

/** Who bounds how many sockets connect at a time. */
export interface AttemptBudget {
  /** Takes the right to one more socket, beside the first; false: not now. */
  takeAttempt(): boolean;
  /** Gives one back. */
  releaseAttempt(): void;
}

/** What becomes of an attempt to connect to one address: exactly one of these follows, later, unless it is cancelled. */
export interface AttemptEvents<Connected> {
  onConnected(connected: Connected): void;
  onFailed(error: Error): void;
}

/** An attempt that is under way. */
export interface RunningAttempt {
  /** Gives up, and closes the socket at once; no event follows. */
  cancel(): void;
}

/** What a race needs to know. */
export interface RaceOptions<To, Connected> {
  /** Begins to connect to one address. */
  readonly attempt: (to: To, events: AttemptEvents<Connected>) => RunningAttempt;
  readonly budget: AttemptBudget;
  /** Asked before each attempt: what was right when the name was looked up may have changed. */
  readonly mayDial: (to: To) => boolean;
}

/** What becomes of a race: exactly one of these follows, later, unless it is cancelled. */
export interface RaceEvents<Connected> {
  /** The first of the attempts is connected, the others are closed. */
  onConnected(connected: Connected): void;
  /** All of them have failed; the error is the last one's that a host had a part in, if there is one. */
  onFailed(error: Error): void;
}

/**
 * Connects to the first of several addresses that answers, as RFC 8305 ("Happy Eyeballs"), section 5, has it: the next
 * attempt begins when the one before has failed, or has been silent for a moment, and none is given up for another until one
 * is connected. So an address that is silent costs that moment, and one that is slow is not cut off.
 */
export class ConnectionRace<To, Connected> {
  readonly #left: To[];
  /** Time that each address has when there is room for one socket only, ms. */
  readonly #shareMs: number;
  #lastBegan = 0;
  readonly #options: RaceOptions<To, Connected>;
  readonly #events: RaceEvents<Connected>;
  readonly #running = new Set<RunningAttempt>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;
  #error: Error | undefined;

  /** `addresses`: at least one, in the order in which they are tried. */
  constructor(addresses: readonly To[], options: RaceOptions<To, Connected>, events: RaceEvents<Connected>) {
    this.#left = [...addresses];
    this.#shareMs = CONNECT_TIMEOUT_MS / addresses.length;
    this.#options = options;
    this.#events = events;
    this.#startNext();
  }

  /** Gives up; no event follows. */
  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#cancelAll();
  }

  #cancelAll(): void {
    for (const attempt of this.#running) {
      this.#remove(attempt);
      attempt.cancel();
    }
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    const [next] = this.#left;
    if (next === undefined || this.#isOver) return;
    if (!this.#options.mayDial(next)) {
      this.#left.shift();
      if (this.#running.size === 0 && this.#left.length === 0) process.nextTick(() => this.#fail());
      else this.#startNext();
      return;
    }
    // The first socket is the stream's own; where there is no room for another, one after the other has to do.
    const hasRoom = this.#running.size === 0 || this.#options.budget.takeAttempt();
    if (hasRoom || performance.now() - this.#lastBegan >= this.#shareMs) {
      if (!hasRoom) this.#cancelAll();
      this.#left.shift();
      this.#lastBegan = performance.now();
      this.#start(next);
    }
    if (this.#left.length > 0) this.#timer = setTimeout(() => this.#startNext(), CONNECTION_ATTEMPT_DELAY_MS);
  }

  #start(to: To): void {
    const attempt = this.#options.attempt(to, {
      onConnected: (connected) => {
        this.#remove(attempt);
        this.cancel();
        this.#events.onConnected(connected);
      },
      onFailed: (error) => {
        this.#remove(attempt);
        // That a family has no way out says less than what a host has answered.
        if (this.#error === undefined || !NO_WAY.has(systemCode(error))) this.#error = error;
        if (this.#left.length > 0) this.#startNext();
        else if (this.#running.size === 0) this.#fail();
      },
    });
    this.#running.add(attempt);
  }

  #remove(attempt: RunningAttempt): void {
    this.#running.delete(attempt);
    if (this.#running.size > 0) this.#options.budget.releaseAttempt();
  }

  #fail(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#events.onFailed(this.#error ?? Object.assign(new Error("no address may be dialled any more"), { code: "ECONNREFUSED" }));
  }
}

/** The addresses with their families in turns, beginning with that of the first: RFC 8305, section 4. A family that leads nowhere costs one delay. */
export function interleaveFamilies<T extends { readonly family: 4 | 6 }>(addresses: readonly T[]): T[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter(({ family }) => family !== addresses[0]?.family);
  return addresses.flatMap((_, index) => [first[index], second[index]].filter((address) => address !== undefined));
}
