import { msg, str } from "@lit/localize";
import { localNumber } from "../locale/numbers.ts";
import { timesOf } from "../worker/entry-repeats.ts";
import type { ConsoleEntry } from "../worker/messages.ts";
import type { LogEntry } from "./console-log.ts";
import { entryText } from "./notice-text.ts";
import { plainText } from "./terminal-text.ts";
import { Turns } from "./turns.ts";

/** Prints in the accessibility tree: enough to read back, few enough for a screen reader to stay quick. */
export const MAX_MIRROR_PRINTS = 500;
/** Warnings, errors and notices beside them: a flood of prints does not wash away the word that lines were skipped. */
export const MAX_MIRROR_OTHERS = 100;
/** Milliseconds over which entries are gathered before they are put into the tree. */
const GATHER_MS = 100;
/** Lines that are made in one go, by one mirror at a time: 20 programs may print at once, and the page's thread is theirs together. */
const LINES_IN_ONE_GO = 100;

/** Entries that wait before those are let go of that would not stay. */
const MAX_WAITING = 2 * (MAX_MIRROR_PRINTS + MAX_MIRROR_OTHERS);

const turns = new Turns();

export interface LogMirrorOptions {
  /** What stands in an entry's line, without its count; plain text where this is not said. */
  readonly body?: (entry: LogEntry) => readonly (Node | string)[];
  /** Called after each change of the tree; `isAll` when nothing waits to be put there. */
  readonly onWritten?: (isAll: boolean) => void;
}

/** Keeps the console's latest text in an element with `role="log"`, where screen readers (and tests) find it. */
export class LogMirror {
  readonly #element: HTMLElement;
  readonly #body: (entry: LogEntry) => readonly (Node | string)[];
  readonly #onWritten: (isAll: boolean) => void;
  #waiting: LogEntry[] = [];
  /** The last entry in the tree has a new count. */
  #recount: LogEntry | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Takes back the wish for a turn. */
  #withdraw: () => void = () => {};
  #prints = 0;
  #others = 0;

  constructor(element: HTMLElement, { body = plainBody, onWritten = () => {} }: LogMirrorOptions = {}) {
    this.#element = element;
    this.#body = body;
    this.#onWritten = onWritten;
  }

  add(entries: readonly LogEntry[]): void {
    const rule = entries.findLast(({ code }) => code === "run-started");
    this.#waiting.push(...entries);
    // Not at every entry: looking through all that waits each time adds up when programs print without a pause.
    if (this.#waiting.length > MAX_WAITING) this.#waiting = newest(this.#waiting, isPrint);
    // What a new run prints is never taken for the old one's.
    if (rule !== undefined) this.#writeAll();
    else this.#later();
  }

  /** The last entry was written again. */
  repeat(entry: LogEntry): void {
    if (this.#waiting.length > 0) this.#waiting[this.#waiting.length - 1] = entry;
    else this.#recount = entry;
    this.#later();
  }

  clear(): void {
    this.#cancel();
    this.#waiting = [];
    this.#recount = undefined;
    this.#prints = this.#others = 0;
    this.#element.replaceChildren();
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#withdraw = turns.ask(() => this.#write());
    }, GATHER_MS);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#withdraw();
  }

  #writeAll(): void {
    while (this.#waiting.length > 0 || this.#recount !== undefined) this.#write();
  }

  #write(): void {
    this.#cancel();
    if (this.#recount !== undefined && this.#element.lastElementChild !== null) countUp(this.#element.lastElementChild, this.#recount);
    this.#recount = undefined;
    this.#waiting = newest(this.#waiting, isPrint);
    const lines = this.#waiting.splice(0, LINES_IN_ONE_GO).map((entry) => this.#line(entry));
    this.#element.append(...lines);
    this.#trim();
    if (this.#waiting.length > 0) this.#later();
    this.#onWritten(this.#waiting.length === 0);
  }

  #line(entry: LogEntry): HTMLElement {
    const line = document.createElement("div");
    line.dataset["level"] = entry.level;
    if (entry.source !== undefined) line.dataset["source"] = entry.source.name;
    line.append(...this.#body(entry));
    if (timesOf(entry) > 1) countUp(line, entry);
    if (entry.code === "run-started") {
      for (const earlier of this.#element.querySelectorAll<HTMLElement>("[data-level]:not([data-earlier])")) {
        if (earlier.dataset["source"] === line.dataset["source"]) earlier.dataset["earlier"] = "";
      }
      line.dataset["earlier"] = "";
    }
    if (isPrint(entry)) this.#prints++;
    else this.#others++;
    return line;
  }

  /** Takes away what is too old: from the front, so that the work is bounded by what was added. */
  #trim(): void {
    let line = this.#element.firstElementChild as HTMLElement | null;
    while (line !== null && (this.#prints > MAX_MIRROR_PRINTS || this.#others > MAX_MIRROR_OTHERS)) {
      const next = line.nextElementSibling as HTMLElement | null;
      const print = line.dataset["level"] === "print";
      if (print ? this.#prints > MAX_MIRROR_PRINTS : this.#others > MAX_MIRROR_OTHERS) {
        if (print) this.#prints--;
        else this.#others--;
        line.remove();
      }
      line = next;
    }
  }
}

/** What may stay, in its order: the last prints, and the last of the rest. */
export function newest<T>(lines: readonly T[], isPrint: (line: T) => boolean): T[] {
  let prints = -MAX_MIRROR_PRINTS;
  for (const line of lines) if (isPrint(line)) prints++;
  let others = lines.length - prints - MAX_MIRROR_PRINTS - MAX_MIRROR_OTHERS;
  return lines.filter((line) => (isPrint(line) ? prints-- <= 0 : others-- <= 0));
}

function plainBody(entry: LogEntry): string[] {
  return [(entry.source === undefined ? "" : `${entry.source.name}: `) + levelText(entry) + plainText(entryText(entry))];
}

function isPrint({ level }: ConsoleEntry): boolean {
  return level === "print";
}

/** Puts an entry's count behind its line. The log's `aria-relevant` leaves changes of text out, so that a count that runs is not read out. */
function countUp(line: Element, entry: LogEntry): void {
  const times = msg(str`(${localNumber(timesOf(entry))} times)`, { id: "times" });
  const count = line.querySelector("[data-count]");
  if (count?.firstChild instanceof Text) {
    count.firstChild.data = ` ${times}`;
  } else {
    const made = document.createElement("span");
    made.dataset["count"] = "";
    made.append(` ${times}`);
    line.append(made);
  }
  (line as HTMLElement).dataset["repeats"] = String(timesOf(entry));
}

/** What tells an entry's level to those who do not see its colour. */
export function levelText({ level }: ConsoleEntry): string {
  if (level === "error") return `${msg("Error:", { id: "level-error" })} `;
  if (level === "input") return `${msg("Typed:", { id: "level-input" })} `;
  if (level === "warn") return `${msg("Warning:", { id: "level-warning" })} `;
  return "";
}
