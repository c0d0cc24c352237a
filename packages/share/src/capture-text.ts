import { fromBase64url, toBase64url } from "./base64url.ts";
import { MAX_CAPTURE_BYTES, MAX_CAPTURE_CHARS } from "./limits.ts";
import { ShareError } from "./share-error.ts";
import { pack, unpack } from "./zlib.ts";

/**
 * A capture of what programs did on the network, as a project holds it: packed, in base64url. What its bytes mean, `@playground/capture`
 * says.
 * @throws {ShareError} `too-large`
 */
export function captureText(bytes: Uint8Array): string {
  if (bytes.length > MAX_CAPTURE_BYTES) {
    throw new ShareError("too-large", `the capture has ${bytes.length} bytes; a project holds at most ${MAX_CAPTURE_BYTES}`, "capture");
  }
  const text = toBase64url(pack(bytes));
  if (text.length > MAX_CAPTURE_CHARS) {
    throw new ShareError("too-large", `the capture needs ${text.length} characters; a project holds at most ${MAX_CAPTURE_CHARS}`, "capture");
  }
  return text;
}

/** The capture again. @throws {ShareError} `bad-character`, `cut`, `damaged` or `too-large`, with the path `capture` */
export function captureBytes(text: string): Uint8Array {
  if (text.length > MAX_CAPTURE_CHARS) {
    throw new ShareError("too-large", `capture has ${text.length} characters; it may have at most ${MAX_CAPTURE_CHARS}`, "capture");
  }
  try {
    return unpack(fromBase64url(text), MAX_CAPTURE_BYTES);
  } catch (error) {
    if (error instanceof ShareError) throw new ShareError(error.code, `capture: ${error.message}`, "capture");
    throw error;
  }
}
