import type { CaptureEvent } from "@playground/capture";

/** One run of a program, as its page captures it. */
export interface CapturedProgram {
  /** What the program's recorder tells, in its order. */
  add(events: readonly CaptureEvent[]): void;
  /** The program's file has another name. */
  rename(file: string): void;
  /** Nothing follows; a worker that was ended by force has not said so itself. */
  end(state: "stopped" | "failed"): void;
}

/** Who keeps what programs do. */
export interface CaptureKeeper {
  /** A program is about to run; undefined where nobody wants to know what it does. */
  beginRun(file: string): CapturedProgram | undefined;
}
