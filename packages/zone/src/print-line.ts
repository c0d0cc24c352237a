import type { HostCall } from "@playground/luau-wasm";
import type { ConsoleLevel, ConsoleSink } from "./console.ts";
import { PRINT_LINE_LIMIT } from "./limits.ts";

/** The arguments of a call that takes text, as `print` shows them. */
export function joinedTexts(call: HostCall): string {
  let line = call.count === 0 ? "" : call.text(1);
  for (let index = 2; index <= call.count; index++) line += `\t${call.text(index)}`;
  return line;
}

/** Writes a line of the script to the console; one that is too long is cut, and the console says so. */
export function writeLine(console: ConsoleSink, level: ConsoleLevel, text: string): void {
  if (text.length <= PRINT_LINE_LIMIT) return console.write(level, text);
  const last = text.charCodeAt(PRINT_LINE_LIMIT - 1);
  // A pair of surrogates is not torn apart.
  console.write(level, text.slice(0, last >= 0xd800 && last < 0xdc00 ? PRINT_LINE_LIMIT - 1 : PRINT_LINE_LIMIT));
  console.write("notice", `the line above had ${text.length} characters and was cut to ${PRINT_LINE_LIMIT}`, {
    notice: { code: "line-cut", length: text.length, limit: PRINT_LINE_LIMIT },
  });
}
