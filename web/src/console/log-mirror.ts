import { msg } from "@lit/localize";
import { counted } from "../locale/counted.ts";
import { timesOf } from "../log/entry-repeats.ts";
import type { ConsoleEntry } from "../log/entry.ts";
import type { LogEntry } from "../log/console-log.ts";
import { entryText } from "../log/notice-text.ts";
import { plainText } from "@playground/safe-text";
import { PART_CHARS, textParts } from "./text-parts.ts";
import { isSimple } from "./word-wrap.ts";
import { WorkQueue } from "./work-queue.ts";

/** Prints in the accessibility tree: enough to read back, few enough for a screen reader to stay quick. */
export const MAX_MIRROR_PRINTS = 500;
/** Warnings, errors and notices beside them: a flood of prints does not wash away the word that lines were skipped. */
export const MAX_MIRROR_OTHERS = 100;
/** Characters of all entries in the tree, elements counted in: sixteen of the longest lines, or five of those that have a colour for each letter. */
export const MAX_MIRROR_CHARS = 1_048_576;
/** Milliseconds over which entries are gathered before they are put into the tree. */
const GATHER_MS = 100;
/** Lines that are made in one go, by one mirror at a time: 20 programs may print at once, and the page's thread is theirs together. */
const LINES_IN_ONE_GO = 100;
/** The same for their characters: a browser lays them out, with any letters, in a quarter of the time that a reader would notice. */
const CHARS_IN_ONE_GO = 4 * PART_CHARS;
/** Characters that an element counts for beside its own: a line may have a colour for every letter, and each is a box with a style. */
const ELEMENT_CHARS = 16;

/** Characters that one counts for which may stand in another font than the rest: each font is asked for it. */
const RARE_CHARS = 4;

/** Characters that a line counts for beside those of its program. */
const NOTICE_CHARS = 64;

/** Entries that wait before those are let go of that would not stay. */
const MAX_WAITING = 2 * (MAX_MIRROR_PRINTS + MAX_MIRROR_OTHERS);

const queue = new WorkQueue();

/** What an entry's line consists of, part by part. */
type Parts = Iterator<readonly (Node | string)[], unknown>;

/** A line of which more is to come. */
interface Unfinished {
  readonly line: HTMLElement;
  readonly parts: Parts;
  /** The last entry of the line. */
  entry: LogEntry;
  /** What the nodes of the present part go into: the line itself where it has one part only. */
  into: HTMLElement;
  nodes: readonly (Node | string)[];
  /** Index of the first of them that is still to come. */
  at: number;
  /** The part behind that. */
  next: IteratorResult<readonly (Node | string)[], unknown>;
}

export interface LogMirrorOptions {
  /** What stands in an entry's line, without its count, in parts that are laid out one after the other; plain text where this is not said. */
  readonly body?: (entry: LogEntry) => Parts;
  /** Called after each change of the tree; `isAll` when nothing waits to be put there. */
  readonly onWritten?: (isAll: boolean) => void;
}

/** Keeps the console's latest text in an element with `role="log"`, where screen readers (and tests) find it. */
export class LogMirror {
  readonly #element: HTMLElement;
  readonly #body: (entry: LogEntry) => Parts;
  readonly #onWritten: (isAll: boolean) => void;
  #waiting: LogEntry[] = [];
  /** The last line in the tree, while more of it is to come: nothing comes behind it before. */
  #unfinished: Unfinished | undefined;
  /** The last entry in the tree has a new count. */
  #recount: LogEntry | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Takes back the wish for a turn. */
  #withdraw: () => void = () => {};
  #prints = 0;
  #others = 0;
  #chars = 0;
  /** What waits and is of a run that is over. */
  readonly #earlier = new WeakSet<LogEntry>();
  /** Characters of each line. */
  readonly #charsOf = new WeakMap<Element, number>();

  constructor(element: HTMLElement, { body = plainBody, onWritten = () => {} }: LogMirrorOptions = {}) {
    this.#element = element;
    this.#body = body;
    this.#onWritten = onWritten;
  }

  add(entries: readonly LogEntry[]): void {
    this.#waiting.push(...entries);
    if (entries.some(({ notice }) => notice?.code === "run-started")) this.#endRuns();
    // Not at every entry: looking through all that waits each time adds up when programs print without a pause.
    if (this.#waiting.length > MAX_WAITING) this.#waiting = newest(this.#waiting, isPrint);
    this.#later();
  }

  /** The last entry was written again. */
  repeat(entry: LogEntry): void {
    if (this.#waiting.length > 0) this.#waiting[this.#waiting.length - 1] = entry;
    else if (this.#unfinished !== undefined) this.#unfinished.entry = entry;
    else this.#recount = entry;
    this.#later();
  }

  clear(): void {
    this.#cancel();
    this.#waiting = [];
    this.#recount = this.#unfinished = undefined;
    this.#prints = this.#others = this.#chars = 0;
    this.#element.replaceChildren();
  }

  #later(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#withdraw = queue.ask(() => this.#write());
      },
      this.#unfinished === undefined ? GATHER_MS : 0,
    );
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#withdraw();
  }

  /** New runs have begun: what is here of those before, or waits to be, is never taken for the new ones'. */
  #endRuns(): void {
    const begun = new Set<string | undefined>();
    for (const entry of [...this.#waiting].reverse()) {
      if (entry.notice?.code === "run-started") begun.add(entry.source?.name);
      if (begun.has(entry.source?.name)) this.#earlier.add(entry);
    }
    for (const line of this.#element.querySelectorAll<HTMLElement>("[data-level]:not([data-earlier])")) {
      if (begun.has(line.dataset["source"])) line.dataset["earlier"] = "";
    }
  }

  #write(): void {
    this.#cancel();
    if (this.#recount !== undefined && this.#element.lastElementChild !== null) countUp(this.#element.lastElementChild, this.#recount);
    this.#recount = undefined;
    let room = this.#writeNext(CHARS_IN_ONE_GO);
    this.#waiting = newest(this.#waiting, isPrint);
    for (let lines = 0; this.#unfinished === undefined && room > NOTICE_CHARS && lines < LINES_IN_ONE_GO; lines++) {
      const entry = this.#waiting.shift();
      if (entry === undefined) break;
      this.#begin(entry);
      room = this.#writeNext(room - NOTICE_CHARS);
    }
    this.#trim();
    const isAll = this.#waiting.length === 0 && this.#unfinished === undefined;
    if (!isAll) this.#later();
    this.#onWritten(isAll);
  }

  /** Begins an entry's line, which is empty still. */
  #begin(entry: LogEntry): void {
    const line = document.createElement("div");
    line.dataset["level"] = entry.level;
    if (entry.source !== undefined) line.dataset["source"] = entry.source.name;
    if (this.#earlier.has(entry)) line.dataset["earlier"] = "";
    if (isPrint(entry)) this.#prints++;
    else this.#others++;
    this.#count(line, NOTICE_CHARS);
    const parts = this.#body(entry);
    const first = parts.next();
    const next = first.done === true ? first : parts.next();
    const into = next.done === true ? line : partIn(line);
    this.#unfinished = { line, parts, entry, into, nodes: first.done === true ? [] : first.value, at: 0, next };
  }

  /** Adds to the line that is not finished, and gives how many of `room` characters are left; the last node may take more. */
  #writeNext(room: number): number {
    const unfinished = this.#unfinished;
    if (unfinished === undefined) return room;
    const { line, parts } = unfinished;
    let left = room;
    while (left > 0) {
      const { nodes, at, next, into } = unfinished;
      if (at < nodes.length) {
        let to = at;
        while (to < nodes.length && left > 0) left -= charsOf(nodes[to++] as Node | string);
        into.append(...nodes.slice(at, to));
        unfinished.at = to;
      } else if (next.done === true) {
        this.#unfinished = undefined;
        if (timesOf(unfinished.entry) > 1) countUp(line, unfinished.entry);
        break;
      } else {
        left -= ELEMENT_CHARS;
        Object.assign(unfinished, { nodes: next.value, at: 0, into: partIn(line), next: parts.next() });
      }
    }
    this.#count(line, room - left);
    // Whole where it is short: what is added to a line that is there already is read aloud by itself.
    if (line.parentNode === null) this.#element.append(line);
    return left;
  }

  #count(line: HTMLElement, chars: number): void {
    this.#charsOf.set(line, (this.#charsOf.get(line) ?? 0) + chars);
    this.#chars += chars;
  }

  /** Takes away what is too old: from the front, so that the work is bounded by what was added. */
  #trim(): void {
    let line = this.#element.firstElementChild as HTMLElement | null;
    while (line !== null && (this.#prints > MAX_MIRROR_PRINTS || this.#others > MAX_MIRROR_OTHERS || this.#chars > MAX_MIRROR_CHARS)) {
      const next = line.nextElementSibling as HTMLElement | null;
      const print = line.dataset["level"] === "print";
      if (this.#chars > MAX_MIRROR_CHARS || (print ? this.#prints > MAX_MIRROR_PRINTS : this.#others > MAX_MIRROR_OTHERS)) {
        if (next === null) break;
        if (print) this.#prints--;
        else this.#others--;
        this.#chars -= this.#charsOf.get(line) ?? 0;
        line.remove();
      }
      line = next;
    }
  }
}

/** A part of a long line, which the browser lays out by itself, at the line's end. */
function partIn(line: HTMLElement): HTMLElement {
  const part = document.createElement("span");
  part.className = "part";
  // By script, and not as an attribute: a site's CSP may forbid those.
  part.style.display = "block";
  line.append(part);
  return part;
}

/** What a node counts for: its characters, more where the browser has to look for them in other fonts, and elements beside. */
function charsOf(node: Node | string): number {
  const text = typeof node === "string" ? node : (node.textContent ?? "");
  const elements = node instanceof Element ? 1 + node.childElementCount : 0;
  return text.length * (isSimple(text) ? 1 : RARE_CHARS) + elements * ELEMENT_CHARS;
}

/** What may stay, in its order: the last prints, and the last of the rest. */
export function newest<T>(lines: readonly T[], isPrint: (line: T) => boolean): T[] {
  let prints = -MAX_MIRROR_PRINTS;
  for (const line of lines) if (isPrint(line)) prints++;
  let others = lines.length - prints - MAX_MIRROR_PRINTS - MAX_MIRROR_OTHERS;
  return lines.filter((line) => (isPrint(line) ? prints-- <= 0 : others-- <= 0));
}

function* plainBody(entry: LogEntry): Generator<string[], void> {
  let prefix = (entry.source === undefined ? "" : `${entry.source.name}: `) + levelText(entry);
  for (const part of textParts(plainText(entryText(entry)))) {
    yield [prefix + part];
    prefix = "";
  }
}

function isPrint({ level }: ConsoleEntry): boolean {
  return level === "print";
}

/** Puts an entry's count behind its line. The log's `aria-relevant` leaves changes of text out, so that a count that runs is not read out. */
function countUp(line: Element, entry: LogEntry): void {
  const times = `(${counted(timesOf(entry), msg("# time|# times", { id: "times" }))})`;
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
