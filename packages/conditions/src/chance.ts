/**
 * Chance that repeats: a number is a function of a seed and a place, and of nothing drawn before. So one stream's chance does not depend
 * on what others do meanwhile, nor on how the bytes before were cut into pieces.
 *
 * It is SplitMix (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014) with 32 bits: the state after
 * `place` steps of the golden gamma, mixed by the finalizer of MurmurHash3 (Austin Appleby, public domain).
 */

/** The golden ratio of 2^32, odd: every state comes before one comes again. */
const GOLDEN_GAMMA = 0x9e37_79b9;

/** A number from 0 up to and without 1; `place`: a whole number, of which the lowest 32 bits count. */
export function chance(seed: number, place: number): number {
  return mix((seed + Math.imul((place + 1) | 0, GOLDEN_GAMMA)) | 0) / 4_294_967_296;
}

/** A seed made of another one and a name: FNV-1a over the name, then mixed. */
export function seedFor(seed: number, name: string): number {
  let hash = 0x811c_9dc5 ^ seed;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x0100_0193);
  return mix(hash | 0);
}

/** The finalizer of MurmurHash3: each bit of the result depends on each bit of the value. */
function mix(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85eb_ca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
