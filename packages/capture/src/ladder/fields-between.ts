import type { ByteField } from "../event.ts";

/**
 * The fields that have bytes between two offsets, counted from the first of them. `base` is what the fields' own offsets count from. A
 * field that goes over an edge is cut there; its value stays with the part in which it begins.
 */
export function fieldsBetween(fields: readonly ByteField[], base: number, start: number, end: number): ByteField[] {
  const found: ByteField[] = [];
  for (const field of fields) {
    const from = Math.max(base + field.offset, start);
    const to = Math.min(base + field.offset + field.size, end);
    if (to <= from) continue;
    const hasValue = field.value !== undefined && from === base + field.offset;
    found.push({ offset: from - start, size: to - from, format: field.format, ...(hasValue ? { value: field.value } : {}) });
  }
  return found;
}
