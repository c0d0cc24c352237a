import type { TextRange } from "./place.ts";

export type CompletionKind = "property" | "method" | "function" | "variable" | "keyword" | "string" | "type" | "module" | "path" | "directive";

/** One thing that could stand at the cursor. */
export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** As Luau writes it; absent for keywords. */
  readonly type?: string;
  readonly deprecated: boolean;
  /** Whether it has the type that is expected here. */
  readonly fits: boolean;
  /** What to put in, when it is not the label. */
  readonly insert?: string;
  /** Where the cursor belongs after brackets are added: behind them (no arguments) or inside; absent: add none. */
  readonly brackets?: "after" | "inside";
  /** Name of its documentation, such as `@zone/global/zone.socket.update`. */
  readonly documentation?: string;
}

/** What could stand at the cursor, in no order, and the text that it would replace. */
export interface CompletionList {
  readonly range: TextRange;
  readonly items: readonly Completion[];
  /** In the middle of a string only paths and keys are offered, in a comment only directives. */
  readonly context: "expression" | "statement" | "property" | "type" | "keyword" | "string" | "directive" | "unknown";
}

/** What the thing under the mouse is. */
export interface Hover {
  readonly range: TextRange;
  /** As Luau writes it: `local x: number`, `f(a: string): ()`, `type T = ...`. */
  readonly code: string;
  /** Name of its documentation. */
  readonly documentation?: string;
  /** The comment above its definition, without the dashes. */
  readonly comment?: string;
}

/** One way to call a function. */
export interface Signature {
  /** `f(a: string, b: number?): boolean` */
  readonly label: string;
  /** Where each parameter stands in the label. */
  readonly parameters: readonly TextRange[];
}

/** The call that the cursor stands in. */
export interface SignatureHelp {
  /** The ways in which the function can be called. */
  readonly signatures: readonly Signature[];
  /** Index of the parameter at the cursor, `self` of a method call not counted. */
  readonly parameter: number;
  /** Name of its documentation. */
  readonly documentation?: string;
  /** The comment above its definition. */
  readonly comment?: string;
}

/** A type that could be shown between the characters of the code, behind a name. */
export interface InlayHint {
  readonly offset: number;
  /** Such as `: number`. */
  readonly label: string;
}
