import type { ServerResponse } from "node:http";
import { LEAST_BYTES_TAKEN } from "../limits.ts";

/** Ends a response with a body, piece by piece, so that it can be seen how much of it the client takes. */
export function sendBody(response: ServerResponse, body: Uint8Array): void {
  let at = 0;
  const send = (): void => {
    while (body.length - at > LEAST_BYTES_TAKEN) {
      const piece = body.subarray(at, at + LEAST_BYTES_TAKEN);
      at += piece.length;
      if (response.write(piece)) continue;
      response.once("drain", send);
      return;
    }
    response.end(body.subarray(at));
  };
  send();
}
