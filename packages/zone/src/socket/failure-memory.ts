import type { NetworkErrorCode, NetworkFailure } from "../network.ts";

/** Failures that are remembered: a script that catches one and goes on seldom raises an older one again. */
const MAX_FAILURES = 16;

/** Knows an error that a script lets end its program for a failure of the network, so that it can be explained. */
export class FailureMemory {
  #failures: NetworkFailure[] = [];

  /** The script is about to be told of a failure. */
  note(failure: NetworkFailure): void {
    this.#failures = [failure, ...this.#failures.filter(({ message }) => message !== failure.message)].slice(0, MAX_FAILURES);
  }

  /** The code of the failure that an error's message speaks of. */
  codeOf(message: string): NetworkErrorCode | undefined {
    return this.#failures.find((failure) => message.includes(failure.message))?.code;
  }
}
