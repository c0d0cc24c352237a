import { safeText } from "@playground/safe-text";
import { escapeOf, hexOf } from "./byte-text.ts";
import { byteUnits, type ByteUnit } from "./byte-units.ts";

/** A character, or bytes that are none, within one row. */
export interface HexCell {
  /** Its bytes, `d0 bf`. */
  readonly hex: string;
  /** What it reads as; empty for the rest of a character that began in the row above. */
  readonly text: string;
  readonly kind: ByteUnit["kind"];
  /** Bytes of it in this row: the places that it takes. */
  readonly size: number;
}

/** One row of bytes: hexadecimal on one side, text on the other. */
export interface HexRow {
  /** Of its first byte. */
  readonly offset: number;
  readonly cells: readonly HexCell[];
}

/** Bytes as rows of `width`, as far as `limit`. A character that goes over the end of a row has its bytes in both. */
export function hexRows(bytes: Uint8Array, width: number, limit: number = bytes.length): HexRow[] {
  const rows: { offset: number; cells: HexCell[] }[] = [];
  const end = Math.min(limit, bytes.length);
  for (const unit of byteUnits(bytes, 0, end)) {
    for (let from = unit.from; from < Math.min(unit.from + unit.size, end);) {
      const offset = from - (from % width);
      const to = Math.min(unit.from + unit.size, offset + width, end);
      if (rows.at(-1)?.offset !== offset) rows.push({ offset, cells: [] });
      const isFirst = from === unit.from;
      rows
        .at(-1)
        ?.cells.push({ hex: [...bytes.subarray(from, to)].map(hexOf).join(" "), text: isFirst ? textOf(unit, bytes) : "", kind: unit.kind, size: to - from });
      from = to;
    }
  }
  return rows;
}

function textOf(unit: ByteUnit, bytes: Uint8Array): string {
  if (unit.kind === "text") return unit.point === 0x20 ? "\u00a0" : safeText(String.fromCodePoint(unit.point ?? 0));
  // Two places are enough for a letter; what needs more is a dot, as in every hex view.
  const escape = escapeOf(unit, bytes);
  if (unit.kind === "control" && escape.length === 2) return escape;
  return unit.kind === "cut-before" || unit.kind === "cut-after" ? "½" : "·";
}
