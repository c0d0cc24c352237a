import { createHash } from "node:crypto";

/** SHA-256 of chunks as of one, in hex: shorter in a failure's message than megabytes. */
export function sha256(...chunks: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}
