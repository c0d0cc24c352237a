/**
 * What the page and the worker of a running program say to each other. Both sides switch over `type`.
 * This file uses nothing of the DOM and nothing of workers, since both compile it.
 */

import type { Conditions, Held, Passage } from "@playground/conditions";
import type { CaptureEvent } from "@playground/capture";
import type { Redirect } from "@playground/lessons";
import type { ConsoleEntry } from "../../log/entry.ts";
import type { Explanation } from "../../log/notice.ts";

/** What a program is doing, as far as its worker knows. */
export type WorkerProgramState = "running" | "connecting" | "stopped" | "failed";

/** An error that ended a program. */
export interface ProgramFailure {
  readonly message: string;
  readonly chunk?: string;
  readonly line?: number;
  /** What it was about: a failure of the network, or what the VM itself has said. */
  readonly explanation?: Explanation;
}

/** What a running program uses. */
export interface ProgramUsage {
  /** Milliseconds of the longest frame since the last answer. */
  readonly frameMs: number;
  /** Bytes of Luau's heap and the byte streams. */
  readonly memoryBytes: number;
  readonly connections: number;
  /** Bytes that have come and gone on the network since the program began. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** What the reader does to a program's network. */
export type NetworkControl =
  | { readonly kind: "conditions"; readonly conditions: Conditions }
  | { readonly kind: "pause" | "resume" }
  /** Lets the next delivery through; "held" follows, and before it "passage" where bytes have left. */
  | { readonly kind: "step" }
  /** A step elsewhere has let these bytes out. */
  | { readonly kind: "let-through"; readonly passage: Passage }
  /** Resets all connections, or those with one other side, `address:port`. */
  | { readonly kind: "reset"; readonly remote?: string };

/** The network of a program that a lesson's check has started. */
export interface CheckedNetwork {
  readonly redirects: readonly Redirect[];
  /** This machine's, in the room. */
  readonly ownAddress: string;
}

export type PageMessage =
  /** May come before "start": the module is to be instantiated by then. */
  | { readonly type: "prepare"; readonly module: WebAssembly.Module }
  | {
      readonly type: "start";
      readonly module: WebAssembly.Module;
      /** Name and source of every file of the project. */
      readonly files: readonly (readonly [string, string])[];
      /** The file to run. */
      readonly entry: string;
      /** `ws:` or `wss:` address of the room. */
      readonly sessionUrl: string;
      readonly machineToken: Uint8Array;
      /** Name of a lock of this worker's own, by which the page notices its death. */
      readonly lock: string;
      /** The room's, where the page knows one. */
      readonly password: string | undefined;
      /** Whether the page is hidden at the moment. */
      readonly hidden: boolean;
      /** Whether what it does on the network is to be recorded. */
      readonly isRecorded: boolean;
      /** While a lesson is checked: where connections to this machine's own ports go instead, and its address in the room. */
      readonly checked: CheckedNetwork | undefined;
    }
  | { readonly type: "visibility"; readonly hidden: boolean }
  /** The page has shown so many entries, and can take as many more. */
  | { readonly type: "console-shown"; readonly entries: number }
  /** The page has taken one "capture". */
  | { readonly type: "capture-taken" }
  /** Wants to know how the program is; the answer is "stats". A worker that is busy answers late, one that hangs never. */
  | { readonly type: "ask" }
  /** A line that the reader has typed at the console. */
  | { readonly type: "input"; readonly line: string }
  /** May come before "start", and holds from then on. */
  | { readonly type: "network"; readonly control: NetworkControl }
  | { readonly type: "stop" };

export type WorkerMessage =
  | { readonly type: "state"; readonly state: WorkerProgramState; readonly failure?: ProgramFailure }
  /** `skipped` entries were thrown away before these, because they came faster than they can be shown. */
  | { readonly type: "console"; readonly entries: readonly ConsoleEntry[]; readonly skipped: number }
  /** What the program has done on the network since the last one; the bytes of all events lie in one piece of memory, which comes along. Several may be on their way. */
  | { readonly type: "capture"; readonly events: readonly CaptureEvent[] }
  /** The main chunk and `zone.init` have run as far as they go without waiting. */
  | { readonly type: "started" }
  /** The program's session with the bridge has begun; the id lets the page end it for a worker that hangs. A secret. */
  | { readonly type: "session"; readonly id: Uint8Array }
  /** The worker lives, and its program uses so much. */
  | ({ readonly type: "stats" } & ProgramUsage)
  /** The worker holds the lock that "start" has named; the browser lets go of it when the worker dies. */
  | { readonly type: "alive" }
  /** So much waits for its conditions, or for the end of a pause; comes at the beginning of a pause, too. */
  | { readonly type: "held"; readonly held: Held; readonly isPaused: boolean }
  /** A step has let bytes out. */
  | { readonly type: "passage"; readonly passage: Passage }
  /** The script begins or ceases to take what the reader types. */
  | { readonly type: "input-wanted"; readonly wanted: boolean }
  /** Nothing follows: the program is over, its sockets are closed, and the worker may be ended. */
  | { readonly type: "finished" };
