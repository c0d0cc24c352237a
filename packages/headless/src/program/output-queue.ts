import { BATCH_CHARS, EAGER_CHARS, FRAMES_WAIT_CHARS, PRINT_WAITS_CHARS } from "../limits.ts";
import type { OutputEntry } from "./messages.ts";

/** Milliseconds between two looks at whether anybody still reads. */
const WAIT_STEP_MS = 100;

/**
 * What a program prints, on its way to the terminal: nothing is left out, and where the terminal is slower than the program, the
 * program waits, between its frames or, where one of them prints without end, within it.
 */
export class OutputQueue {
  readonly #post: (entries: readonly OutputEntry[]) => void;
  readonly #written: Int32Array;
  #waiting: OutputEntry[] = [];
  #waitingChars = 0;
  /** Characters handed over so far; wraps around as `#written` does. */
  #handedOver = 0;

  /** `written`: whoever writes counts there what it has written, and wakes who waits for it. */
  constructor(post: (entries: readonly OutputEntry[]) => void, written: SharedArrayBuffer) {
    this.#post = post;
    this.#written = new Int32Array(written);
  }

  write(entry: OutputEntry): void {
    this.#waiting.push(entry);
    this.#waitingChars += charsOf(entry);
    if (this.#waitingChars >= BATCH_CHARS || this.#underWay < EAGER_CHARS) this.flush();
    this.#waitWhileFull();
  }

  /** Hands everything over that has gathered. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const entries = this.#waiting;
    this.#handedOver = (this.#handedOver + this.#waitingChars) | 0;
    this.#waiting = [];
    this.#waitingChars = 0;
    this.#post(entries);
  }

  /** Whether so much is on its way that the program should wait for its next frame. */
  get isBehind(): boolean {
    return this.#underWay >= FRAMES_WAIT_CHARS;
  }

  /** Characters that were handed over and are not written yet. */
  get #underWay(): number {
    return (this.#handedOver - Atomics.load(this.#written, 0)) | 0;
  }

  #waitWhileFull(): void {
    while (this.#underWay >= PRINT_WAITS_CHARS) Atomics.wait(this.#written, 0, Atomics.load(this.#written, 0), WAIT_STEP_MS);
  }
}

/** Characters that an entry counts for; an empty line is one too. */
export function charsOf({ text }: OutputEntry): number {
  return text.length + 1;
}
