import { msg } from "@lit/localize";
import type { ConsoleEntry } from "../worker/messages.ts";
import { entryText } from "./notice-text.ts";
import { plainText } from "./terminal-text.ts";

/** Prints in the accessibility tree: enough to read back, few enough for a screen reader to stay quick. */
export const MAX_MIRROR_PRINTS = 500;
/** Warnings, errors and notices beside them: a flood of prints does not wash away the word that lines were skipped. */
export const MAX_MIRROR_OTHERS = 100;
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
    this.#waiting = newest([...this.#waiting, ...entries], ({ level }) => level === "print");
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
    const all = [...this.#element.children] as HTMLElement[];
    const kept = new Set(newest(all, ({ dataset }) => dataset["level"] === "print"));
    for (const line of all) if (!kept.has(line)) line.remove();
  }
}

/** What may stay, in its order: the last prints, and the last of the rest. */
export function newest<T>(lines: readonly T[], isPrint: (line: T) => boolean): T[] {
  let prints = lines.filter(isPrint).length - MAX_MIRROR_PRINTS;
  let others = lines.length - lines.filter(isPrint).length - MAX_MIRROR_OTHERS;
  return lines.filter((line) => (isPrint(line) ? prints-- <= 0 : others-- <= 0));
}

function levelText({ level }: ConsoleEntry): string {
  if (level === "error") return `${msg("Error:", { id: "level-error" })} `;
  if (level === "input") return `${msg("Typed:", { id: "level-input" })} `;
  if (level === "warn") return `${msg("Warning:", { id: "level-warning" })} `;
  return "";
}
