import type { ProgramRunner } from "../programs/program-runner.ts";
import type { ProgramState } from "../programs/program-state.ts";

/** Tells the page around an element what its programs do: that they run, stop and fail, and what they write. */
export class ProgramEvents {
  readonly #fire: (type: string, detail: object) => void;
  readonly #watched = new WeakSet<ProgramRunner>();
  /** By the name of the program's file, of those that have been run. */
  readonly #states = new Map<string, ProgramState>();

  /** `fire` is called for each event with its type and detail, as `docs/embedding.md` has them. */
  constructor(fire: (type: string, detail: object) => void) {
    this.#fire = fire;
  }

  /** Whether the program has been run. */
  hasRun(entry: string): boolean {
    return this.#states.has(entry);
  }

  /** To be called when a program has changed, or the list of them. */
  update(programs: readonly ProgramRunner[]): void {
    for (const program of programs) {
      this.#watch(program);
      const { entry, state, failure } = program;
      if (state === (this.#states.get(entry) ?? "stopped")) continue;
      this.#states.set(entry, state);
      if (state === "starting") this.#fire("run", { program: entry });
      if (state === "stopped" || state === "failed") this.#fire("stop", { program: entry, failed: state === "failed" });
      if (state === "failed")
        this.#fire("error", { code: "program-failed", program: entry, message: failure?.message ?? "", file: failure?.chunk, line: failure?.line });
    }
  }

  /** Forgets what was run. */
  clear(): void {
    this.#states.clear();
  }

  #watch(program: ProgramRunner): void {
    if (this.#watched.has(program)) return;
    this.#watched.add(program);
    program.console.onAdded(({ level, text }) => this.#fire("output", { program: program.entry, level, text }));
  }
}
