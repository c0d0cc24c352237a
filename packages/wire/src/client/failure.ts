import { MAX_HOST_BYTES } from "../codec/limits.ts";
import type { NetworkErrorCode, NetworkFailure } from "@playground/network";
import { reasonToCode } from "../codec/reason.ts";

const encoder = new TextEncoder();

/** What went wrong and what to do, to stand after "Connecting to example.com:80 failed: ". */
const PHRASES: Readonly<Record<NetworkErrorCode, string>> = {
  "address-in-use": "the port is already in use. Choose another one, or stop the program that has it.",
  "address-not-ours": "the address is not one of this machine. Leave it out to listen on all of them.",
  "permission-denied": "the operating system of the bridge forbids it. Choose a port from 1024 to 65535.",
  "invalid-address": "that is not a host, an address or a port that can be used.",
  "connection-refused": "nothing listens there. Start the server first, and check the port.",
  "host-unreachable": "there is no way to that host. Check the address.",
  "unknown-host": "no host has that name. Check the spelling.",
  "timed-out": "there was no answer in time. Check that the host is on.",
  "not-allowed": "the bridge does not allow it. Whoever runs the bridge can change that with --allow.",
  "limit-exceeded": "a limit of the bridge is reached. Close connections that are no longer needed.",
  "connection-reset": "the other side broke it off.",
  "bridge-lost": "the bridge is being stopped. Start it again, then run the program again.",
  "password-required": "the room has a password. Enter it in the page.",
  "wrong-password": "the password of the room is another one. Enter it in the page.",
  "too-many-attempts": "too many wrong passwords came from this address. Wait a minute.",
  "room-full": "the room is full. Use another room.",
  internal: "something went wrong inside the bridge. Its log says more.",
};

/** A failure from a reason byte and message of the wire. `what`, such as `Connecting to example.com:80 failed`, is used when the message is empty. */
export function failureFromReason(reason: number, message: string, what: string): NetworkFailure {
  const code = reasonToCode(reason);
  return { code, message: message === "" ? `${what}: ${PHRASES[code]}` : message };
}

/** The WebSocket has closed. `wasReady`: whether the handshake had been completed. */
export function bridgeLost(wasReady: boolean, code: number, reason: string): NetworkFailure {
  const what = wasReady ? "The connection to the bridge was lost" : "The bridge could not be reached";
  const detail = reason === "" ? `WebSocket code ${code}` : `WebSocket code ${code}, ${reason}`;
  return { code: "bridge-lost", message: `${what} (${detail}). Check that it is running, then run the program again.` };
}

/** The time in which the bridge keeps the session has passed. */
export function graceOver(graceMs: number): NetworkFailure {
  return {
    code: "bridge-lost",
    message: `The connection to the bridge was lost and did not come back within ${graceMs / 1000} seconds. Check that it is running, then run the program again.`,
  };
}

/** The transport threw when it was to send. */
export function transportBroken(error: unknown): NetworkFailure {
  const detail = error instanceof Error ? error.message : String(error);
  return { code: "bridge-lost", message: `The connection to the bridge was lost (${detail}). Run the program again.` };
}

/** The bridge did something that the protocol does not allow. */
export function brokenProtocol(detail: string): NetworkFailure {
  return {
    code: "internal",
    message: `The bridge broke the protocol (${detail}), and the connection to it was closed. Check that page and bridge are of one version.`,
  };
}

/** The server at the other end is no bridge of this project, or too different a one. */
export function incompatible(detail: string): NetworkFailure {
  return { code: "internal", message: `${detail}. Check that the address is that of a Zone Playground bridge of this version.` };
}

/** The bridge was silent for too long. */
export function handshakeTimedOut(milliseconds: number): NetworkFailure {
  return {
    code: "bridge-lost",
    message: `The bridge did not answer within ${milliseconds / 1000} seconds. Check that it is running, then run the program again.`,
  };
}

/** The session was closed by its own side. */
export const SESSION_CLOSED: NetworkFailure = { code: "bridge-lost", message: "The connection to the bridge has been closed. Run the program again." };

/** No id is left for another stream or listener. */
export const IDS_EXHAUSTED: NetworkFailure = { code: "limit-exceeded", message: "This program has used up all connection numbers. Run it again." };

/** Why a host or a port cannot even be asked for; undefined when it can. `leastPort`: 0 or 1. */
export function invalidTarget(host: string, port: number, leastPort: number): NetworkFailure | undefined {
  if (!(Number.isInteger(port) && port >= leastPort && port <= 65_535)) {
    return { code: "invalid-address", message: `Port ${port} does not exist. Use a whole number from ${leastPort} to 65535.` };
  }
  // No UTF-16 unit takes less than a byte: what is longer in units is not encoded just to be measured.
  const isLong = host.length > MAX_HOST_BYTES || encoder.encode(host).length > MAX_HOST_BYTES;
  if (host.length > 0 && !isLong) return undefined;
  const shown = isLong ? `${host.slice(0, 32)}…` : host;
  return { code: "invalid-address", message: `"${shown}" is not a host name or an address. Use one of 1 to ${MAX_HOST_BYTES} bytes.` };
}
