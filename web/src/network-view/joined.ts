/** Numbers of several arrays in one. */
export function joined<T extends Uint8Array | Uint16Array>(parts: readonly T[], List: new (length: number) => T): T {
  const all = new List(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
