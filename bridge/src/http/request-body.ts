import type { IncomingMessage } from "node:http";
import { BODY_GRACE_MS, LEAST_BODY_BYTES_PER_SECOND } from "../limits.ts";

/** Why a body was not read: it is too long, it comes too slowly, or its client has gone. */
export type BodyFault = "too-large" | "too-slow" | "gone";

/** How often it is looked at whether a body comes fast enough, ms. */
const CHECK_MS = 500;

/** Reads a request's body, at most `limit` bytes of it. The request must not be read from any more after a fault. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | BodyFault> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return "too-large";
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const began = performance.now();
    const settle = (result: Buffer | BodyFault): void => {
      clearInterval(timer);
      request.off("data", onData);
      request.pause();
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limit) settle("too-large");
      else chunks.push(chunk);
    };
    const timer = setInterval(() => {
      const seconds = (performance.now() - began - BODY_GRACE_MS) / 1000;
      if (length < seconds * LEAST_BODY_BYTES_PER_SECOND) settle("too-slow");
    }, CHECK_MS);
    request.on("data", onData);
    request.once("end", () => settle(Buffer.concat(chunks)));
    request.once("error", () => settle("gone"));
    request.once("close", () => settle("gone"));
  });
}
