import type { ConsoleSink } from "../console.ts";
import type { NetworkErrorCode } from "@playground/network";
import { type ErrorExplanation, explainError } from "../reference/error-explanations.ts";
import { explainFailure } from "../reference/network-failures.ts";
import type { FailureMemory } from "../socket/failure-memory.ts";

/** Explains the line before it, which speaks of a failure of the network, and says what to do. */
export function writeFailureNotice(console: ConsoleSink, failure: NetworkErrorCode): void {
  console.write("notice", explainFailure(failure, "en"), { notice: { code: "network-failure", failure } });
}

/** Explains the error before it. */
export function writeErrorNotice(console: ConsoleSink, explanation: ErrorExplanation): void {
  console.write("notice", explainError(explanation, "en"), { notice: { code: "error-explained", explanation } });
}

/** A console for what a script prints: explains failures of the network that it has caught and shows. */
export function explainingFailures(console: ConsoleSink, failures: FailureMemory): ConsoleSink {
  return {
    write: (level, text, detail) => {
      console.write(level, text, detail);
      const failure = detail === undefined ? failures.codeToExplain(text) : undefined;
      if (failure !== undefined) writeFailureNotice(console, failure);
    },
  };
}
