/**
 * What the editor asks about a text, and whoever knows Luau answers: the compiler, a type checker. A service has the
 * methods that it can answer; the editor asks all services and shows what comes.
 *
 * Positions are offsets in UTF-16 units, as JavaScript and CodeMirror count. Every question comes with a signal that is
 * aborted when nobody waits for the answer any more: a service then may stop, and whatever it gives is thrown away.
 * A rejected promise means "no answer", and is not shown.
 */
export interface LanguageService {
  /** Tells when answers about the same text may be others than before. Gives the function that ends it. */
  onChanged?(listener: () => void): () => void;
  /** What is wrong with a file. Asked when it is opened and a moment after each edit. */
  diagnostics?(source: SourceText, signal: AbortSignal): Promise<readonly Diagnostic[]>;
  /** What could stand at an offset. `explicit` when the reader asked for it, and did not just type. */
  completion?(source: SourceText, offset: number, explicit: boolean, signal: AbortSignal): Promise<Completions | undefined>;
  /** What is known of the name at an offset. */
  hover?(source: SourceText, offset: number, signal: AbortSignal): Promise<Hover | undefined>;
  /** The function whose arguments are being written at an offset. */
  signature?(source: SourceText, offset: number, signal: AbortSignal): Promise<Signature | undefined>;
  /** Where the name at an offset is declared. */
  definition?(source: SourceText, offset: number, signal: AbortSignal): Promise<Place | undefined>;
  /** Everywhere that the name at an offset stands for the same, its declaration included. */
  references?(source: SourceText, offset: number, signal: AbortSignal): Promise<readonly Place[]>;
  /** Words to show between the letters of a part of the file, such as the types of locals. */
  inlayHints?(source: SourceText, from: number, to: number, signal: AbortSignal): Promise<readonly InlayHint[]>;
}

/** A file as it is in the editor now, and the project around it. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** All files by name, the one in the editor as it is there; asked when needed. */
  readonly files: () => ReadonlyMap<string, string>;
}

export type Severity = "error" | "warning" | "info";

export interface Diagnostic {
  readonly from: number;
  /** Behind the last unit; equal to `from` for a place between two. */
  readonly to: number;
  readonly severity: Severity;
  /** What Luau says, in English. */
  readonly message: string;
  /** What to do about it, in the reader's language. */
  readonly help?: string;
  /** Who says so: "Luau" for the compiler. */
  readonly origin: string;
}

export interface Completions {
  /** Where the text begins that a chosen word replaces; it ends at the cursor. */
  readonly from: number;
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  readonly label: string;
  readonly kind: "function" | "method" | "variable" | "constant" | "property" | "keyword" | "type" | "module";
  /** A type or signature, beside the label. */
  readonly detail?: string;
  /** Asked when the item is looked at. */
  readonly documentation?: () => Promise<CompletionText | undefined>;
  /** What is inserted instead of the label. */
  readonly insert?: string;
  /** Round brackets to add, and where the cursor belongs then. */
  readonly brackets?: "after" | "inside";
  /** Whether it should not be used any more. */
  readonly deprecated?: boolean;
  /** Whether it has the type that is expected. */
  readonly fits?: boolean;
}

/** What is said of a completion. */
export interface CompletionText {
  /** Paragraphs of plain text, with code between backticks. */
  readonly text: string;
  /** The topic of the reference that says more. */
  readonly topic: string;
}

export interface Hover {
  readonly from: number;
  readonly to: number;
  /** Luau code: a type or signature. */
  readonly code: string;
  readonly documentation?: string;
  /** The topic of the reference that says more. */
  readonly topic?: string;
}

export interface Signature {
  readonly label: string;
  /** Ranges within the label, one for each parameter. */
  readonly parameters: readonly { readonly from: number; readonly to: number }[];
  /** The parameter that is being written, counted from 0. */
  readonly active: number;
  readonly documentation?: string;
}

export interface Place {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export interface InlayHint {
  readonly at: number;
  readonly label: string;
}
