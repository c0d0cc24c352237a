import { domainToUnicode } from "node:url";
import { endpointText, type NetworkErrorCode, type NetworkFailure } from "@playground/network";

/** Who opens sockets for scripts: a bridge, somewhere else, or the computer that the script runs on. It decides what a sentence calls that place. */
export type Opener = "bridge" | "here";

const WORDS: Readonly<
  Record<Opener, { readonly from: string; readonly system: string; readonly room: string; readonly rights: string; readonly resolver: string }>
> = {
  bridge: {
    from: "from the bridge's machine",
    system: "The operating system of the bridge",
    room: "The bridge has no room",
    rights: "rights that the bridge does not have",
    resolver: "the bridge's name server",
  },
  here: {
    from: "from this computer",
    system: "The operating system",
    room: "This computer has no room",
    rights: "rights that this program does not have",
    resolver: "the name server",
  },
};

/** A failure as scripts are told of it. The sentence names the value at fault and says what to do. */
export function failure(code: NetworkErrorCode, message: string): NetworkFailure {
  return { code, message };
}

/** The `code` of an error of Node's or the operating system's, such as `ECONNREFUSED`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Why a connection could not be made. `where` is what the script asked for. */
export function connectFailure(error: unknown, where: string, opener: Opener): NetworkFailure {
  const code = systemCode(error);
  const words = WORDS[opener];
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
      return failure("host-unreachable", `${where} cannot be reached ${words.from} (${code}). Check the address and the network.`);
    case "ECONNRESET":
    case "EPIPE":
      return failure("connection-reset", `${where} broke the connection off while it was being made. Try again.`);
    case "EACCES":
    case "EPERM":
      return failure("permission-denied", `${words.system} forbids a connection to ${where} (${code}). Check its firewall.`);
    case "EMFILE":
    case "ENFILE":
    case "ENOBUFS":
    case "ENOMEM":
      return failure("limit-exceeded", `${words.room} for a connection to ${where} (${code}). Close other connections and try again.`);
    default:
      return failure("internal", `The connection to ${where} failed (${code === "" ? String(error) : code}).`);
  }
}

/** The peer was faster: when the connection was there, the kernel had forgotten it already. */
export function brokenAtOnce(where: string): NetworkFailure {
  return failure("connection-reset", `${where} accepted the connection and broke it off at once.`);
}

/** Why an open connection broke. */
export function brokenFailure(error: unknown, where: string): NetworkFailure {
  const code = systemCode(error);
  if (code === "ETIMEDOUT") return failure("timed-out", `The connection with ${where} was lost: the other side no longer answers.`);
  return failure("connection-reset", `The connection with ${where} was reset by the other side.`);
}

/** Why a port could not be bound. */
export function listenFailure(error: unknown, address: string, port: number, opener: Opener): NetworkFailure {
  const code = systemCode(error);
  const words = WORDS[opener];
  switch (code) {
    case "EADDRINUSE":
      return failure("address-in-use", `Port ${port} is already in use. Stop the program that listens on it, or choose another port.`);
    case "EADDRNOTAVAIL":
    case "EAFNOSUPPORT":
      return notOurAddress(address);
    case "EACCES":
    case "EPERM":
      return failure("permission-denied", `Port ${port} needs ${words.rights}. Choose a port from 1024 to 65535.`);
    case "EMFILE":
    case "ENFILE":
    case "ENOBUFS":
    case "ENOMEM":
      return failure("limit-exceeded", `${words.room} to listen on port ${port} (${code}). Close other connections and try again.`);
    default:
      return failure("internal", `Listening on ${endpointText(address, port)} failed (${code === "" ? String(error) : code}).`);
  }
}

/** A script wants to listen on an address of another machine. */
export function notOurAddress(address: string): NetworkFailure {
  return failure("address-not-ours", `${address} is not an address of this machine. Listen on "0.0.0.0", or leave the address out.`);
}

/** A script wants to listen on a name. */
export function nameToListenOn(name: string): NetworkFailure {
  return failure("address-not-ours", `"${name}" is a name; listen on an IP address of this machine, or leave the address out.`);
}

/** The host that the script gave is neither an address nor a name. */
export function notAnAddress(host: string): NetworkFailure {
  return failure(
    "invalid-address",
    `${JSON.stringify(host)} is neither a host name nor an IP address. Write addresses as four decimal numbers, such as 127.0.0.1, or as IPv6.`,
  );
}

/** Nobody knows a name. */
export function unknownHost(name: string): NetworkFailure {
  return failure("unknown-host", `No host is called "${domainToUnicode(name)}". Check the spelling, or use an IP address.`);
}

/** The name may exist, but nobody is there to say so. */
export function noNameServer(name: string, opener: Opener): NetworkFailure {
  return failure(
    "unknown-host",
    `The name "${name}" could not be looked up: ${WORDS[opener].resolver} did not answer. Check the spelling, or use an IP address.`,
  );
}
