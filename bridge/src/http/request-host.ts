import type { IncomingMessage } from "node:http";
import { type IpAddress, isOwnAddress, parseTarget } from "@playground/tcp";
import type { ForwardedScheme } from "./client-address.ts";

/** Host and port that a browser says it talks to, as in the `Host` header; the port is empty when it is the default one. */
export interface RequestHost {
  /** Lower case, IPv6 without brackets. */
  readonly name: string;
  readonly port: string;
}

/** Reads `name`, `name:port` or `[::1]:port`. Undefined when it is none of these. */
export function parseHost(text: string | undefined): RequestHost | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:@/\\?#\s[\]]+))(?::(\d{1,5}))?$/.exec(text ?? "");
  if (match === null) return undefined;
  const target = parseTarget(match[1] ?? match[2] ?? "");
  if (target === undefined) return undefined;
  return { name: target.kind === "name" ? target.name : target.address.text, port: match[3] ?? "" };
}

/** What the check needs to know of the rest of the bridge. */
export interface HostSurroundings {
  /** Whether the page cannot be opened at this address of the machine, since scripts have it. Default: never. */
  readonly isForScripts?: (address: IpAddress) => boolean;
  /** The scheme in the browser's address bar; undefined: unknown, and both are taken. */
  readonly schemeOf?: (request: IncomingMessage) => ForwardedScheme | undefined;
}

/** Reads a `--public-host`: a name or an address, with a port where browsers use one that is not standard. */
export function parsePublicHost(text: string): RequestHost {
  return parseHost(text) ?? { name: text, port: "" };
}

/**
 * Decides which hosts and origins a request may name.
 *
 * A web page anywhere can have its reader's browser talk to a bridge on localhost. The browser tells two things that
 * the page cannot change: the origin of the page, and the host name that led here. A foreign page has a foreign origin;
 * one that had its own name rebound to our address (DNS rebinding) has its name in `Host`. An address in `Host` cannot
 * be rebound, so addresses of this machine are always right, but for those that only scripts may be reached at: a page that
 * was opened at one would share its host with whatever a script serves there.
 */
export class HostCheck {
  readonly #publicHosts: ReadonlySet<string>;
  readonly #surroundings: HostSurroundings;
  /** Origins of other sites whose pages may open sessions and frame the page, as `parseOrigin` gives them. */
  readonly embedOrigins: readonly string[];

  /**
   * `publicHosts`: names and addresses besides this machine's own under which the bridge is reached.
   * `embedOrigins`: what the operator has named; see `docs/embedding.md` for what such a site can do.
   */
  constructor(publicHosts: readonly string[], embedOrigins: readonly string[] = [], surroundings: HostSurroundings = {}) {
    this.#publicHosts = new Set(publicHosts.map((text) => parsePublicHost(text).name));
    this.embedOrigins = embedOrigins;
    this.#surroundings = surroundings;
  }

  /** Whether the request's `Host` is one of ours. Gives it, or undefined. */
  ownHost(request: IncomingMessage): RequestHost | undefined {
    const host = parseHost(request.headers.host);
    if (host === undefined || !this.#isOurs(host.name, request)) return undefined;
    return host;
  }

  /**
   * Whether the request comes from a page of this bridge, or from a program that is no browser and sends no `Origin`. Scheme,
   * host and port count: what a script serves at another port of the same host is another site. The scheme counts where
   * a trusted proxy tells it: to the bridge all requests are plain HTTP.
   */
  isOwnOrigin(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return true;
    const match = /^(https?):\/\/(.*)$/.exec(origin);
    const from = parseHost(match?.[2]);
    const host = parseHost(request.headers.host);
    if (match === null || from === undefined || host === undefined) return false;
    const scheme = this.#surroundings.schemeOf?.(request);
    if (scheme !== undefined && scheme !== match[1]) return false;
    const standard = match[1] === "https" ? "443" : "80";
    return from.name === host.name && withoutPort(from.port, standard) === withoutPort(host.port, standard);
  }

  /** Whether a page of this origin may open sessions: one of this bridge's own, or of a site that the operator has named. */
  mayOpenSessions(request: IncomingMessage): boolean {
    return this.isOwnOrigin(request) || this.embedOrigins.includes(request.headers.origin ?? "");
  }

  #isOurs(name: string, request: IncomingMessage): boolean {
    if (name === "localhost" || this.#publicHosts.has(name)) return true;
    const target = parseTarget(name);
    if (target?.kind !== "address" || this.#surroundings.isForScripts?.(target.address) === true) return false;
    return isOwnAddress(target.address) || name === parseTargetText(request.socket.localAddress);
  }
}

function withoutPort(port: string, standard: string): string {
  return port === standard ? "" : port;
}

function parseTargetText(address: string | undefined): string | undefined {
  const target = address === undefined ? undefined : parseTarget(address);
  return target?.kind === "address" ? target.address.text : undefined;
}
