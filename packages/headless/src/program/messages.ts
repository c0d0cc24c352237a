/** What the command and the thread of a running program say to each other. */

import type { Conditions } from "@playground/conditions";
import type { CaptureEvent } from "@playground/capture";
import type { ConsoleDetail, ConsoleLevel, Platform } from "@playground/zone";

/** One print, warning, error or notice; an error has what explains it as its own notice. */
export interface OutputEntry {
  readonly level: ConsoleLevel;
  readonly text: string;
  readonly detail?: ConsoleDetail;
}

/** What a thread is made with. */
export interface ThreadData {
  /** Characters of output that have been written to the terminal, in the first of its 32-bit numbers, which wraps around. */
  readonly written: SharedArrayBuffer;
}

export type CommandMessage =
  | {
      readonly type: "start";
      readonly module: WebAssembly.Module;
      /** Name and source of every file. */
      readonly files: readonly (readonly [string, string])[];
      /** The file to run. */
      readonly entry: string;
      readonly fps: number;
      readonly platform: Platform;
      /** What is done to its network. */
      readonly conditions: Conditions | undefined;
      /** Whether what it does on the network is to be recorded. */
      readonly isRecorded: boolean;
    }
  /** One "capture" has been taken. */
  | { readonly type: "capture-taken" }
  /** Lines for `zone.console.onInput`. */
  | { readonly type: "input"; readonly lines: readonly string[] }
  /** Nothing more is typed. */
  | { readonly type: "input-end" }
  | { readonly type: "stop" };

export type ThreadMessage =
  /** The program's first line is about to be run. */
  | { readonly type: "begins" }
  /** The program has done what it does at its start, and no `listen` or `connect` of it waits for its answer. */
  | { readonly type: "under-way" }
  | { readonly type: "output"; readonly entries: readonly OutputEntry[] }
  /** The script begins or ceases to take what is typed. */
  | { readonly type: "input-wanted"; readonly wanted: boolean }
  /** So many lines of input have reached the script. */
  | { readonly type: "input-taken"; readonly lines: number }
  /** What the program has done on the network since the last one. */
  | { readonly type: "capture"; readonly events: readonly CaptureEvent[] }
  /** Nothing follows: the program is over, and its sockets are closed. */
  | { readonly type: "finished"; readonly failed: boolean };
