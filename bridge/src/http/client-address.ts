import type { IncomingMessage } from "node:http";

/** The address that a request comes from. */
export function clientAddress(request: IncomingMessage): string {
  return request.socket.remoteAddress ?? "";
}
