/**
 * Whole numbers that take the fewer bytes the smaller they are: LEB128, 7 bits a byte, the lowest first; the top bit says that
 * more follow. Signed ones are folded first (0, -1, 1, -2, 2 become 0, 1, 2, 3, 4), which is known as zigzag.
 *
 * Bit operations of JavaScript end at 32 bits, so larger numbers are taken apart by division. A signed number keeps its sign in
 * the lowest bit of its first byte, and the rest is never doubled: all numbers to ±(2^53 − 1) stay exact.
 */

/** Bytes that a number takes at most: 53 bits and a sign. */
export const VARIABLE_INTEGER_BYTES = 8;

/** The least and the greatest number of each kind, both included. */
export const VARIABLE_INTEGER_RANGES = {
  VUInt: [0, Number.MAX_SAFE_INTEGER],
  VInt: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const;

/** The name that follows `read` and `write`. */
export type VariableIntegerName = keyof typeof VARIABLE_INTEGER_RANGES;

/** Why bytes are no number: the stream ends first, they go on for too long, or the number is out of range. */
export type VariableIntegerFault = "unended" | "too-long" | "too-great";

/** The bytes of a number, which must be in its kind's range. */
export function encodeVariableInteger(name: VariableIntegerName, value: number): Uint8Array {
  const isSigned = name === "VInt";
  const magnitude = value < 0 ? -value - 1 : value;
  const bytes: number[] = [];
  let rest = isSigned ? Math.floor(magnitude / 64) : Math.floor(magnitude / 128);
  bytes.push(isSigned ? (magnitude % 64) * 2 + (value < 0 ? 1 : 0) : magnitude % 128);
  for (; rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1]! += 128;
    bytes.push(rest % 128);
  }
  return Uint8Array.from(bytes);
}

/** Reads the number that begins at `start`; a fault where there is none. */
export function decodeVariableInteger(
  name: VariableIntegerName,
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly size: number } | VariableIntegerFault {
  const isSigned = name === "VInt";
  let size = 0;
  let magnitude = 0;
  let isNegative = false;
  for (let scale = 1; ;) {
    if (size === VARIABLE_INTEGER_BYTES) return "too-long";
    const byte = bytes[start + size];
    if (byte === undefined) return "unended";
    const bits = byte % 128;
    if (isSigned && size === 0) {
      isNegative = bits % 2 === 1;
      magnitude = Math.floor(bits / 2);
      scale = 64;
    } else {
      // Past 2^53 the sum is rounded, but never down to it.
      magnitude += bits * scale;
      scale *= 128;
    }
    size++;
    if (byte < 128) break;
  }
  if (magnitude > Number.MAX_SAFE_INTEGER - (isNegative ? 1 : 0)) return "too-great";
  return { value: isNegative ? -magnitude - 1 : magnitude, size };
}
