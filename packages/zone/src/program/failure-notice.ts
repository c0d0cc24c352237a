import type { ConsoleSink } from "../console.ts";
import type { NetworkErrorCode } from "@playground/network";
import type { ErrorExplanation } from "../reference/error-explanations.ts";
import type { FailureMemory } from "../socket/failure-memory.ts";

/** Says what the line before it speaks of, a failure of the network, so that it can be explained. */
export function writeFailureNotice(console: ConsoleSink, failure: NetworkErrorCode): void {
  console.write("notice", "", { notice: { code: "network-failure", failure } });
}

/** Says what the error before it was about, so that it can be explained. */
export function writeErrorNotice(console: ConsoleSink, explanation: ErrorExplanation): void {
  console.write("notice", "", { notice: { code: "error-explained", explanation } });
}

/**
 * A console for what a script prints: failures of the network that it has caught and shows are explained there too.
 * Errors of the VM are not: who raised one and what it was about is known while it is raised, and a caught one is only
 * a text, which the script may have made up as well.
 */
export function explainingFailures(console: ConsoleSink, failures: FailureMemory): ConsoleSink {
  return {
    write: (level, text, detail) => {
      console.write(level, text, detail);
      const failure = detail === undefined ? failures.codeToExplain(text) : undefined;
      if (failure !== undefined) writeFailureNotice(console, failure);
    },
  };
}
