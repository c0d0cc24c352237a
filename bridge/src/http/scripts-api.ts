import type { IncomingMessage, ServerResponse } from "node:http";
import { projectFromJson, ShareError, type SharedProject } from "@playground/share";
import { type BridgeLimits, MAX_SCRIPT_POST_BYTES, MAX_SCRIPT_POSTS_AT_A_TIME, SCRIPT_POSTS_BURST, SCRIPT_POSTS_PER_SECOND } from "../limits.ts";
import type { Log } from "../log/log.ts";
import { limitOption } from "../over-limit.ts";
import { AddressLimit } from "../scripts/address-limit.ts";
import { isScriptId } from "../scripts/script-id.ts";
import { type ScriptStore, StoreFullError } from "../scripts/script-store.ts";
import { sendJson } from "./json-answer.ts";
import { readBody } from "./request-body.ts";
import type { HostCheck } from "./request-host.ts";
import { sendText } from "./text-answer.ts";

const PATH = "/api/scripts";
const FOREVER = "public, max-age=31536000, immutable";

/** Short links: `POST /api/scripts` keeps a project, `GET /api/scripts/<id>` gives it back. `docs/share-format.md` has the format. */
export class ScriptsApi {
  readonly #store: ScriptStore;
  readonly #hostCheck: HostCheck;
  readonly #clientAddress: (request: IncomingMessage) => string;
  readonly #log: Log;
  readonly #limits: BridgeLimits;
  readonly #reads: AddressLimit;
  readonly #posts = new AddressLimit(SCRIPT_POSTS_PER_SECOND, SCRIPT_POSTS_BURST);
  #postsAtATime = 0;

  constructor(store: ScriptStore, options: { readonly hostCheck: HostCheck; readonly clientAddress: (request: IncomingMessage) => string; readonly log: Log; readonly limits: BridgeLimits }) {
    this.#store = store;
    this.#limits = options.limits;
    this.#reads = new AddressLimit(options.limits.scriptReadsPerSecondPerAddress, options.limits.scriptReadsBurstPerAddress);
    this.#hostCheck = options.hostCheck;
    this.#clientAddress = options.clientAddress;
    this.#log = options.log;
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
    if (!isScriptId(id)) return sendText(response, 404, "There is no script with this id.");
    if (!this.#reads.take(this.#clientAddress(request))) {
      response.setHeader("retry-after", "1");
      return sendText(response, 429, `Your network's address opens more than ${this.#limits.scriptReadsPerSecondPerAddress} short links a second. Wait a moment. (Set by the bridge's option --${limitOption("scriptReadsPerSecondPerAddress")}.)`);
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
    sendJson(response, 200, text, { withBody: request.method === "GET", cacheControl: FOREVER });
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "POST") return refuseMethod(response, "POST");
    // A form or a script of another site cannot send this type without asking first, and nobody would answer.
    if (!/^application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return refuse(response, 415, "Send application/json.");
    if (!this.#posts.take(this.#clientAddress(request))) {
      response.setHeader("retry-after", Math.ceil(1 / SCRIPT_POSTS_PER_SECOND));
      return refuse(response, 429, "Too many short links from this address. Wait a moment; the long link works at once.");
    }
    if (this.#postsAtATime >= MAX_SCRIPT_POSTS_AT_A_TIME) return refuse(response, 503, "Too many short links at the same moment. Try again.");
    this.#postsAtATime += 1;
    try {
      const body = await readBody(request, MAX_SCRIPT_POST_BYTES);
      if (body === undefined) return refuse(response, 413, `A project may have ${MAX_SCRIPT_POST_BYTES} bytes.`);
      const { id, isNew } = await this.#store.save(() => readProject(body), this.#clientAddress(request));
      sendJson(response, isNew ? 201 : 200, { id, url: `/s/${id}` });
    } catch (error) {
      if (error instanceof ShareError) return sendFault(response, error);
      if (!(error instanceof StoreFullError)) throw error;
      this.#log({ level: "warn", event: "script-storage", message: error.message });
      sendText(response, 507, `There is no room for more short links: ${error.message}. The long link works without it.`);
    } finally {
      this.#postsAtATime -= 1;
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

/** Refuses a request whose body is not read to its end: the connection cannot be used again. */
function refuse(response: ServerResponse, status: number, text: string): void {
  response.setHeader("connection", "close");
  sendText(response, status, text);
}
