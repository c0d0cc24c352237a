import type { RequestHost } from "./request-host.ts";

/**
 * Headers of every answer. The page runs programs that strangers may have written, in workers and WASM: scripts come
 * from here only, nothing is sent elsewhere, and the room's name, which is its key, is told to nobody. Only pages of
 * this bridge and of the sites in `embedOrigins` may frame it: a click that a foreign page steals must run nothing.
 *
 * `host` has been checked, so that it can stand in the policy: browsers older than 2022 do not take `'self'` for
 * WebSockets.
 */
export function securityHeaders(host: RequestHost | undefined, embedOrigins: readonly string[] = []): Record<string, string> {
  const authority = host === undefined ? "" : `${host.name.includes(":") ? `[${host.name}]` : host.name}${host.port === "" ? "" : `:${host.port}`}`;
  const sockets = authority === "" ? "" : ` ws://${authority} wss://${authority}`;
  return {
    "content-security-policy": [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      // The editor and the terminal write style elements of their own.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      "worker-src 'self' blob:",
      // A frame may show files of the site that it is in, if that allows it too (CORS).
      [`connect-src 'self'${sockets}`, ...embedOrigins].join(" "),
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      ["frame-ancestors 'self'", ...embedOrigins].join(" "),
    ].join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  };
}
