import type { CaptureFile } from "../capture/capture-file.ts";
import { FORCE_STOP_MS } from "../limits.ts";
import type { OutputSource, Terminal } from "../terminal/terminal.ts";
import { type ProgramOutcome, type ProgramSource, RunningProgram, type ThreadSettings } from "./running-program.ts";

/** Programs that run side by side, from their start until the last one is over. */
export class ProgramGroup {
  readonly programs: readonly RunningProgram[];
  /** Resolves once all are over; whether one of them has failed. Never rejects. */
  readonly ended: Promise<{ readonly failed: boolean }>;

  /** They start one after another, each once the one before is under way. `capture` keeps what they do on the network; `onInputChanged`: one of them takes input now, or does not any more, or has room for more. */
  constructor(
    sources: readonly ProgramSource[],
    vm: Promise<WebAssembly.Module>,
    settings: ThreadSettings,
    { terminal, capture, onInputChanged }: { readonly terminal: Terminal; readonly capture: CaptureFile | undefined; readonly onInputChanged: () => void },
  ) {
    let failed = false;
    let left = sources.length;
    let over: (outcome: { readonly failed: boolean }) => void;
    this.ended = new Promise((resolve) => {
      over = resolve;
    });
    this.programs = sources.map((program, place) => {
      const source = sources.length > 1 ? { name: program.name, place } : undefined;
      const run = capture?.beginRun(program.name);
      return new RunningProgram(program, vm, settings, {
        onOutput: (entries, written) => terminal.write(entries, source, written),
        onInputChanged,
        onCaptured: (events) => {
          if (run !== undefined) capture?.add(run, events);
        },
        onEnded: (outcome) => {
          if (outcome.kind !== "stopped") failed = true;
          tell(terminal, outcome, source);
          onInputChanged();
          left -= 1;
          if (left === 0) over({ failed });
        },
      });
    });
    void this.#start();
  }

  async #start(): Promise<void> {
    // One that was stopped before its turn is over by then.
    for (const program of this.programs) await program.start();
  }

  /** Runs `zone.cleanup` of each and ends them, by force where they do not answer. A second call does nothing. */
  stop(): void {
    for (const program of this.programs) program.stop();
  }
}

/** What a program could not say itself. */
function tell(terminal: Terminal, outcome: ProgramOutcome, source: OutputSource | undefined): void {
  if (outcome.kind === "crashed") terminal.error(`the program crashed: ${outcome.reason}`, source);
  if (outcome.kind === "forced")
    terminal.error(`the program did not stop within ${FORCE_STOP_MS / 1000} s and was ended; zone.cleanup may not have run`, source);
}
