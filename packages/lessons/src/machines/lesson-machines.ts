import type { Network } from "@playground/network";

/**
 * The two machines of a room in which a lesson is checked: the learner's, with the learner's programs, and the examiner's. Whoever
 * runs a check hands this in: the page with its workers, `npm run lessons` with a bridge of its own.
 *
 * Everything that goes in and out is plain data, so that the examiner can live in a worker and the rest elsewhere. Callbacks come
 * asynchronously, never from inside of the call that registered them.
 */
export interface LessonMachines {
  /** The learner's IP address in the room. */
  readonly learnerAddress: string;
  /** The examiner's, by which the learner's programs reach it. */
  readonly examinerAddress: string;
  /** The examiner's network. */
  readonly network: Network;
  /** Starts one of the learner's programs, on the learner's machine. */
  startProgram(start: ProgramStart, events: LearnerEvents): LearnerProgram;
  /** Tells which ports the learner's machine listens on: once soon, then whenever that changes. Gives a function that ends it. */
  watchPorts(onPorts: (ports: readonly OpenPort[]) => void): () => void;
}

/** A port that the learner's machine listens on. */
export interface OpenPort {
  readonly port: number;
  /** Only the learner's own machine can connect. */
  readonly isPrivate: boolean;
}

/** How a program of the learner is started. */
export interface ProgramStart {
  /** The file that it begins with. */
  readonly entry: string;
  /** See `redirected`. */
  readonly redirects: readonly Redirect[];
}

/** A port on which the examiner stands in for a server on the learner's own machine. */
export interface Redirect {
  readonly port: number;
  /** Where a connection to this machine's own port goes instead. */
  readonly address: string;
}

export interface LearnerEvents {
  /** One `print` or `warn`, in order. */
  onPrinted(line: string): void;
  /** The playground has said something in the program's console; `code` as in `Notice` of `@playground/zone`. */
  onNotice(code: string): void;
  /** It is over. Nothing follows. */
  onEnded(end: ProgramEnd): void;
}

/** How a program has ended. */
export type ProgramEnd =
  /** By itself, or because it was stopped. */
  | { readonly kind: "stopped" }
  /** By an error that it has not caught. */
  | { readonly kind: "failed"; readonly error: string; readonly file?: string; readonly line?: number };

export interface LearnerProgram {
  /** A line that is typed at its console. One that comes before the program takes any waits for that. */
  input(line: string): void;
  /** Resolves when it is over and its sockets are closed, or had to be left. Never rejects. */
  stop(): Promise<void>;
}
