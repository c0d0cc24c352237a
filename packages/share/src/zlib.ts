import { FlateErrorCode, Inflate, zlibSync } from "fflate";
import { ShareError } from "./share-error.ts";

/** Bytes that are unpacked in one go, before what came out is counted: deflate makes at most 1,032 bytes of one. */
const STEP_BYTES = 512;

/** Level 9 of 9: a project is small, and every character of a link counts. */
const LEVEL = 9;

/** Packs bytes: deflate in a zlib envelope (RFC 1950), which brings a checksum. */
export function pack(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes, { level: LEVEL });
}

/**
 * Unpacks bytes, at most `limit` of them: what would be more is never held.
 * @throws {ShareError} `cut`, `damaged` or `too-large`
 */
export function unpack(packed: Uint8Array, limit: number): Uint8Array {
  const [method = 0, flags = 0] = packed;
  // RFC 1950, section 2.2: deflate, a window of at most 32 KiB, no dictionary, and a check of these two bytes.
  if (packed.length < 2) throw new ShareError("cut", `there are only ${packed.length} bytes to unpack`);
  if ((method & 15) !== 8 || method >> 4 > 7 || (flags & 32) !== 0 || (method * 256 + flags) % 31 !== 0) {
    throw new ShareError("damaged", `the bytes begin with ${method}, ${flags}, as no packed project does`);
  }
  if (packed.length < 6) throw new ShareError("cut", `there are only ${packed.length} bytes to unpack`);
  const bytes = inflate(packed.subarray(2, -4), limit);
  const [a = 0, b = 0, c = 0, d = 0] = packed.subarray(-4);
  const expected = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const found = adler32(bytes);
  if (found !== expected) throw new ShareError("damaged", `the checksum is ${found.toString(16)} and should be ${expected.toString(16)}`);
  return bytes;
}

function inflate(packed: Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((chunk) => {
    length += chunk.length;
    if (length > limit) throw new ShareError("too-large", `the project unpacks to more than ${limit} bytes`);
    chunks.push(chunk);
  });
  try {
    for (let from = 0; from < packed.length || from === 0; from += STEP_BYTES) {
      stream.push(packed.subarray(from, from + STEP_BYTES), from + STEP_BYTES >= packed.length);
    }
  } catch (error) {
    if (error instanceof ShareError) throw error;
    const isCut = error instanceof Error && "code" in error && error.code === FlateErrorCode.UnexpectedEOF;
    if (isCut) throw new ShareError("cut", `the end is missing: ${packed.length} bytes are not all`);
    throw new ShareError("damaged", `the bytes cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Bytes that can be added up before the sums have to be reduced (RFC 1950, section 9: 5552 is the most that fits 32 bits). */
const ADLER_RUN = 5552;

/** The checksum of RFC 1950. */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += ADLER_RUN) {
    for (const byte of bytes.subarray(from, from + ADLER_RUN)) {
      low += byte;
      high += low;
    }
    low %= 65_521;
    high %= 65_521;
  }
  return ((high << 16) | low) >>> 0;
}
