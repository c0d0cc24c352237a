import type { IncomingMessage, ServerResponse } from "node:http";
import type { ClientAccount } from "../client/client-account.ts";
import { LEAST_BYTES_TAKEN } from "../limits.ts";
import { type Turns, Work } from "../turns/turns.ts";

/**
 * Ends responses with a body, piece by piece in turns with everything else, so that it can be seen how much of it the client takes,
 * and so that one who asks for large files over hundreds of connections keeps nobody waiting: the kernel takes megabytes in one call.
 */
export class ResponseBodies {
  readonly #turns: Turns;
  readonly #accountOf: (request: IncomingMessage) => ClientAccount;

  /** `accountOf`: whose turns the answer to a request is written in. */
  constructor(turns: Turns, accountOf: (request: IncomingMessage) => ClientAccount) {
    this.#turns = turns;
    this.#accountOf = accountOf;
  }

  /** Ends a response whose head is written. */
  send(response: ServerResponse, body: Uint8Array): void {
    if (body.length <= LEAST_BYTES_TAKEN) {
      response.end(body);
      return;
    }
    let at = 0;
    /** Writes one piece. Whether there is another, and room for it. */
    const write = (): boolean => {
      if (response.destroyed) return false;
      const piece = body.subarray(at, at + LEAST_BYTES_TAKEN);
      at += piece.length;
      if (at >= body.length) {
        response.end(piece);
        return false;
      }
      if (writeNow(response, piece)) return true;
      response.once("drain", () => this.#turns.run(work));
      return false;
    };
    const work = new Work(this.#accountOf(response.req), (slice) => {
      while (slice.take()) if (!write()) return false;
      return true;
    });
    this.#turns.run(work);
  }
}

/** Writes to the kernel before it returns, so that its time is seen: Node would leave that to the end of this turn of the event loop. Whether there is room for more. */
function writeNow(response: ServerResponse, piece: Uint8Array): boolean {
  const { socket } = response;
  socket?.cork();
  const hasRoom = response.write(piece);
  socket?.uncork();
  return hasRoom;
}
