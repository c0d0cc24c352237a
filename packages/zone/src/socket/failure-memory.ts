import type { NetworkErrorCode, NetworkFailure } from "@playground/network";

/** Failures that are remembered: a script that catches one and goes on seldom raises an older one again. */
const MAX_FAILURES = 16;

/** Knows what a script was told of the network's failures again in an error or in what it prints, so that it can be explained. */
export class FailureMemory {
  #failures: NetworkFailure[] = [];
  /** At most one for each code that there is. */
  readonly #printed = new Set<NetworkErrorCode>();

  /** The script is about to be told of a failure. */
  note(failure: NetworkFailure): void {
    this.#failures = [failure, ...this.#failures.filter(({ message }) => message !== failure.message)].slice(0, MAX_FAILURES);
  }

  /** The code of the failure that an error's message speaks of. */
  codeOf(message: string): NetworkErrorCode | undefined {
    return this.#failures.find((failure) => message.includes(failure.message))?.code;
  }

  /** The code of the failure that a printed line speaks of, the first time that any of this code is printed: scripts try again. */
  codeToExplain(line: string): NetworkErrorCode | undefined {
    const code = this.#failures.find((failure) => !this.#printed.has(failure.code) && line.includes(failure.message))?.code;
    if (code !== undefined) this.#printed.add(code);
    return code;
  }
}
