import type { IncomingMessage, ServerResponse } from "node:http";
import { type Cidr, cidrContains, parseIpAddress } from "@playground/tcp";
import { PROMETHEUS_MEDIA_TYPE } from "../metrics/prometheus-text.ts";
import type { ClientAddresses } from "./client-address.ts";
import { sendText } from "./text-answer.ts";

/** Answers `/metrics`, to those who may read it. */
export class MetricsPage {
  static readonly PATH = "/metrics";
  readonly #addresses: ClientAddresses;
  readonly #readers: readonly Cidr[];
  readonly #metrics: () => string;

  constructor(addresses: ClientAddresses, readers: readonly Cidr[], metrics: () => string) {
    this.#addresses = addresses;
    this.#readers = readers;
    this.#metrics = metrics;
  }

  /** Answers a request whose `Host` has been checked. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      sendText(response, 405, "Only GET and HEAD are answered here.");
      return;
    }
    if (!this.#mayRead(request)) {
      sendText(response, 403, "The metrics are not for this address; --metrics can add it.");
      return;
    }
    const body = Buffer.from(this.#metrics());
    response.setHeader("cache-control", "no-store");
    response.writeHead(200, { "content-type": PROMETHEUS_MEDIA_TYPE, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  /** A proxy on this machine that is not trusted makes everybody look like this machine, so what came through one is refused. */
  #mayRead(request: IncomingMessage): boolean {
    if (this.#addresses.isForwarded(request)) return false;
    const client = parseIpAddress(this.#addresses.of(request));
    return client !== undefined && this.#readers.some((range) => cidrContains(range, client));
  }
}
