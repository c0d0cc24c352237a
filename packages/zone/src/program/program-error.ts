import type { NetworkErrorCode } from "@playground/network";
import { LuauCompileError, LuauError, LuauRuntimeError } from "@playground/luau-wasm";
import type { StackFrame } from "../console.ts";
import type { ErrorExplanation } from "../reference/error-explanations.ts";
import { explainRuntimeError } from "./explain-runtime-error.ts";
import { lineOf } from "./source-line.ts";

/** Why a program failed, as the page shows it. */
export interface ProgramError {
  /** `compile`, or how the VM calls a runtime error: `runtime`, `memory`, `interrupted`, `stack-overflow`; `internal` for a fault of ours. */
  readonly code: string;
  /** As Luau would print it: `server.luau:3: boom`. */
  readonly text: string;
  /** Without the position. */
  readonly message: string;
  /** File and 1-based line, where they are known. */
  readonly chunk?: string;
  readonly line?: number;
  /** The calls that led there, innermost first. */
  readonly stack: readonly StackFrame[];
  /** What it was about, where the VM itself has said it; errors that a script raises are its own matter. */
  readonly explanation?: ErrorExplanation;
  /** The failure of the network that it speaks of. */
  readonly networkFailure?: NetworkErrorCode;
}

/** Turns what the VM threw or handed out into what the page shows; a place can be opened in one of `files`. `budgetMs` is what an entry may take. */
export function toProgramError(error: unknown, files: ReadonlyMap<string, string>, budgetMs: number): ProgramError {
  if (error instanceof LuauRuntimeError) {
    const stack = error.frames;
    // A chunk that the script has made of a string is no file that could be opened; the line that called it is.
    const inFile = error.chunk !== undefined && files.has(error.chunk) ? error : stack.find((frame) => frame.line !== undefined && files.has(frame.chunk));
    const place = inFile ?? error;
    const explanation = explainRuntimeError(error, files.get(error.chunk ?? ""), budgetMs);
    return {
      code: error.code,
      text: error.text,
      message: error.message,
      ...(place.chunk !== undefined && { chunk: place.chunk }),
      ...(place.line !== undefined && { line: place.line }),
      stack,
      ...(explanation !== undefined && { explanation }),
    };
  }
  if (error instanceof LuauCompileError) {
    const line = lineOf(files.get(error.chunk) ?? "", error.line);
    const explanation: ErrorExplanation = { kind: "syntax", message: error.message, line };
    return { code: error.code, text: error.text, message: error.message, chunk: error.chunk, line: error.line, stack: [], explanation };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: error instanceof LuauError ? error.code : "internal", text: message, message, stack: [] };
}
