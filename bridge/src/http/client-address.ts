import type { IncomingMessage } from "node:http";
import { type Cidr, cidrContains } from "../address/cidr.ts";
import { type IpAddress, parseIpAddress } from "../address/ip-address.ts";

/** Finds the address of the client behind the proxies that may name it. */
export class ClientAddresses {
  readonly #trustedProxies: readonly Cidr[];

  /** `trustedProxies`: whose `X-Forwarded-For` is believed. Nobody else's is: it is just what a client says. */
  constructor(trustedProxies: readonly Cidr[]) {
    this.#trustedProxies = trustedProxies;
  }

  /**
   * The canonical IP address that a request comes from: the socket's, or the right-most one of `X-Forwarded-For` that is
   * none of a trusted proxy's, as each proxy adds the address that it was reached from at the end. Something that is no
   * address ends the search: what stands to the left of it was not written by a proxy that is trusted.
   */
  readonly of = (request: IncomingMessage): string => {
    let client = socketAddress(request);
    if (client === undefined) return "";
    const forwarded = (request.headers["x-forwarded-for"] ?? "").toString().split(",");
    while (this.#isTrusted(client)) {
      const next = parseForwarded(forwarded.pop());
      if (next === undefined) break;
      client = next;
    }
    return client.text;
  };

  /** Whether a request came through a proxy, by what it says: one that is not trusted makes its clients look like itself. */
  isForwarded(request: IncomingMessage): boolean {
    const { headers } = request;
    const isThere = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined || headers["x-real-ip"] !== undefined || headers.via !== undefined;
    const address = socketAddress(request);
    return isThere && !(address !== undefined && this.#isTrusted(address));
  }

  #isTrusted(address: IpAddress): boolean {
    return this.#trustedProxies.some((range) => cidrContains(range, address));
  }
}

function socketAddress(request: IncomingMessage): IpAddress | undefined {
  // A link-local address comes with the name of its interface.
  return parseIpAddress((request.socket.remoteAddress ?? "").replace(/%.*/, ""));
}

function parseForwarded(text: string | undefined): IpAddress | undefined {
  return parseIpAddress((text ?? "").trim().replace(/^\[(.*)\]$/, "$1"));
}
