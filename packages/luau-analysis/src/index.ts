export { Analysis, loadAnalysis } from "./analysis.ts";
export { CHECK_MODES, type CheckMode, type Diagnostic, type DiagnosticCategory } from "./diagnostic.ts";
export { diagnosticHelp, HELP_CODES, type HelpText } from "./diagnostic-help.ts";
export { AnalysisError, type AnalysisErrorCode } from "./errors.ts";
export { lineAndColumn, type Place, type TextRange } from "./place.ts";
export type { Completion, CompletionKind, CompletionList, Hover, InlayHint, Signature, SignatureHelp } from "./queries.ts";
export { TextPositions } from "./text-positions.ts";
