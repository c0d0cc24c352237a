import type { NetworkFailure } from "@playground/wire";
import { failure } from "../failure.ts";
import type { Session } from "./session.ts";

/** Whether the session has opened too much in a short time. Takes one of what it may open. */
export function openLimit(session: Session): NetworkFailure | undefined {
  if (session.opens.take()) return undefined;
  const { opensPerSecond } = session.services.limits;
  return failure("limit-exceeded", `This program opens more than ${opensPerSecond} connections and ports a second. Open fewer, or wait between them.`);
}

/** Whether there is room for one more TCP connection. */
export function streamLimit(session: Session): NetworkFailure | undefined {
  const { streamsPerSession, bufferedBytes } = session.services.limits;
  if (session.socketCount >= streamsPerSession) {
    return failure("limit-exceeded", `This program has ${session.socketCount} connections, which is the most the bridge takes. Close some of them.`);
  }
  if (session.usage.bufferedBytes >= bufferedBytes) {
    return failure("limit-exceeded", "The bridge holds as many bytes as it may for peers that do not read. Try again later.");
  }
  return undefined;
}
