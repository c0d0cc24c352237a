import type { ServerResponse } from "node:http";
import { sendBody } from "./response-body.ts";

const NEW_LINE = Buffer.from("\n");

/** Answers with one line of JSON: bytes are taken as JSON already. */
export function sendJson(response: ServerResponse, status: number, value: object, { withBody = true, cacheControl = "no-store" } = {}): void {
  const text = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  response.setHeader("cache-control", cacheControl);
  response.setHeader("x-content-type-options", "nosniff");
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length + NEW_LINE.length });
  if (withBody) sendBody(response, Buffer.concat([text, NEW_LINE]));
  else response.end();
}
