/**
 * - `not-luau-analysis`: the bytes are another module
 * - `crashed`: the engine ended the module in the middle of its work (stack, trap); load a new one
 * - `memory`: the module's memory has reached its limit; load a new one
 * - `disposed`: used after `dispose()`
 * - `unknown-file`: a question about a file that was not set
 * - `bad-definitions`: the definitions do not parse, or have type errors
 */
export type AnalysisErrorCode = "not-luau-analysis" | "crashed" | "memory" | "disposed" | "unknown-file" | "bad-definitions";

/** Every error that this package throws. `code` is stable; messages are for people. */
export class AnalysisError extends Error {
  override readonly name = "AnalysisError";
  readonly code: AnalysisErrorCode;

  constructor(code: AnalysisErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
