import type { ServerResponse } from "node:http";

const NEW_LINE = Buffer.from("\n");

interface JsonAnswer {
  /** Default: true. False for HEAD. */
  readonly withBody?: boolean;
  /** Default: "no-store". */
  readonly cacheControl?: string;
  /** Ends the response with a body that may be long. Default: all at once. */
  readonly send?: (response: ServerResponse, body: Uint8Array) => void;
}

/** Answers with one line of JSON: bytes are taken as JSON already. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: object,
  { withBody = true, cacheControl = "no-store", send = (to, body) => void to.end(body) }: JsonAnswer = {},
): void {
  const text = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  response.setHeader("cache-control", cacheControl);
  response.setHeader("x-content-type-options", "nosniff");
  response.writeHead(status, { "content-type": "application/json", "content-length": text.length + NEW_LINE.length });
  if (withBody) send(response, Buffer.concat([text, NEW_LINE]));
  else response.end();
}
