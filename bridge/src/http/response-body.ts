import type { ServerResponse } from "node:http";
import { BODY_PIECES_A_TURN, LEAST_BYTES_TAKEN } from "../limits.ts";
import { FairTree } from "../turns/fair-tree.ts";

/** A response of which another piece is to be written. */
interface Writing {
  /** Writes one piece. Whether there is another, and room for it. */
  next(): boolean;
  readonly path: readonly string[];
}

/** Responses that wait for their turn, by the address that they go to. */
const waiting = new FairTree<Writing>();
let isScheduled = false;
/** A connection was accepted in this turn of the event loop. */
let isAccepting = false;

/** A connection has been accepted, and others may stand behind it: bodies wait, since each turn of the event loop accepts one. */
export function leaveTurnToAccepting(): void {
  isAccepting = true;
}

/**
 * Ends a response with a body, piece by piece, so that it can be seen how much of it the client takes, and so that one who asks for
 * large files over hundreds of connections gets them in turns with others: the kernel takes megabytes in one call.
 */
export function sendBody(response: ServerResponse, body: Uint8Array): void {
  if (body.length <= LEAST_BYTES_TAKEN) {
    response.end(body);
    return;
  }
  let at = 0;
  const writing: Writing = {
    path: [response.req.socket.remoteAddress ?? ""],
    next() {
      if (response.destroyed) return false;
      const piece = body.subarray(at, at + LEAST_BYTES_TAKEN);
      at += piece.length;
      if (at >= body.length) {
        response.end(piece);
        return false;
      }
      if (response.write(piece)) return true;
      response.once("drain", () => wait(writing));
      return false;
    },
  };
  wait(writing);
}

function wait(writing: Writing): void {
  waiting.add(writing.path, writing);
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(takeTurns);
}

function takeTurns(): void {
  const pieces = isAccepting ? 1 : BODY_PIECES_A_TURN;
  isAccepting = false;
  for (let left = pieces; left > 0; left -= 1) {
    const writing = waiting.take();
    if (writing === undefined) break;
    if (writing.next()) waiting.add(writing.path, writing);
  }
  isScheduled = waiting.size > 0;
  if (isScheduled) setImmediate(takeTurns);
}
