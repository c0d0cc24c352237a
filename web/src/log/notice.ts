import type { Notice as ProgramNotice } from "@playground/zone";
import type { Lack } from "../workers/too-old.ts";

/** What the program's worker says of its session with the bridge. `reason` is the bridge's, in English. */
export type SessionNotice = { readonly code: "bridge-lost" | "password-needed" | "room-full" } | { readonly code: "bridge-full"; readonly reason: string };

/** What the page itself says of a program. */
export type PageNotice =
  /** Explains the error or the printed line before it, which speaks of a name that nobody has: `room` is the page's, in which `machines` and so many `more` are. */
  | { readonly code: "unknown-host"; readonly room: string; readonly machines: readonly string[]; readonly more: number }
  /** `count` entries came faster than they can be shown. */
  | { readonly code: "lines-skipped"; readonly count: number }
  /** `time` in milliseconds since 1970. */
  | { readonly code: "run-started"; readonly time: number }
  /** The program did not stop within `seconds`. */
  | { readonly code: "ended-by-force"; readonly seconds: number }
  | { readonly code: "ended-by-reader" }
  /** Pasted lines of input that were not sent, since they are too many. */
  | { readonly code: "pasted-lines"; readonly lines: number; readonly limit: number }
  /** Pasted lines of input that were not sent, since one has too many characters; it is counted from 1. */
  | { readonly code: "pasted-line"; readonly line: number; readonly length: number; readonly limit: number }
  | { readonly code: "vm-not-loaded"; readonly reason: string }
  | { readonly code: "worker-not-loaded" }
  | { readonly code: "worker-vanished" }
  /** `reason` is empty where the worker has died without giving one. */
  | { readonly code: "worker-crashed"; readonly reason: string }
  | { readonly code: "browser-too-old"; readonly lacks: readonly Lack[] };

/** A word of the playground's own in a console: its code, and the figures in its sentence. `notice-text.ts` has the sentences. */
export type Notice = ProgramNotice | SessionNotice | PageNotice;

/** A notice that explains the entry before it. */
export type Explanation = Extract<Notice, { readonly code: "network-failure" | "error-explained" }>;
