/** Milliseconds between two questions to a worker; its answers are what the status bar shows. */
export const ASK_MS = 250;
/** Questions' time without an answer after which a worker counts as hanging: 6 s, since a script that loops is ended by its own limit of 5 s. */
export const HANGING_AFTER_TICKS = 24;

/**
 * Asks a worker at short intervals how it is, one question at a time, and notices when no answer comes. It counts
 * its own ticks and not the time: a laptop that sleeps, or a hidden page whose timers are slow, makes no worker look dead.
 */
export class WorkerPulse {
  readonly #ask: () => void;
  readonly #onChange: (hanging: boolean) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #isWaiting = false;
  #ticks = 0;
  #hanging = false;

  constructor(ask: () => void, onChange: (hanging: boolean) => void) {
    this.#ask = ask;
    this.#onChange = onChange;
    this.#timer = setInterval(() => this.#tick(), ASK_MS);
  }

  /** The worker has answered. */
  answered(): void {
    this.#isWaiting = false;
    this.#set(false);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      this.#ticks = 0;
      this.#ask();
    } else if (++this.#ticks >= HANGING_AFTER_TICKS) this.#set(true);
  }

  #set(hanging: boolean): void {
    if (hanging === this.#hanging) return;
    this.#hanging = hanging;
    this.#onChange(hanging);
  }
}
