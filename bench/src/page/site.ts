import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A site on loopback, with one page. */
export interface Site {
  readonly origin: string;
  /** HTML. */
  page: string;
}

/** Has a site of its own while `measure` runs. A page that is put in on its way would be of no address, which Chromium lets ask nothing of loopback. */
export async function withSite<T>(measure: (site: Site) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(site.page));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const site: Site = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, page: "" };
  try {
    return await measure(site);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
