import type { LearnerEvents, LearnerProgram, OpenPort, ProgramStart } from "@playground/lessons";
import type { PageMessage, WorkerMessage } from "./messages.ts";

/** The learner's machine, which lives in the page: its programs and its ports, seen from the examiner's worker. */
export class RemoteLearner {
  readonly #post: (message: WorkerMessage) => void;
  readonly #runs = new Map<number, { readonly events: LearnerEvents; readonly whenStopped: (() => void)[] }>();
  readonly #watchers = new Set<() => void>();
  #ports: readonly OpenPort[] = [];
  #count = 0;

  constructor(post: (message: WorkerMessage) => void) {
    this.#post = post;
  }

  startProgram(start: ProgramStart, events: LearnerEvents): LearnerProgram {
    const run = ++this.#count;
    const whenStopped: (() => void)[] = [];
    this.#runs.set(run, { events, whenStopped });
    this.#post({ type: "start", run, start });
    return {
      input: (line) => this.#post({ type: "input", run, line }),
      stop: async () =>
        new Promise<void>((resolve) => {
          whenStopped.push(resolve);
          this.#post({ type: "stop", run });
        }),
    };
  }

  watchPorts(onPorts: (ports: readonly OpenPort[]) => void): () => void {
    const watcher = (): void => onPorts(this.#ports);
    this.#watchers.add(watcher);
    setTimeout(() => {
      if (this.#watchers.has(watcher)) watcher();
    });
    return () => this.#watchers.delete(watcher);
  }

  /** Takes what the page tells of the learner's machine. */
  take(message: Exclude<PageMessage, { type: "check" }>): void {
    if (message.type === "ports") {
      this.#ports = message.ports;
      for (const watcher of this.#watchers) watcher();
      return;
    }
    const run = this.#runs.get(message.run);
    switch (message.type) {
      case "printed":
        run?.events.onPrinted(message.line);
        break;
      case "notice":
        run?.events.onNotice(message.code);
        break;
      case "ended":
        run?.events.onEnded(message.end);
        break;
      case "stopped":
        for (const resolve of run?.whenStopped ?? []) resolve();
        this.#runs.delete(message.run);
        break;
    }
  }
}
