import { whenChanged } from "../ui/when-changed.ts";
import type { ProgramRunner } from "./program-runner.ts";

/** Milliseconds that the next program waits for the one before it, at most: a server first listens, then its client comes. */
const START_LIMIT_MS = 2_000;

/**
 * Resolves once a program that was just run has done what it does at its start, answers of the network included, or is
 * over; at the latest after `START_LIMIT_MS`.
 */
export function underWay(program: ProgramRunner): Promise<void> {
  // "running" is also what a program says before its first line.
  const isUnderWay = (): boolean => (program.state === "running" ? program.hasStarted : program.state !== "starting" && program.state !== "connecting");
  return whenChanged(program, isUnderWay, START_LIMIT_MS);
}
