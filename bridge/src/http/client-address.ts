import type { IncomingMessage } from "node:http";
import { type Cidr, cidrContains, type IpAddress, LOOPBACK_OF_HOST, LOOPBACK_V6, parseIpAddress } from "@playground/tcp";

/** Stands for the address of a client that nobody knows: all of them are one client to limits, and may read no metrics. */
export const UNKNOWN_CLIENT = "unknown";

/** Where programs of this machine come from over loopback: the rest of 127.0.0.0/8 belongs to rooms, of this bridge or another one. */
export const THIS_MACHINE: readonly Cidr[] = [LOOPBACK_OF_HOST, LOOPBACK_V6];

/** Headers by which a proxy shows; a client of its own can write them as well. */
const FORWARDING_HEADERS = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded", "via"] as const;

/** The scheme in the browser's address bar, as a proxy tells it; `unreadable` is what no browser has. */
export type ForwardedScheme = "http" | "https" | "unreadable";

/** Finds the address of the client behind the proxies that may name it. */
export class ClientAddresses {
  readonly #trustedProxies: readonly Cidr[];
  /** Of the socket that was asked for last: a crowd comes from one address. */
  #last: { readonly text: string; readonly client: string | undefined } | undefined;

  /** `trustedProxies`: whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Nobody else's are: they are just what a client says. */
  constructor(trustedProxies: readonly Cidr[]) {
    this.#trustedProxies = trustedProxies;
  }

  /**
   * The canonical IP address that a request comes from: the socket's, or the right-most one of `X-Forwarded-For` that is
   * none of a trusted proxy's, as each proxy adds the address that it was reached from at the end.
   *
   * `UNKNOWN_CLIENT` where a trusted proxy names nobody that can be read: what stands to the left of it was not written by a
   * proxy that is trusted, and the proxy itself is not the client. `Forwarded` is not read, since proxies pass on what
   * a client wrote into it.
   */
  readonly of = (request: IncomingMessage): string => {
    let client = socketAddress(request);
    if (client === undefined) return UNKNOWN_CLIENT;
    const header = request.headers["x-forwarded-for"]?.toString();
    // A request of the proxy's machine itself, unless something shows that it passes on someone else's.
    if (header === undefined) return this.#isTrusted(client) && hasForwardingHeader(request) ? UNKNOWN_CLIENT : client.text;
    const forwarded = header.split(",");
    while (this.#isTrusted(client) && forwarded.length > 0) {
      const next = parseForwarded(forwarded.pop() ?? "");
      if (next === undefined) return UNKNOWN_CLIENT;
      client = next;
    }
    return client.text;
  };

  /** The canonical IP address of the client of a connection; undefined for a trusted proxy, behind which there are many. */
  ofSocket({ remoteAddress = "" }: { readonly remoteAddress?: string | undefined }): string | undefined {
    if (this.#last?.text !== remoteAddress) {
      const address = parseSocketAddress(remoteAddress);
      this.#last = { text: remoteAddress, client: address !== undefined && this.#isTrusted(address) ? undefined : (address?.text ?? UNKNOWN_CLIENT) };
    }
    return this.#last.client;
  }

  /** Whether a request came through a proxy, by what it says: one that is not trusted makes its clients look like itself. */
  isForwarded(request: IncomingMessage): boolean {
    const address = socketAddress(request);
    return hasForwardingHeader(request) && !(address !== undefined && this.#isTrusted(address));
  }

  /** Whether a request comes from this machine, by loopback and through no proxy. */
  isFromThisMachine(request: IncomingMessage): boolean {
    const address = socketAddress(request);
    return address !== undefined && THIS_MACHINE.some((range) => cidrContains(range, address)) && !hasForwardingHeader(request);
  }

  /** The scheme that the client's browser used, where a trusted proxy tells it: the bridge itself sees plain HTTP only. */
  readonly schemeOf = (request: IncomingMessage): ForwardedScheme | undefined => {
    const address = socketAddress(request);
    const header = request.headers["x-forwarded-proto"]?.toString();
    if (header === undefined || address === undefined || !this.#isTrusted(address)) return undefined;
    // The first proxy writes its scheme first; some say `wss` for the upgrade to a WebSocket.
    switch (header.split(",", 1)[0]?.trim().toLowerCase()) {
      case "http":
      case "ws":
        return "http";
      case "https":
      case "wss":
        return "https";
      default:
        return "unreadable";
    }
  };

  #isTrusted(address: IpAddress): boolean {
    return this.#trustedProxies.some((range) => cidrContains(range, address));
  }
}

function hasForwardingHeader({ headers }: IncomingMessage): boolean {
  return FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
}

function socketAddress(request: IncomingMessage): IpAddress | undefined {
  return parseSocketAddress(request.socket.remoteAddress ?? "");
}

function parseSocketAddress(text: string): IpAddress | undefined {
  // A link-local address comes with the name of its interface.
  return parseIpAddress(text.replace(/%.*/, ""));
}

/** Reads one element of `X-Forwarded-For`: an address, as some proxies write it with a port (`1.2.3.4:567`, `[2001:db8::1]:443`). */
function parseForwarded(element: string): IpAddress | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([0-9.]{7,15})|([0-9A-Fa-f:.]{2,45}))(?::(\d{1,5}))?$/.exec(element.trim());
  if (match === null || Number(match[4] ?? 1) < 1 || Number(match[4] ?? 1) > 65_535) return undefined;
  const [, bracketed, dotted, bare, port] = match;
  if (bracketed !== undefined && !bracketed.includes(":")) return undefined;
  // Without brackets an IPv6 address ends where its port would begin.
  if (bare !== undefined) return parseIpAddress(port === undefined ? bare : `${bare}:${port}`);
  return parseIpAddress(bracketed ?? dotted ?? "");
}
