import type { NetworkErrorCode, NetworkFailure } from "./network.ts";
import { reasonToCode } from "./reason.ts";

/** What went wrong, to stand after the name of the thing that it went wrong with. */
const PHRASES: Readonly<Record<NetworkErrorCode, string>> = {
  "address-in-use": "the port is already in use; choose another one, or stop the program that has it",
  "address-not-ours": "the address is not one of this machine; leave it out to listen on all of them",
  "permission-denied": "the bridge's operating system does not permit it; choose a port from 1024 up",
  "invalid-address": "that is not a host, an address or a port that can be used",
  "connection-refused": "nobody listens there; check the port, and that the server is running",
  "host-unreachable": "there is no way to that host; check the address",
  "unknown-host": "no host has that name; check the spelling",
  "timed-out": "there was no answer in time; check the address, and that the host is up",
  "not-allowed": "the bridge does not allow it; ask whoever runs it to add it with --allow",
  "limit-exceeded": "the bridge's limit is reached; close connections that are no longer needed",
  "connection-reset": "the other side broke the connection off",
  "bridge-lost": "the bridge is shutting down; start it again, then run the program again",
  internal: "something went wrong inside the bridge; its log says more",
};

/** A failure from a reason byte and message of the wire; `subject`, such as `port 80 of example.com`, is named when the message is empty. */
export function failureFromReason(reason: number, message: string, subject: string): NetworkFailure {
  const code = reasonToCode(reason);
  return { code, message: message === "" ? `${subject}: ${PHRASES[code]}` : message };
}

/** The WebSocket has closed. `wasReady`: whether the handshake had been completed. */
export function bridgeLost(wasReady: boolean, code: number, reason: string): NetworkFailure {
  const what = wasReady ? "the connection to the bridge was lost" : "the bridge could not be reached";
  const detail = reason === "" ? `WebSocket code ${code}` : `WebSocket code ${code}, ${reason}`;
  return { code: "bridge-lost", message: `${what} (${detail}); check that it is running, then run the program again` };
}

/** The transport threw when it was to send. */
export function transportBroken(error: unknown): NetworkFailure {
  const detail = error instanceof Error ? error.message : String(error);
  return { code: "bridge-lost", message: `the connection to the bridge was lost (${detail}); run the program again` };
}

/** The bridge did something that the protocol does not allow. */
export function brokenProtocol(detail: string): NetworkFailure {
  return { code: "internal", message: `the bridge broke the protocol (${detail}), and the connection to it was closed; check that page and bridge are of one version` };
}

/** The server at the other end is no bridge of this project, or too different a one. */
export function incompatible(detail: string): NetworkFailure {
  return { code: "internal", message: `${detail}; check that the address is that of a Zone Playground bridge of this version` };
}

/** The bridge was silent for too long. */
export function handshakeTimedOut(milliseconds: number): NetworkFailure {
  return { code: "bridge-lost", message: `the bridge did not answer within ${milliseconds / 1000} s; check that it is running, then run the program again` };
}

/** The session was closed by its own side. */
export const SESSION_CLOSED: NetworkFailure = { code: "bridge-lost", message: "the connection to the bridge has been closed; run the program again" };

/** No id is left for another stream or listener. */
export const IDS_EXHAUSTED: NetworkFailure = { code: "limit-exceeded", message: "this program has used up all connection numbers; run it again" };

/** Whether a value is a TCP port, `least` (0 or 1) to 65535. */
export function isPort(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= 65_535;
}

/** A port that is none. */
export function invalidPort(port: number, least: number): NetworkFailure {
  return { code: "invalid-address", message: `port ${port} does not exist; use a whole number from ${least} to 65535` };
}

/** A host or an address that cannot even be asked for: empty or longer than any name can be. */
export function invalidHost(host: string): NetworkFailure {
  const shown = host.length > 64 ? `${host.slice(0, 64)}…` : host;
  return { code: "invalid-address", message: `"${shown}" is not a host name or an address; use one of 1 to 255 bytes` };
}
