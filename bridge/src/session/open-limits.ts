import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import type { RateLimit } from "../rate-limit.ts";
import type { SessionAccount } from "./session-account.ts";
import type { SessionListeners } from "./session-listeners.ts";
import type { SessionStreams } from "./session-streams.ts";

/** What opens connections and ports: a session. */
export interface Opener {
  readonly services: { readonly limits: BridgeLimits };
  readonly opens: RateLimit;
  readonly account: SessionAccount;
  readonly streams: SessionStreams;
  readonly listeners: SessionListeners;
}

/** Whether the session, or its client's address, has opened too much in a short time. Takes one of what it may open. */
export function openLimit(session: Opener): LimitFailure | undefined {
  const { opensPerSecond } = session.services.limits;
  if (!session.opens.take()) {
    return overLimit("opensPerSecond", `This program opens more than ${opensPerSecond} connections and ports a second. Open fewer, or wait between them.`);
  }
  return session.account.client.take("opens");
}

/** Whether there is room for one more TCP connection. */
export function streamLimit(session: Opener): LimitFailure | undefined {
  const { streamsPerSession } = session.services.limits;
  if (session.streams.socketCount >= streamsPerSession) {
    return overLimit("streamsPerSession", `This program has ${session.streams.socketCount} connections, which is the most the bridge takes. Close some of them.`);
  }
  return session.account.client.refusal("streams") ?? session.account.bufferLimit(1);
}

/** Whether there is room for one more connection that is being made. */
export function connectingLimit(session: Opener): LimitFailure | undefined {
  const { connectingPerSession } = session.services.limits;
  if (session.streams.connecting < connectingPerSession) return undefined;
  return overLimit("connectingPerSession", `This program already waits for ${connectingPerSession} connections, which is the most the bridge takes. Wait for some of them.`);
}

/** Whether there is room for one more listening port. */
export function listenerLimit(session: Opener): LimitFailure | undefined {
  const { listenersPerSession } = session.services.limits;
  if (session.listeners.size >= listenersPerSession) {
    return overLimit("listenersPerSession", `This program listens on ${listenersPerSession} ports, which is the most the bridge takes. Close some of them.`);
  }
  return session.account.client.refusal("listeners");
}
