import type { NetworkErrorCode } from "@playground/network";

/**
 * Reason codes of CLOSE and LISTEN_FAILED. Below 0xE0 they are Wisp's own (protocol text, version 2.0,
 * draft 4, "Close Reasons"); from 0xE0 up they are the zone extension's.
 */
export const CloseReason = {
  UNSPECIFIED: 0x01,
  VOLUNTARY: 0x02,
  NETWORK_ERROR: 0x03,
  INCOMPATIBLE_EXTENSIONS: 0x04,
  INVALID_TARGET: 0x41,
  UNREACHABLE: 0x42,
  CONNECT_TIMEOUT: 0x43,
  REFUSED: 0x44,
  TRANSFER_TIMEOUT: 0x47,
  BLOCKED: 0x48,
  THROTTLED: 0x49,
  CLIENT_ERROR: 0x81,
  UNKNOWN_HOST: 0xe0,
  ADDRESS_IN_USE: 0xe1,
  ADDRESS_NOT_OURS: 0xe2,
  PERMISSION_DENIED: 0xe3,
  PROTOCOL_VIOLATION: 0xe4,
  SHUTTING_DOWN: 0xe5,
  SESSION_GONE: 0xe6,
  PASSWORD_REQUIRED: 0xe7,
  WRONG_PASSWORD: 0xe8,
  TOO_MANY_ATTEMPTS: 0xe9,
  ROOM_FULL: 0xea,
} as const;

/** One of the reasons above. On the wire any byte may come. */
export type CloseReason = (typeof CloseReason)[keyof typeof CloseReason];

const codes = new Map<number, NetworkErrorCode>([
  [CloseReason.UNSPECIFIED, "internal"],
  [CloseReason.VOLUNTARY, "connection-reset"],
  [CloseReason.NETWORK_ERROR, "connection-reset"],
  [CloseReason.INCOMPATIBLE_EXTENSIONS, "internal"],
  [CloseReason.INVALID_TARGET, "invalid-address"],
  [CloseReason.UNREACHABLE, "host-unreachable"],
  [CloseReason.CONNECT_TIMEOUT, "timed-out"],
  [CloseReason.REFUSED, "connection-refused"],
  [CloseReason.TRANSFER_TIMEOUT, "timed-out"],
  [CloseReason.BLOCKED, "not-allowed"],
  [CloseReason.THROTTLED, "limit-exceeded"],
  [CloseReason.CLIENT_ERROR, "connection-reset"],
  [CloseReason.UNKNOWN_HOST, "unknown-host"],
  [CloseReason.ADDRESS_IN_USE, "address-in-use"],
  [CloseReason.ADDRESS_NOT_OURS, "address-not-ours"],
  [CloseReason.PERMISSION_DENIED, "permission-denied"],
  [CloseReason.PROTOCOL_VIOLATION, "internal"],
  [CloseReason.SHUTTING_DOWN, "bridge-lost"],
  [CloseReason.SESSION_GONE, "bridge-lost"],
  [CloseReason.PASSWORD_REQUIRED, "password-required"],
  [CloseReason.WRONG_PASSWORD, "wrong-password"],
  [CloseReason.TOO_MANY_ATTEMPTS, "too-many-attempts"],
  [CloseReason.ROOM_FULL, "room-full"],
]);

const reasons: Readonly<Record<NetworkErrorCode, CloseReason>> = {
  "address-in-use": CloseReason.ADDRESS_IN_USE,
  "address-not-ours": CloseReason.ADDRESS_NOT_OURS,
  "permission-denied": CloseReason.PERMISSION_DENIED,
  "invalid-address": CloseReason.INVALID_TARGET,
  "connection-refused": CloseReason.REFUSED,
  "host-unreachable": CloseReason.UNREACHABLE,
  "unknown-host": CloseReason.UNKNOWN_HOST,
  "timed-out": CloseReason.CONNECT_TIMEOUT,
  "not-allowed": CloseReason.BLOCKED,
  "limit-exceeded": CloseReason.THROTTLED,
  "connection-reset": CloseReason.NETWORK_ERROR,
  "bridge-lost": CloseReason.SHUTTING_DOWN,
  "password-required": CloseReason.PASSWORD_REQUIRED,
  "wrong-password": CloseReason.WRONG_PASSWORD,
  "too-many-attempts": CloseReason.TOO_MANY_ATTEMPTS,
  "room-full": CloseReason.ROOM_FULL,
  internal: CloseReason.UNSPECIFIED,
};

/** The error code that a program is given for a reason byte; `internal` for a byte that no reason has. */
export function reasonToCode(reason: number): NetworkErrorCode {
  return codes.get(reason) ?? "internal";
}

/** The reason byte for an error code, for a session with the zone extension. `reasonToCode` gives the code back. */
export function codeToReason(code: NetworkErrorCode): CloseReason {
  return reasons[code];
}

/** The reason byte for an error code, for a plain Wisp client, which knows only the reasons of Wisp itself. */
export function codeToPlainReason(code: NetworkErrorCode): CloseReason {
  const reason = reasons[code];
  if (reason < CloseReason.UNKNOWN_HOST) return reason;
  switch (reason) {
    case CloseReason.UNKNOWN_HOST:
      return CloseReason.UNREACHABLE;
    case CloseReason.PASSWORD_REQUIRED:
    case CloseReason.WRONG_PASSWORD:
      return CloseReason.BLOCKED;
    case CloseReason.TOO_MANY_ATTEMPTS:
    case CloseReason.ROOM_FULL:
      return CloseReason.THROTTLED;
    default:
      return CloseReason.UNSPECIFIED;
  }
}
