import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";
import { FROM_SITE_PARAMETER, isLoopbackHost, MAX_ROOM_NAME_LENGTH } from "@playground/network";
import { parseRoomPath, randomRoomName } from "../room/room-name.ts";
import { allowForeignReaders, answerEmbedding, EMBEDDING_PATH } from "./embedding.ts";
import { acceptedEncoding } from "./accepted-encoding.ts";
import { type CachedFile, FileCache } from "./file-cache.ts";
import { inlineScriptSources } from "./inline-scripts.ts";
import { sendJson } from "./json-answer.ts";
import { MetricsPage } from "./metrics-page.ts";
import { mediaType } from "./media-type.ts";
import { type HostCheck, parseHost } from "./request-host.ts";
import type { ResponseBodies } from "./response-bodies.ts";
import { ProjectsApi } from "./projects-api.ts";
import { pagePolicy, securityHeaders, workerPolicy } from "./security-headers.ts";
import { sendText } from "./text-answer.ts";

/** A file whose name holds a hash of its content, of the eight characters that the build takes, never changes. */
const HASHED_NAME = /^\/assets\/.*-[A-Za-z0-9_-]{8}\.[a-z0-9]+(?:\.map)?$/;
/** A short link, with whatever a chat has put behind it. */
const SHORT_LINK = /^\/s\/[^/]/i;
/** Longest name of a host, characters (RFC 1035). */
const MAX_SHOWN_NAME = 253;
const FOREVER = "public, max-age=31536000, immutable";

/** What `/healthz` tells: 200 as long as the bridge takes sessions, 503 while it is being stopped. Counts and links are for this machine only. */
export interface Health {
  readonly status: "ok" | "stopping";
  /** By which other computers reach the page. */
  readonly links?: readonly string[];
  readonly [count: string]: string | number | readonly string[] | undefined;
}

/** What a page server answers with, besides the files of the page. */
interface PageServerParts {
  readonly bodies: ResponseBodies;
  /** Answer for `/metrics` and short links, where there are any. */
  readonly metrics?: MetricsPage;
  readonly projects?: ProjectsApi;
  /** The room that `/` leads to; a new one each time without it. */
  readonly room?: string;
}

/** Serves the built page: `/` leads to a room, `/room/<name>/` and `/s/<id>` are the page, everything else a file of it. */
export class PageServer {
  readonly #directory: string;
  readonly #hostCheck: HostCheck;
  readonly #health: (request: IncomingMessage) => Health;
  readonly #metrics: MetricsPage | undefined;
  readonly #projects: ProjectsApi | undefined;
  readonly #bodies: ResponseBodies;
  readonly #room: string | undefined;
  readonly #files = new FileCache();
  /** The scripts in the HTML of a page, as sources of its policy. */
  readonly #scripts = new WeakMap<CachedFile, readonly string[]>();

  /** `health`: what `/healthz` answers. */
  constructor(directory: string, hostCheck: HostCheck, health: (request: IncomingMessage) => Health, { bodies, metrics, projects, room }: PageServerParts) {
    this.#directory = directory;
    this.#hostCheck = hostCheck;
    this.#health = health;
    this.#bodies = bodies;
    this.#metrics = metrics;
    this.#projects = projects;
    this.#room = room;
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
    const host = this.#hostCheck.ownHost(request);
    for (const [name, value] of Object.entries(securityHeaders(host, this.#hostCheck.embedOrigins))) response.setHeader(name, value);
    if (host === undefined) {
      sendText(response, 421, notItsName(parseHost(request.headers.host)?.name));
      return;
    }
    if (path === "/healthz" && isRead) {
      const health = this.#health(request);
      sendJson(response, health.status === "ok" ? 200 : 503, health, { withBody: request.method === "GET" });
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
    if (this.#projects !== undefined && path !== undefined && ProjectsApi.owns(path)) {
      await this.#projects.answer(path, request, response);
      return;
    }
    if (!isRead) {
      response.setHeader("allow", "GET, HEAD");
      sendText(response, 405, "Only GET and HEAD are answered here.");
      return;
    }
    if (path === undefined) {
      await this.#sendNothing("The path of this address cannot be read.", request, response, 400);
      return;
    }
    if (path === "/") {
      redirect(response, `/room/${this.#room ?? randomRoomName()}/?${FROM_SITE_PARAMETER}`);
      return;
    }
    if (path === "/embed") {
      redirect(response, `/embed/${queryOf(request)}`);
      return;
    }
    await this.#sendPath(path, request, response);
  }

  async #sendPath(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whether there is such a project, the page finds out, and says so in the reader's language.
    if (SHORT_LINK.test(path)) return this.#sendPage(request, response);
    const room = parseRoomPath(path);
    if (path === "/embed/" && (await this.#sendFile("/embed/index.html", request, response))) return;
    if (room === undefined) {
      if (await this.#sendFile(path, request, response)) return;
      await this.#sendNothing("There is nothing here. The page is at /.", request, response);
    } else if (room.name === undefined) {
      await this.#sendNothing(`This is not the name of a room: letters a to z, digits, - and _, at most ${MAX_ROOM_NAME_LENGTH} of them.`, request, response);
    } else if (!room.isExact) {
      redirect(response, `/room/${room.name}/${queryOf(request)}`);
    } else {
      await this.#sendPage(request, response);
    }
  }

  /** A reader who has followed a link gets the page, which says in their language what is wrong with it; programs get a line of text. */
  async #sendNothing(text: string, request: IncomingMessage, response: ServerResponse, status: 400 | 404 = 404): Promise<void> {
    const isReader = (request.headers.accept ?? "").includes("text/html");
    if (isReader && (await this.#sendFile("/index.html", request, response, status))) return;
    sendText(response, status, text);
  }

  async #sendPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.#sendFile("/index.html", request, response)) return;
    sendText(response, 503, "The page has not been built yet. Run `npm start`, or `npm run build:page`, and reload.");
  }

  async #sendFile(path: string, request: IncomingMessage, response: ServerResponse, status: 200 | 400 | 404 = 200): Promise<boolean> {
    const file = await this.#files.get(join(this.#directory, ...path.split("/")));
    if (file === undefined) return false;
    response.setHeader("cache-control", HASHED_NAME.test(path) ? FOREVER : "no-cache");
    response.setHeader("vary", "accept-encoding");
    allowForeignReaders(path, response);
    const policy = this.#policyOf(path, file, request);
    if (policy !== undefined) response.setHeader("content-security-policy", policy);
    const { bytes, encoding } = await file.body(acceptedEncoding(request.headers["accept-encoding"]?.toString()));
    // The encoded forms are different bodies, so they have different tags (RFC 9110, section 8.8.3.3).
    const etag = encoding === "identity" ? file.etag : `${file.etag.slice(0, -1)}-${encoding}"`;
    response.setHeader("etag", etag);
    if (status === 200 && matches(request.headers["if-none-match"], etag)) {
      response.writeHead(304).end();
      return true;
    }
    if (encoding !== "identity") response.setHeader("content-encoding", encoding);
    response.writeHead(status, { "content-type": mediaType(path), "content-length": bytes.length });
    if (request.method === "HEAD") response.end();
    else this.#bodies.send(response, bytes);
    return true;
  }

  /** The policy of a file that has one of its own: a page with scripts in it, or a worker's script. */
  #policyOf(path: string, file: CachedFile, request: IncomingMessage): string | undefined {
    const host = this.#hostCheck.ownHost(request);
    if (!path.endsWith(".html")) return workerPolicy(path, host);
    let scripts = this.#scripts.get(file);
    if (scripts === undefined) {
      scripts = inlineScriptSources(file.bytes.toString());
      this.#scripts.set(file, scripts);
    }
    return pagePolicy(host, this.#hostCheck.embedOrigins, scripts);
  }
}

/**
 * Whoever opens the page by a name that the bridge does not know reads this in the place of the page, which would be in their language: both
 * languages, then. It says what to type, for whoever runs the bridge.
 */
function notItsName(name = "NAME"): string {
  // The addresses of rooms are scripts': nothing makes the page be there.
  if (isLoopbackHost(name))
    return "The page is not at this address. Open it by the one that the bridge prints at the start.\n\nПо этому адресу страницы нет. Откройте её по тому, который мост печатает при запуске.";
  const shown = name.length > MAX_SHOWN_NAME ? "NAME" : name;
  return [
    `The bridge does not go by the name in this address. If it should, start it with --public-host ${shown}, or open the page by an address that it prints at the start.`,
    `Мост не отвечает по имени, которое стоит в этом адресе. Если должен, запустите его с --public-host ${shown} или откройте страницу по адресу, который он печатает при запуске.`,
  ].join("\n\n");
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

/** The query of a request's target, with its "?"; empty without one. */
function queryOf(request: IncomingMessage): string {
  const target = request.url ?? "";
  const from = target.indexOf("?");
  return from === -1 ? "" : target.slice(from);
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}

function redirect(response: ServerResponse, to: string): void {
  response.setHeader("cache-control", "no-store");
  response.writeHead(302, { location: to, "content-length": 0 }).end();
}
