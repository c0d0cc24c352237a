import { msg } from "@lit/localize";
import type { ConsoleEntry } from "../worker/messages.ts";
import { entryText } from "./notice-text.ts";
import { plainText } from "./terminal-text.ts";

/** Entries in the accessibility tree: enough to read back, few enough for a screen reader to stay quick. */
export const MAX_MIRROR_ENTRIES = 500;
/** Milliseconds over which entries are gathered before they are put into the tree. */
const GATHER_MS = 100;

/** Keeps the console's latest text in an element with `role="log"`, where screen readers (and tests) find it. */
export class LogMirror {
  readonly #element: HTMLElement;
  #waiting: ConsoleEntry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  add(entries: readonly ConsoleEntry[]): void {
    // Only the last ones can stay, whatever came in between.
    this.#waiting = [...this.#waiting, ...entries].slice(-MAX_MIRROR_ENTRIES);
    this.#timer ??= setTimeout(() => this.#write(), GATHER_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
    this.#element.replaceChildren();
  }

  #write(): void {
    this.#timer = undefined;
    const lines = this.#waiting.map((entry) => {
      const line = document.createElement("div");
      line.dataset["level"] = entry.level;
      line.textContent = levelText(entry) + plainText(entryText(entry));
      return line;
    });
    this.#waiting = [];
    this.#element.append(...lines);
    const surplus = this.#element.childElementCount - MAX_MIRROR_ENTRIES;
    for (let count = 0; count < surplus; count++) this.#element.firstElementChild?.remove();
  }
}

function levelText({ level }: ConsoleEntry): string {
  if (level === "error") return `${msg("Error:", { id: "level-error" })} `;
  if (level === "warn") return `${msg("Warning:", { id: "level-warning" })} `;
  return "";
}
