/**
 * What the page and the worker that reads lessons from elsewhere say to each other. Both sides switch over `type`.
 * This file uses nothing of the DOM and nothing of workers, since both compile it.
 */

import type { LessonFileContent, LessonProblem } from "@playground/lessons";

export type ReaderRequest =
  /** Fetch a lesson file and read it. `address` is absolute, `http:` or `https:`. */
  | { readonly type: "fetch"; readonly address: string }
  /** Read one that was fetched before. */
  | { readonly type: "read"; readonly text: string }
  /** Tell whenever what lies at the address has changed, for as long as the worker lives: a preview. */
  | { readonly type: "watch"; readonly address: string };

/** Why a lesson file cannot be had, or is none. */
export type ReaderFault =
  | { readonly kind: "not-found" }
  /** Another answer than a file, by its HTTP status. */
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "unreachable" }
  /** Something answers, and does not let pages of other origins read it (CORS). */
  | { readonly kind: "not-allowed" }
  /** It leads on to another origin. */
  | { readonly kind: "moved"; readonly to: string }
  | { readonly kind: "too-large" }
  | { readonly kind: "too-slow" }
  | { readonly kind: "not-a-lesson"; readonly detail: string }
  | { readonly kind: "other-format"; readonly detail: string }
  /** It is a lesson, and not a right one. */
  | { readonly kind: "problems"; readonly problems: readonly LessonProblem[] };

export type ReaderAnswer =
  /** Bytes that have come, and all of them where the host has said. */
  | { readonly type: "received"; readonly bytes: number; readonly total: number | undefined }
  /** All has come; it is read now. */
  | { readonly type: "fetched" }
  | { readonly type: "content"; readonly text: string; readonly content: LessonFileContent }
  | { readonly type: "fault"; readonly fault: ReaderFault }
  /** What is watched is another now. */
  | { readonly type: "changed" };
