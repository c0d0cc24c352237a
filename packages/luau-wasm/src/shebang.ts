/**
 * A source without the line by which Unix names its interpreter, `#!/usr/bin/env luau`, which is no Luau. The line stays, empty,
 * so that all others keep their numbers.
 */
export function withoutShebang(source: string): string;
export function withoutShebang(source: Uint8Array | string): Uint8Array | string;
export function withoutShebang(source: Uint8Array | string): Uint8Array | string {
  const isShebang = typeof source === "string" ? source.startsWith("#!") : source[0] === 0x23 && source[1] === 0x21;
  if (!isShebang) return source;
  const end = typeof source === "string" ? source.indexOf("\n") : source.indexOf(0x0a);
  return end < 0 ? source.slice(0, 0) : source.slice(end);
}
