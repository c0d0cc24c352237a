import type { ServerResponse } from "node:http";
import { sendBody } from "./response-body.ts";

/** Answers with one line of JSON: a text is taken as JSON already. */
export function sendJson(response: ServerResponse, status: number, value: object | string, { withBody = true, cacheControl = "no-store" } = {}): void {
  const body = Buffer.from(`${typeof value === "string" ? value : JSON.stringify(value)}\n`);
  response.setHeader("cache-control", cacheControl);
  response.setHeader("x-content-type-options", "nosniff");
  response.writeHead(status, { "content-type": "application/json", "content-length": body.length });
  if (withBody) sendBody(response, body);
  else response.end();
}
