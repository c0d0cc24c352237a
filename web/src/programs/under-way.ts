import type { ProgramRunner } from "./program-runner.ts";

/** Milliseconds that the next program waits for the one before it, at most: a server first listens, then its client comes. */
const START_LIMIT_MS = 2_000;

/**
 * Resolves once a program that was just run has done what it does at its start, answers of the network included, or is
 * over; at the latest after `START_LIMIT_MS`.
 */
export function underWay(program: ProgramRunner): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      clearTimeout(timer);
      end();
      resolve();
    };
    const timer = setTimeout(settle, START_LIMIT_MS);
    const end = program.subscribe(() => {
      // "running" is also what a program says before its first line.
      if (program.state === "running" ? program.hasStarted : program.state !== "starting" && program.state !== "connecting") settle();
    });
  });
}
