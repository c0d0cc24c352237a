import { endpointText, type NetworkErrorCode, type NetworkFailure } from "@playground/network";

/** A failure as scripts are told of it. The sentence names the value at fault and says what to do. */
export function failure(code: NetworkErrorCode, message: string): NetworkFailure {
  return { code, message };
}

/** The `code` of an error of Node's or the operating system's, such as `ECONNREFUSED`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Why a connection could not be made. `where` is what the script asked for. */
export function connectFailure(error: unknown, where: string): NetworkFailure {
  const code = systemCode(error);
  switch (code) {
    case "ECONNREFUSED":
      return failure("connection-refused", `${where} refused the connection: nothing listens there. Start the server first, and check the port.`);
    case "ETIMEDOUT":
      return failure("timed-out", `${where} did not answer in time. Check that the host is on and that no firewall is between.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
    case "ENETDOWN":
    case "EADDRNOTAVAIL":
      return failure("host-unreachable", `${where} cannot be reached from the bridge's machine (${code}). Check the address and the network.`);
    case "ECONNRESET":
    case "EPIPE":
      return failure("connection-reset", `${where} broke the connection off while it was being made. Try again.`);
    case "EACCES":
    case "EPERM":
      return failure("permission-denied", `The operating system of the bridge forbids a connection to ${where} (${code}). Check its firewall.`);
    case "EMFILE":
    case "ENFILE":
    case "ENOBUFS":
    case "ENOMEM":
      return failure("limit-exceeded", `The bridge has no room for a connection to ${where} (${code}). Close other connections and try again.`);
    default:
      return failure("internal", `The connection to ${where} failed (${code === "" ? String(error) : code}).`);
  }
}

/** Why an open connection broke. */
export function brokenFailure(error: unknown, where: string): NetworkFailure {
  const code = systemCode(error);
  if (code === "ETIMEDOUT") return failure("timed-out", `The connection with ${where} was lost: the other side no longer answers.`);
  return failure("connection-reset", `The connection with ${where} was reset by the other side.`);
}

/** Why a port could not be bound. */
export function listenFailure(error: unknown, address: string, port: number): NetworkFailure {
  const code = systemCode(error);
  switch (code) {
    case "EADDRINUSE":
      return failure("address-in-use", `Port ${port} is already in use. Stop the program that listens on it, or choose another port.`);
    case "EADDRNOTAVAIL":
      return failure("address-not-ours", `${address} is not an address of this machine. Listen on "0.0.0.0", or leave the address out.`);
    case "EACCES":
    case "EPERM":
      return failure("permission-denied", `Port ${port} needs rights that the bridge does not have. Choose a port from 1024 to 65535.`);
    case "EMFILE":
    case "ENFILE":
    case "ENOBUFS":
    case "ENOMEM":
      return failure("limit-exceeded", `The bridge has no room to listen on port ${port} (${code}). Close other connections and try again.`);
    default:
      return failure("internal", `Listening on ${endpointText(address, port)} failed (${code === "" ? String(error) : code}).`);
  }
}
