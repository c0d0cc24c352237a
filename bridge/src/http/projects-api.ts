import type { IncomingMessage, ServerResponse } from "node:http";
import { projectFromJson, ShareError, type SharedProject } from "@playground/share";
import type { Ledger } from "../client/ledger.ts";
import { POSTS } from "../client/waiting-kinds.ts";
import { WaitingPlaces } from "../client/waiting-places.ts";
import { type BridgeLimits, LEAST_BODY_BYTES_PER_SECOND, MAX_SCRIPT_POST_BYTES } from "../limits.ts";
import type { Log } from "../log/log.ts";
import { isProjectId } from "../projects/project-id.ts";
import { type ProjectStore, StoreFullError } from "../projects/project-store.ts";
import { sendJson } from "./json-answer.ts";
import { type BodyFault, readBody } from "./request-body.ts";
import type { HostCheck } from "./request-host.ts";
import type { ResponseBodies } from "./response-bodies.ts";
import { sendText } from "./text-answer.ts";

const PATH = "/api/scripts";
const FOREVER = "public, max-age=31536000, immutable";

/** Short links: `POST /api/scripts` keeps a project, `GET /api/scripts/<id>` gives it back. `docs/share-format.md` has the format. */
export class ProjectsApi {
  readonly #store: ProjectStore;
  readonly #hostCheck: HostCheck;
  readonly #log: Log;
  readonly #clientAddress: (request: IncomingMessage) => string;
  readonly #ledger: Ledger;
  readonly #posts: WaitingPlaces;
  readonly #bodies: ResponseBodies;

  constructor(
    store: ProjectStore,
    options: {
      readonly hostCheck: HostCheck;
      readonly clientAddress: (request: IncomingMessage) => string;
      readonly ledger: Ledger;
      readonly limits: BridgeLimits;
      readonly log: Log;
      readonly bodies: ResponseBodies;
    },
  ) {
    this.#store = store;
    this.#hostCheck = options.hostCheck;
    this.#clientAddress = options.clientAddress;
    this.#ledger = options.ledger;
    this.#log = options.log;
    this.#bodies = options.bodies;
    this.#posts = new WaitingPlaces(options.limits, POSTS);
  }

  /** Whether a path is for this to answer. */
  static owns(path: string): boolean {
    return path === PATH || path.startsWith(`${PATH}/`);
  }

  /** Answers a request whose `Host` has been checked. */
  async answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#hostCheck.isOwnOrigin(request)) return sendText(response, 403, "Pages of other sites may not use this bridge.");
    try {
      if (path === PATH) await this.#post(request, response);
      else await this.#get(path.slice(PATH.length + 1), request, response);
    } catch (error) {
      this.#log({ level: "error", event: "script-storage", message: error instanceof Error ? error.message : String(error) });
      sendText(response, 503, "The storage of the bridge does not answer. The long link works without it.");
    }
  }

  async #get(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") return refuseMethod(response, "GET, HEAD");
    if (!isProjectId(id)) return sendText(response, 404, "There is no script with this id.");
    const tooMany = this.#ledger.of(this.#clientAddress(request)).take("scriptReads");
    if (tooMany !== undefined) {
      response.setHeader("retry-after", "1");
      return sendText(response, 429, tooMany.message);
    }
    const text = await this.#store.load(id);
    if (text === undefined) return sendText(response, 404, "There is no script with this id.");
    const etag = `"${id}"`;
    response.setHeader("etag", etag);
    if (request.headers["if-none-match"] === etag) {
      response.setHeader("cache-control", FOREVER);
      response.writeHead(304).end();
      return;
    }
    sendJson(response, 200, text, { withBody: request.method === "GET", cacheControl: FOREVER, send: (to, body) => this.#bodies.send(to, body) });
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return refuseMethod(response, "POST");
    // A form or a script of another site cannot send this type without asking first, and nobody would answer.
    if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return refuse(response, 415, "Send application/json.");
    const client = this.#clientAddress(request);
    const account = this.#ledger.of(client);
    const tooMany = account.take("shortLinks");
    if (tooMany !== undefined) {
      response.setHeader("retry-after", Math.ceil(account.waitMs("shortLinks") / 1000));
      return refuse(response, 429, tooMany.message);
    }
    const place = this.#posts.take(account, ({ message }) => refuse(response, 503, message));
    if ("code" in place) {
      response.setHeader("retry-after", 1);
      return refuse(response, 503, place.message);
    }
    place.serve();
    try {
      const body = await readBody(request, MAX_SCRIPT_POST_BYTES);
      if (response.writableEnded) return;
      if (typeof body === "string") return refuseBody(response, body);
      const { id, isNew } = await this.#store.save(() => readProject(body), client);
      if (!response.writableEnded) sendJson(response, isNew ? 201 : 200, { id, url: `/s/${id}` });
    } catch (error) {
      if (error instanceof ShareError) return sendFault(response, error);
      if (!(error instanceof StoreFullError)) throw error;
      this.#log({ level: "warn", event: "script-storage", message: error.message });
      sendText(response, 507, `There is no space for more short links: ${error.message}. The long link works without it.`);
    } finally {
      place.leave();
    }
  }
}

/** The project in the body of a POST. @throws {ShareError} */
function readProject(body: Buffer): SharedProject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    throw new ShareError("not-json", `the body is no JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== "object" || value === null || !("version" in value) || typeof value.version !== "number" || !("project" in value)) {
    throw new ShareError("invalid", 'the body should be {"version":1,"project":…}', "");
  }
  return projectFromJson(value.version, value.project);
}

function sendFault(response: ServerResponse, { code, message, path }: ShareError): void {
  sendJson(response, code === "too-large" ? 413 : 400, { code, message, ...(path !== undefined && { path }) });
}

function refuseMethod(response: ServerResponse, allow: string): void {
  response.setHeader("allow", allow);
  refuse(response, 405, `Only ${allow} is answered here.`);
}

function refuseBody(response: ServerResponse, fault: BodyFault): void {
  if (fault === "too-slow")
    return refuse(response, 408, `A project has to come with ${LEAST_BODY_BYTES_PER_SECOND} bytes a second at least. Try again; the long link works at once.`);
  refuse(response, 413, `A project may have at most ${MAX_SCRIPT_POST_BYTES} bytes.`);
}

/** Refuses a request whose body is not read to its end: the connection cannot be used again. */
function refuse(response: ServerResponse, status: number, text: string): void {
  response.setHeader("connection", "close");
  sendText(response, status, text);
}
