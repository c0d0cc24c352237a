import type { ScriptPlace } from "../event.ts";
import type { RunId } from "../ladder-item.ts";

/** How many arrows of bytes each line of each file has. */
type Counts = Map<string, Map<number, number>>;

/** Which lines of scripts have sent bytes that are in the ladder, by the run that did. */
export class SentLines {
  readonly #runs = new Map<RunId, Counts>();
  #found: { readonly runs: string; readonly files: ReadonlyMap<string, readonly number[]> } | undefined;

  add(run: RunId, { file, line }: ScriptPlace): void {
    let files = this.#runs.get(run);
    if (!files) this.#runs.set(run, (files = new Map()));
    let lines = files.get(file);
    if (!lines) files.set(file, (lines = new Map()));
    const count = lines.get(line) ?? 0;
    lines.set(line, count + 1);
    if (count === 0) this.#found = undefined;
  }

  remove(run: RunId, { file, line }: ScriptPlace): void {
    const files = this.#runs.get(run);
    const lines = files?.get(file);
    const count = lines?.get(line);
    if (!files || !lines || count === undefined) return;
    if (count > 1) {
      lines.set(line, count - 1);
      return;
    }
    lines.delete(line);
    if (lines.size === 0) files.delete(file);
    if (files.size === 0) this.#runs.delete(run);
    this.#found = undefined;
  }

  clear(): void {
    this.#runs.clear();
    this.#found = undefined;
  }

  /** The lines of each file that these runs have sent from, in their order. The same map until that changes. */
  of(runs: readonly RunId[]): ReadonlyMap<string, readonly number[]> {
    const key = runs.join();
    if (this.#found?.runs === key) return this.#found.files;
    const files = new Map<string, Set<number>>();
    for (const run of runs) {
      for (const [file, lines] of this.#runs.get(run) ?? []) {
        const known = files.get(file) ?? new Set();
        for (const line of lines.keys()) known.add(line);
        files.set(file, known);
      }
    }
    this.#found = { runs: key, files: new Map([...files].map(([file, lines]) => [file, [...lines].sort((one, other) => one - other)])) };
    return this.#found.files;
  }
}
