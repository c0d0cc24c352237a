import type { NetworkFailure } from "@playground/network";
import type { Log } from "../log/log.ts";
import { roomLabel } from "../log/room-label.ts";
import { refusalReason } from "../over-limit.ts";
import type { Refusals } from "../refusals.ts";
import type { SessionAccount } from "./session-account.ts";
import type { SessionProtocol } from "./session-protocol.ts";

/** A session that something is refused. */
export interface RefusedSession {
  /** Counts the sessions of the process. */
  readonly number: number;
  readonly clientAddress: string;
  readonly account: SessionAccount;
  readonly services: { readonly refusals: Refusals };
}

/** What is logged of a session. */
export interface LoggedSession extends RefusedSession {
  readonly protocol: SessionProtocol;
  readonly room: { readonly name: string };
  readonly services: { readonly log: Log; readonly refusals: Refusals };
}

/** Counts and logs something that the client does not get. `target`: what it asked for. */
export function logRefusal({ account, services, clientAddress, number }: RefusedSession, refusal: NetworkFailure, target?: string): void {
  account.refusals += 1;
  services.refusals.add({
    reason: refusalReason(refusal),
    client: clientAddress,
    session: number,
    message: refusal.message,
    ...(target !== undefined && { target }),
  });
}

/** Logs a step in a session's life, for those who look for a fault. */
export function logStep(session: LoggedSession, event: string, fields: Readonly<Record<string, string | number>>): void {
  session.services.log({ level: "debug", event, session: session.number, room: roomLabel(session.room.name), client: session.clientAddress, ...fields });
}

/** Logs the one line about a session, at its end. `machine`: its address, and its number in the room, which tells machines apart that share one. */
export function logEnd(session: LoggedSession, machine: { readonly address: string; readonly id: number } | undefined, reason: string): void {
  const { account } = session;
  const { mode } = session.protocol;
  session.services.log({
    // Without a handshake it was none: a refusal, which is logged as such, or the way back to an older one.
    level: mode === "handshake" ? "debug" : "info",
    event: "session",
    session: session.number,
    room: roomLabel(session.room.name),
    client: session.clientAddress,
    machine: machine?.address,
    machineNumber: machine?.id,
    mode,
    seconds: account.seconds,
    streams: account.streams,
    listeners: account.listeners,
    bytesFromClient: account.bytesFromClient,
    bytesToClient: account.bytesToClient,
    resumptions: account.resumptions,
    refusals: account.refusals,
    reason,
  });
}
