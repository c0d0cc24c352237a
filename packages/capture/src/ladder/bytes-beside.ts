import type { BesideBytes } from "../ladder-item.ts";
import type { Piece } from "./exchange.ts";
import { PieceRow } from "./piece-row.ts";

/** The bytes of rows beside one, nearest first: `reach` of them at most, up to the first that is missing. */
export function bytesBeside(row: PieceRow, towards: "previous" | "next", reach: number): readonly BesideBytes[] {
  const found: BesideBytes[] = [];
  const isBefore = towards === "previous";
  // Where its own end was not kept, what is behind it does not follow what is known of it.
  if (!isBefore && row.bytes.length < row.end - row.start) return found;
  let [at, left] = [row as Piece, reach];
  for (let next = at[towards]; next instanceof PieceRow && left > 0; at = next, next = at[towards]) {
    if (isBefore ? next.end !== at.start : next.start !== at.end) break;
    const { bytes } = next;
    const isWhole = bytes.length === next.end - next.start;
    if (isBefore && !isWhole) break;
    const size = Math.min(left, bytes.length);
    found.push({ id: next.id, bytes: isBefore ? bytes.subarray(bytes.length - size) : bytes.subarray(0, size) });
    left -= size;
    if (!isWhole) break;
  }
  return found;
}
