const encoder = new TextEncoder();

/**
 * A source whose first line, where Unix names an interpreter in it (`#!/usr/bin/env luau`), is blank: it is no Luau. Every byte has
 * its blank, so that no position moves.
 */
export function blankShebang(source: string): string {
  if (!source.startsWith("#!")) return source;
  const end = source.indexOf("\n");
  const line = end < 0 ? source : source.slice(0, end);
  return " ".repeat(encoder.encode(line).length) + source.slice(line.length);
}
