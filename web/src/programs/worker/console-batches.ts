import { PRINT_LINE_LIMIT } from "@playground/zone/limits";
import { isRepeat, timesOf } from "../../log/entry-repeats.ts";
import type { ConsoleEntry } from "../../log/entry.ts";

/** Entries that may be on their way to the page without being shown yet: a page that is slow or hidden holds no more. */
export const MAX_ENTRIES_IN_FLIGHT = 1_000;
/** Up to here each entry is sent at once, so that the last print before an endless loop is seen. Beyond it entries are gathered. */
export const EAGER_ENTRIES_IN_FLIGHT = 64;
/** Entries that wait in the worker; the oldest give way. A screenful is 50, so this is more than one reads back. */
export const MAX_WAITING_ENTRIES = 5_000;
/** Characters that wait in the worker, so that a few huge prints do not add up to hundreds of megabytes. */
export const MAX_WAITING_CHARS = 1_048_576;
/** Characters that may be on their way beyond the eager entries: the page shows as many in about a second. */
export const MAX_CHARS_IN_FLIGHT = 1_048_576;

/**
 * Takes what a program prints, at any speed, and hands it to the page as fast as the page can show it.
 *
 * A script that prints in a tight loop never lets the worker's event loop turn, so that no acknowledgement
 * can come in: what does not fit is dropped, oldest first, and counted.
 */
export class ConsoleBatches {
  readonly #post: (entries: ConsoleEntry[], skipped: number) => void;
  /** A ring: `#head` is the oldest entry's index, so that dropping it moves nothing. */
  #waiting: ConsoleEntry[] = [];
  #head = 0;
  #waitingChars = 0;
  #skipped = 0;
  #inFlight = 0;
  #charsInFlight = 0;
  /** Characters of each entry that is on its way, oldest first. */
  #sent: number[] = [];

  constructor(post: (entries: ConsoleEntry[], skipped: number) => void) {
    this.#post = post;
  }

  /** Entries that wait here. */
  get waiting(): number {
    return this.#waiting.length - this.#head;
  }

  write(entry: ConsoleEntry): void {
    const shown = shorten(entry);
    const last = this.waiting > 0 ? this.#waiting[this.#waiting.length - 1] : undefined;
    // The same line again costs a count and nothing else, however often it comes.
    if (last !== undefined && isRepeat(last, shown)) {
      this.#waiting[this.#waiting.length - 1] = { ...last, repeats: timesOf(last) + 1 };
      return;
    }
    this.#waiting.push(shown);
    this.#waitingChars += shown.text.length;
    if (this.#inFlight < EAGER_ENTRIES_IN_FLIGHT) this.flush();
    if (this.waiting > 0) this.#makeRoom();
  }

  /** The page has shown `count` entries. */
  shown(count: number): void {
    this.#inFlight = Math.max(0, this.#inFlight - count);
    for (const chars of this.#sent.splice(0, count)) this.#charsInFlight -= chars;
    this.flush();
  }

  /** Sends as much as may be on its way. */
  flush(): void {
    const most = Math.min(MAX_ENTRIES_IN_FLIGHT - this.#inFlight, this.waiting);
    let room = 0;
    let chars = this.#charsInFlight;
    while (room < most && chars < MAX_CHARS_IN_FLIGHT) chars += this.#waiting[this.#head + room++]?.text.length ?? 0;
    if (room > 0) this.#send(room);
  }

  /** Sends all that waits, whatever is on its way: the program is over, and what waits is bounded. */
  flushAll(): void {
    // In messages of bounded size: the page takes in each in one go.
    while (this.waiting > 0 || this.#skipped > 0) this.#send(Math.min(this.waiting, MAX_ENTRIES_IN_FLIGHT));
  }

  #send(count: number): void {
    const entries = this.#waiting.slice(this.#head, this.#head + count);
    this.#head += count;
    for (const { text } of entries) {
      this.#waitingChars -= text.length;
      this.#charsInFlight += text.length;
      this.#sent.push(text.length);
    }
    this.#compact();
    const skipped = this.#skipped;
    this.#skipped = 0;
    this.#inFlight += entries.length;
    this.#post(entries, skipped);
  }

  #makeRoom(): void {
    while (this.waiting > MAX_WAITING_ENTRIES || (this.#waitingChars > MAX_WAITING_CHARS && this.waiting > 1)) {
      const dropped = this.#waiting[this.#head++];
      this.#waitingChars -= dropped?.text.length ?? 0;
      this.#skipped += dropped === undefined ? 0 : timesOf(dropped);
    }
    this.#compact();
  }

  #compact(): void {
    if (this.#head < MAX_WAITING_ENTRIES && this.#head < this.#waiting.length) return;
    this.#waiting = this.#waiting.slice(this.#head);
    this.#head = 0;
  }
}

/** A print comes cut already; what an error says may be longer. */
function shorten(entry: ConsoleEntry): ConsoleEntry {
  const { text } = entry;
  if (text.length <= PRINT_LINE_LIMIT) return entry;
  // A pair of surrogates is not torn apart.
  const last = text.charCodeAt(PRINT_LINE_LIMIT - 1);
  const end = last >= 0xd800 && last < 0xdc00 ? PRINT_LINE_LIMIT - 1 : PRINT_LINE_LIMIT;
  return { ...entry, text: text.slice(0, end), cut: text.length - end };
}
