import type { Diagnostic } from "../../language/service.ts";
import type { RenameRefusal, RenameResult } from "../source/rename-local.ts";

/** What the page asks the worker that reads sources; the first message is the VM's compiled module. */
export type SyntaxQuestion =
  | { readonly type: "diagnostics"; readonly source: string }
  | { readonly type: "local"; readonly source: string; readonly offset: number }
  | { readonly type: "rename"; readonly source: string; readonly offset: number; readonly name: string };

/** The places of a local, in the order of the text. */
export type LocalPlaces = { readonly places: readonly { readonly from: number; readonly to: number; readonly isDeclaration: boolean }[] } | RenameRefusal;

export interface SyntaxAnswers {
  readonly diagnostics: readonly Diagnostic[];
  readonly local: LocalPlaces;
  readonly rename: RenameResult;
}

export type ToSyntaxWorker = { readonly module: WebAssembly.Module } | { readonly id: number; readonly question: SyntaxQuestion };

export type FromSyntaxWorker = { readonly id: number; readonly answer: SyntaxAnswers[keyof SyntaxAnswers] } | { readonly id: number; readonly failure: string };
