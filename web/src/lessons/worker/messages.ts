/**
 * What the page and the worker of an examiner say to each other. Both sides switch over `type`.
 * This file uses nothing of the DOM and nothing of workers, since both compile it.
 */

import type { NetworkFailure } from "@playground/network";
import type { OpenPort, ProgramEnd, ProgramStart, Step, StepResult } from "@playground/lessons";

type Pairs = readonly (readonly [string, string])[];

export type PageMessage =
  | {
      readonly type: "check";
      readonly module: WebAssembly.Module;
      /** `ws:` or `wss:` address of the room. */
      readonly sessionUrl: string;
      /** The examiner's own: it is another machine than the learner's. */
      readonly machineToken: Uint8Array;
      /** The room's, where the page knows one. */
      readonly password: string | undefined;
      readonly learnerAddress: string;
      /** What others in the room see the examiner as. */
      readonly name: string;
      readonly steps: readonly Step[];
      readonly check: Pairs;
      readonly programs: readonly string[];
      /** The learner's files as they are now. */
      readonly files: Pairs;
      /** The last step to check. */
      readonly through: string;
      readonly seed: number;
    }
  /** What the learner's machine listens on has changed. */
  | { readonly type: "ports"; readonly ports: readonly OpenPort[] }
  /** Of the run that "start" has named. */
  | { readonly type: "printed"; readonly run: number; readonly line: string }
  | { readonly type: "notice"; readonly run: number; readonly code: string }
  | { readonly type: "ended"; readonly run: number; readonly end: ProgramEnd }
  /** The answer to "stop": it is over, and its sockets are closed. */
  | { readonly type: "stopped"; readonly run: number };

export type WorkerMessage =
  /** The examiner's session has begun; the id lets the page end it for a worker that hangs. A secret. `address`: in the room. */
  | { readonly type: "session"; readonly id: Uint8Array; readonly address: string }
  /** The bridge does not take the examiner, or is lost. */
  | { readonly type: "lost"; readonly failure: NetworkFailure }
  /** A step is decided. */
  | { readonly type: "result"; readonly result: StepResult }
  /** A program of the learner is to be started. */
  | { readonly type: "start"; readonly run: number; readonly start: ProgramStart }
  | { readonly type: "input"; readonly run: number; readonly line: string }
  | { readonly type: "stop"; readonly run: number }
  /** Nothing follows. */
  | { readonly type: "done" };
