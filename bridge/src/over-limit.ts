import type { NetworkFailure } from "@playground/network";
import type { BridgeLimits } from "./limits.ts";

/** The failure of something that a limit of the bridge forbids. */
export interface LimitFailure extends NetworkFailure {
  readonly code: "limit-exceeded" | "room-full";
  /** The option that sets the limit, without its dashes. */
  readonly option: string;
}

/** The option that sets a limit, without its dashes: `sessionsPerMachine` is `max-sessions-per-machine`. */
export function limitOption(limit: keyof BridgeLimits): string {
  return `max-${limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** What a script is told when a limit forbids what it wants: the sentence, and for whoever runs the bridge the option. */
export function overLimit(limit: keyof BridgeLimits, sentence: string, code: LimitFailure["code"] = "limit-exceeded"): LimitFailure {
  const option = limitOption(limit);
  return { code, message: `${sentence} (Set by the bridge's option --${option}.)`, option };
}

/** The same when the addresses that the operator has set aside for rooms are used up. */
export function overRange(sentence: string): LimitFailure {
  return { code: "limit-exceeded", message: `${sentence} (Set by the bridge's option --lan-range.)`, option: "lan-range" };
}

/** What a failure is counted as: its limit, or its code. */
export function refusalReason(failure: NetworkFailure): string {
  return "option" in failure && typeof failure.option === "string" ? failure.option : failure.code;
}
