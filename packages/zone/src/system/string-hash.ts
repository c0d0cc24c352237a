import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import xxhash, { type XXHashAPI } from "xxhash-wasm";

/**
 * The hashes of `zone.system.hashString`, as lower-case hexadecimal digits. This file and its libraries are loaded when a
 * script first needs them, and not with the program.
 */
export interface StringHashes {
  md5(bytes: Uint8Array): string;
  /** XXH64. */
  xxhash(bytes: Uint8Array, seed: Uint8Array): string;
}

/** Digits of an XXH64. */
const XXHASH_DIGITS = 16;
const GREATEST_SEED = 2n ** 64n - 1n;

/** Makes the hashes ready. */
export async function loadStringHashes(): Promise<StringHashes> {
  const api = await xxhash();
  return {
    md5: (bytes) => bytesToHex(md5(bytes)),
    xxhash: (bytes, seed) => api.h64Raw(bytes, seedOf(api, seed)).toString(16).padStart(XXHASH_DIGITS, "0"),
  };
}

/** XXH64 takes a number: one that is written in digits is that number, any other text is the number of its own hash. */
function seedOf(api: XXHashAPI, seed: Uint8Array): bigint {
  if (seed.length === 0) return 0n;
  const text = new TextDecoder("latin1").decode(seed.subarray(0, 21));
  const number = seed.length <= 20 && /^[0-9]+$/.test(text) ? BigInt(text) : undefined;
  return number !== undefined && number <= GREATEST_SEED ? number : api.h64Raw(seed);
}
