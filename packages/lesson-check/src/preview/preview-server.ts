import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Pages that are told of changes at a time: those of one author. */
const MAX_WATCHING = 20;

/** Behind a file's name, the address that tells of its changes. */
const CHANGES = ".changes";

/** Serves the files of a preview to pages of one origin, and tells them of changes (server-sent events). This computer alone reaches it. */
export class PreviewServer {
  readonly #server: Server;
  readonly #origin: string;
  readonly #text: (name: string) => string | undefined;
  readonly #watching = new Set<ServerResponse>();

  private constructor(server: Server, origin: string, text: (name: string) => string | undefined) {
    this.#server = server;
    this.#origin = origin;
    this.#text = text;
    server.on("request", (request, response) => this.#answer(request, response));
  }

  /** `port`: 0 for any free one, which is taken too where this one is not free. `text` gives a file by its name. */
  static async start(port: number, origin: string, text: (name: string) => string | undefined): Promise<PreviewServer> {
    const server = createServer();
    const listening = async (wanted: number): Promise<void> =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(wanted, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
    await listening(port).catch(async () => listening(0));
    return new PreviewServer(server, origin, text);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  tellChange(): void {
    for (const response of this.#watching) response.write("data: changed\n\n");
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader("access-control-allow-origin", this.#origin);
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    const name = (request.url ?? "").slice(1);
    // A name that was made to lead here is another site's.
    if (request.headers.host !== new URL(this.url).host) return end(response, 421);
    if (request.method !== "GET") return end(response, 405);
    if (name.endsWith(CHANGES) && this.#text(name.slice(0, -CHANGES.length)) !== undefined) return this.#watch(response);
    const text = this.#text(name);
    if (text === undefined) return end(response, 404);
    response.writeHead(200, { "content-type": "application/json" }).end(text);
  }

  #watch(response: ServerResponse): void {
    if (this.#watching.size >= MAX_WATCHING) return end(response, 503);
    this.#watching.add(response);
    response.on("close", () => this.#watching.delete(response));
    response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n\n");
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
