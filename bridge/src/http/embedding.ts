import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./json-answer.ts";
import type { HostCheck } from "./request-host.ts";

/** Where a page of another site asks whether it may open sessions: a refused WebSocket tells a page nothing. */
export const EMBEDDING_PATH = "/api/embedding";

/** The element's script, and the hashed files that it loads. */
const EMBEDDABLE = /^\/(?:embed|assets)\//;

/** Answers `{"allowed":…}` for the page that asks. Any page may: it learns nothing but what a try would tell it. */
export function answerEmbedding(hostCheck: HostCheck, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  response.setHeader("vary", "origin");
  sendJson(response, 200, { allowed: hostCheck.mayOpenSessions(request) }, { withBody: request.method === "GET" });
}

/** Lets pages of other sites load the files of `<zone-playground>`: they are the same for everyone and hold no secret. */
export function allowForeignReaders(path: string, response: ServerResponse): void {
  if (!EMBEDDABLE.test(path)) return;
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
}
