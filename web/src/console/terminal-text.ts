import type { ConsoleLevel } from "../log/entry.ts";
import { COLOUR, safeText } from "@playground/safe-text";
import { findSourcePlaces } from "./source-places.ts";

const RESET = "\x1b[0m";

/** Colour and mark of each level; the mark tells them apart where colours do not. */
const STYLES: Readonly<Record<ConsoleLevel, { readonly begin: string; readonly mark: string }>> = {
  print: { begin: "", mark: "" },
  warn: { begin: "\x1b[33m", mark: "▲ " },
  error: { begin: "\x1b[31m", mark: "✖ " },
  input: { begin: "\x1b[36m", mark: "› " },
  notice: { begin: "\x1b[3;90m", mark: "• " },
};

// eslint-disable-next-line no-control-regex
const COLOURS = new RegExp(COLOUR, "g"); // Pattern bound: MAX_COLOUR_CHARS in one sequence
/** Colours that one line of a print hands to the next: enough for a colour, a ground and a weight, few enough for a print of thousands of lines. */
const CARRIED_COLOURS = 8;
/** Characters of the colours that one line hands to the next: one sequence may be as long as a line. */
const MAX_CARRIED_CHARS = 256;

/**
 * An entry as the terminal gets it: its lines in the colour of the level, places in files underlined, without line breaks.
 * Nothing in it moves the cursor or talks to the terminal (see safe-text.ts). `prefix` begins every line.
 */
export function* terminalLines(level: ConsoleLevel, text: string, isFile: (name: string) => boolean, prefix = ""): Generator<string, void> {
  const { begin, mark } = STYLES[level];
  const lines = safeText(text).split("\n");
  let carried = "";
  for (const [index, line] of lines.entries()) {
    yield prefix + begin + (index === 0 ? mark : " ".repeat(mark.length)) + carried + underlinePlaces(line, isFile) + RESET;
    if (lines.length > 1 && line.includes("\x1b")) carried = coloursAfter(carried, line);
  }
}

/** The colours that are on at the end of a line. */
function coloursAfter(before: string, line: string): string {
  const all = `${before}${line}`.match(COLOURS);
  if (all === null) return "";
  const reset = all.findLastIndex((sequence) => sequence === "\x1b[m" || sequence === RESET);
  const carried = all
    .slice(reset + 1)
    .slice(-CARRIED_COLOURS)
    .join("");
  return carried.length > MAX_CARRIED_CHARS ? "" : carried;
}

function underlinePlaces(line: string, isFile: (name: string) => boolean): string {
  let result = "";
  let end = 0;
  for (const { from, to } of findSourcePlaces(line, isFile)) {
    result += `${line.slice(end, from)}\x1b[4m${line.slice(from, to)}\x1b[24m`;
    end = to;
  }
  return result + line.slice(end);
}
