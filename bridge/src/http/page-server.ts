import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";
import { parseRoomPath, randomRoomName } from "../room/room-name.ts";
import { allowForeignReaders, answerEmbedding, EMBEDDING_PATH } from "./embedding.ts";
import { acceptedEncoding } from "./accepted-encoding.ts";
import { FileCache } from "./file-cache.ts";
import { sendJson } from "./json-answer.ts";
import { MetricsPage } from "./metrics-page.ts";
import { mediaType } from "./media-type.ts";
import type { HostCheck } from "./request-host.ts";
import { ScriptsApi } from "./scripts-api.ts";
import { securityHeaders, workerPolicy } from "./security-headers.ts";
import { sendText } from "./text-answer.ts";

/** A file whose name holds a hash of its content, of the eight characters that the build takes, never changes. */
const HASHED_NAME = /^\/assets\/.*-[A-Za-z0-9_-]{8}\.[a-z0-9]+(?:\.map)?$/;
const SHORT_LINK = /^\/s\/[^/]+$/;
const FOREVER = "public, max-age=31536000, immutable";

/** What `/healthz` tells: 200 as long as the bridge takes sessions, 503 while it is being stopped. */
export interface Health {
  readonly status: "ok" | "stopping";
  readonly [count: string]: string | number;
}

/** Serves the built page: `/` leads to a new room, `/room/<name>/` and `/s/<id>` are the page, everything else a file of it. */
export class PageServer {
  readonly #directory: string;
  readonly #hostCheck: HostCheck;
  readonly #health: () => Health;
  readonly #metrics: MetricsPage | undefined;
  readonly #scripts: ScriptsApi | undefined;
  readonly #files = new FileCache();

  /** `health`: what `/healthz` answers. `metrics` and `scripts`: answer for `/metrics` and short links, where there are any. */
  constructor(directory: string, hostCheck: HostCheck, health: () => Health, { metrics, scripts }: { readonly metrics?: MetricsPage; readonly scripts?: ScriptsApi }) {
    this.#directory = directory;
    this.#hostCheck = hostCheck;
    this.#health = health;
    this.#metrics = metrics;
    this.#scripts = scripts;
  }

  /** Answers one request. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch {
      // A file that vanished or cannot be read; the request is this client's, the process everybody's.
      if (response.headersSent) response.destroy();
      else sendText(response, 500, "The bridge could not read this file.");
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = readPath(request.url ?? "");
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (path === "/healthz" && isRead) {
      const health = this.#health();
      sendJson(response, health.status === "ok" ? 200 : 503, health, { withBody: request.method === "GET" });
      return;
    }
    const host = this.#hostCheck.ownHost(request);
    for (const [name, value] of Object.entries(securityHeaders(host, this.#hostCheck.embedOrigins))) response.setHeader(name, value);
    if (host === undefined) {
      sendText(response, 421, `The bridge does not go by the name in this address. If it should, start it with --public-host NAME.`);
      return;
    }
    if (path === EMBEDDING_PATH && isRead) {
      answerEmbedding(this.#hostCheck, request, response);
      return;
    }
    if (this.#metrics !== undefined && path === MetricsPage.PATH) {
      this.#metrics.answer(request, response);
      return;
    }
    if (this.#scripts !== undefined && path !== undefined && ScriptsApi.owns(path)) {
      await this.#scripts.answer(path, request, response);
      return;
    }
    if (!isRead) {
      response.setHeader("allow", "GET, HEAD");
      sendText(response, 405, "Only GET and HEAD are answered here.");
      return;
    }
    if (path === undefined) {
      sendText(response, 400, "The path of this address cannot be read.");
      return;
    }
    if (path === "/") {
      redirect(response, `/room/${randomRoomName()}/`);
      return;
    }
    if (path === "/embed") {
      redirect(response, (request.url ?? "").replace("/embed", "/embed/"));
      return;
    }
    await this.#sendPath(path, request, response);
  }

  async #sendPath(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whether there is such a script, the page finds out, and says so in the reader's language.
    if (SHORT_LINK.test(path)) return this.#sendPage(request, response);
    const room = parseRoomPath(path);
    if (path === "/embed/" && (await this.#sendFile("/embed/index.html", request, response))) return;
    if (room === undefined) {
      if (!(await this.#sendFile(path, request, response))) sendText(response, 404, "There is nothing here. The page is at /.");
      return;
    }
    if (room.name === undefined) {
      sendText(response, 404, "This is not the name of a room: letters, digits, - and _, at most 64 of them.");
    } else if (!room.hasSlash) {
      redirect(response, `/room/${room.name}/`);
    } else {
      await this.#sendPage(request, response);
    }
  }

  async #sendPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.#sendFile("/index.html", request, response)) return;
    sendText(response, 503, "The page has not been built yet. Run `npm start`, or `npm run build:page`, and reload.");
  }

  async #sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const file = await this.#files.get(join(this.#directory, ...path.split("/")));
    if (file === undefined) return false;
    response.setHeader("cache-control", HASHED_NAME.test(path) ? FOREVER : "no-cache");
    response.setHeader("vary", "accept-encoding");
    allowForeignReaders(path, response);
    const policy = workerPolicy(path, this.#hostCheck.ownHost(request));
    if (policy !== undefined) response.setHeader("content-security-policy", policy);
    const { bytes, encoding } = await file.body(acceptedEncoding(request.headers["accept-encoding"]?.toString()));
    // The encoded forms are different bodies, so they have different tags (RFC 9110, section 8.8.3.3).
    const etag = encoding === "identity" ? file.etag : `${file.etag.slice(0, -1)}-${encoding}"`;
    response.setHeader("etag", etag);
    if (matches(request.headers["if-none-match"], etag)) {
      response.writeHead(304).end();
      return true;
    }
    if (encoding !== "identity") response.setHeader("content-encoding", encoding);
    response.writeHead(200, { "content-type": mediaType(path), "content-length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
    return true;
  }
}

/**
 * The decoded path of a request's target, or undefined when it is none that can be served: one that climbs, that
 * hides a separator, that names a hidden file, or that is not UTF-8.
 */
function readPath(target: string): string | undefined {
  const raw = target.split(/[?#]/, 1)[0] ?? "";
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || /[\0\\]/.test(path) || (sep !== "/" && path.includes(sep))) return undefined;
  // Encoded separators would split what the sender meant as one name.
  if (/%2f/i.test(raw)) return undefined;
  return path.split("/").some((segment) => segment.startsWith(".")) ? undefined : path;
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}

function redirect(response: ServerResponse, to: string): void {
  response.setHeader("cache-control", "no-store");
  response.writeHead(302, { location: to, "content-length": 0 }).end();
}
