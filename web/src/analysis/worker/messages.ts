/**
 * What the page and the type checker's worker say to each other. Both sides switch over `type`.
 * This file uses nothing of the DOM and nothing of workers, since both compile it.
 */
import type { AnalysisErrorCode, CheckMode, CompletionList, Diagnostic, Hover, InlayHint, Place, SignatureHelp } from "@playground/luau-analysis";
import type { Documentation, Language } from "@playground/zone/reference";

/** A hover with the text of its documentation, in the reader's language. */
export interface DocumentedHover extends Omit<Hover, "documentation"> {
  readonly documentation?: Documentation;
}

/** The same for the call at the cursor. */
export interface DocumentedSignatureHelp extends Omit<SignatureHelp, "documentation"> {
  readonly documentation?: Documentation;
}

/** Everything that can be asked, with its answer. Offsets are UTF-16 units in the file's text. */
export interface Questions {
  check: { readonly ask: { readonly file: string }; readonly answer: readonly Diagnostic[] };
  complete: { readonly ask: { readonly file: string; readonly offset: number }; readonly answer: CompletionList };
  /** The documentation of a completion, by the name that stands in it. */
  document: { readonly ask: { readonly symbol: string; readonly language: Language }; readonly answer: Documentation | undefined };
  hover: { readonly ask: { readonly file: string; readonly offset: number; readonly language: Language }; readonly answer: DocumentedHover | undefined };
  signature: {
    readonly ask: { readonly file: string; readonly offset: number; readonly language: Language };
    readonly answer: DocumentedSignatureHelp | undefined;
  };
  definition: { readonly ask: { readonly file: string; readonly offset: number }; readonly answer: Place | undefined };
  references: { readonly ask: { readonly file: string; readonly offset: number }; readonly answer: readonly Place[] };
  hints: { readonly ask: { readonly file: string }; readonly answer: readonly InlayHint[] };
}

export type QuestionKind = keyof Questions;

/** One of the questions, by its kind. */
export type Question<Kind extends QuestionKind = QuestionKind> = { [K in Kind]: { readonly kind: K } & Questions[K]["ask"] }[Kind];

export type Answer<Kind extends QuestionKind> = Questions[Kind]["answer"];

export type PageMessage =
  | { readonly type: "start"; readonly module: WebAssembly.Module }
  /** What has changed in the project since the last such message. */
  | {
      readonly type: "project";
      readonly set: readonly (readonly [name: string, source: string])[];
      readonly removed: readonly string[];
      readonly mode: CheckMode;
    }
  | { readonly type: "ask"; readonly id: number; readonly question: Question };

export type WorkerMessage =
  | { readonly type: "ready"; readonly luauVersion: string; readonly memoryUsed: number }
  | { readonly type: "answer"; readonly id: number; readonly answer: unknown; readonly memoryUsed: number }
  /** Nothing more comes from this worker. */
  | { readonly type: "broken"; readonly code: AnalysisErrorCode | "internal"; readonly message: string };
