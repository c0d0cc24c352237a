import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";
import { statSync } from "node:fs";
import { WATCH_POLL_MS, WATCH_SETTLE_MS } from "./limits.ts";

/**
 * Tells when something in folders, or in archives, may have changed. Folders are watched and not files: an editor that saves by
 * putting a new file in the old one's place would leave a watch on a file that nobody sees any more.
 */
export class ChangeWatch {
  readonly #onChange: () => void;
  #watchers: FSWatcher[] = [];
  #poll: NodeJS.Timeout | undefined;
  #settle: NodeJS.Timeout | undefined;

  /** `onChange` is called once for changes that follow each other at once. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches these folders and archives, and no others any more. */
  watch(origins: readonly string[]): void {
    this.close();
    for (const folder of new Set(origins.map(folderOf))) {
      try {
        const watcher = watch(folder, () => this.#changed());
        watcher.on("error", () => this.#pollInstead());
        this.#watchers.push(watcher);
      } catch {
        // The system has no room for another watch, or the file system none at all.
        this.#pollInstead();
      }
    }
  }

  close(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
    clearInterval(this.#poll);
    this.#poll = undefined;
    clearTimeout(this.#settle);
  }

  #changed(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#onChange(), WATCH_SETTLE_MS);
  }

  #pollInstead(): void {
    this.#poll ??= setInterval(() => this.#onChange(), WATCH_POLL_MS);
  }
}

function folderOf(origin: string): string {
  return statSync(origin, { throwIfNoEntry: false })?.isDirectory() === true ? origin : dirname(origin);
}
