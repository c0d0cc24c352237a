import type { ConsoleLevel } from "../worker/messages.ts";
import { findSourceLinks } from "./source-links.ts";

const RESET = "\x1b[0m";

/** Colour and mark of each level; the mark tells them apart where colours do not. */
const STYLES: Readonly<Record<ConsoleLevel, { readonly begin: string; readonly mark: string }>> = {
  print: { begin: "", mark: "" },
  warn: { begin: "\x1b[33m", mark: "▲ " },
  error: { begin: "\x1b[31m", mark: "✖ " },
  input: { begin: "\x1b[36m", mark: "› " },
  notice: { begin: "\x1b[3;90m", mark: "• " },
};

/** Escape sequences that only choose colours and weight: those of a program's output that are let through. */
const COLOUR = "\\x1b\\[[\\d;:]*m";
// eslint-disable-next-line no-control-regex
const CONTROL = new RegExp(`${COLOUR}|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]`, "g");
/** Whether there is anything to do about a text: most have nothing of the kind. */
// eslint-disable-next-line no-control-regex
const ANY_CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
// eslint-disable-next-line no-control-regex
const COLOURS = new RegExp(COLOUR, "g");
/** Colours that one line of a print hands to the next: enough for a colour, a ground and a weight, few enough for a print of thousands of lines. */
const CARRIED_COLOURS = 8;

/**
 * An entry as the terminal gets it: its lines in the colour of the level, places in files underlined; no line break at the end.
 * Control characters other than tab, line break and colours are shown as pictures, so that no script can
 * move the cursor over what others wrote or talk to the terminal itself. `prefix` begins every line.
 */
export function terminalText(level: ConsoleLevel, text: string, isFile: (name: string) => boolean, prefix = ""): string {
  const { begin, mark } = STYLES[level];
  if (!ANY_CONTROL.test(text)) return prefix + begin + mark + underlineLinks(text, isFile) + RESET;
  const lines = visibleControls(text).split("\n");
  let carried = "";
  const written = lines.map((line, index) => {
    const shown = prefix + begin + (index === 0 ? mark : " ".repeat(mark.length)) + carried + underlineLinks(line, isFile);
    if (lines.length > 1) carried = coloursAfter(carried, line);
    return shown;
  });
  return `${written.join(`${RESET}\r\n`)}${RESET}`;
}

/** The text with pictures for its control characters, save tab, line break and colours. */
export function visibleControls(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROL, visible);
}

/** The same for the accessibility tree: no colours, control characters left out. */
export function plainText(text: string): string {
  return ANY_CONTROL.test(text) ? text.replaceAll("\r\n", "\n").replace(CONTROL, "") : text;
}

/** The colours that are on at the end of a line. */
function coloursAfter(before: string, line: string): string {
  const all = `${before}${line}`.match(COLOURS);
  if (all === null) return "";
  const reset = all.findLastIndex((sequence) => sequence === "\x1b[m" || sequence === RESET);
  return all.slice(reset + 1).slice(-CARRIED_COLOURS).join("");
}

function visible(match: string): string {
  if (match.length > 1) return match;
  const code = match.charCodeAt(0);
  // Unicode has a picture of every control character up to 0x1F, and of DEL.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}

function underlineLinks(line: string, isFile: (name: string) => boolean): string {
  let result = "";
  let end = 0;
  for (const { from, to } of findSourceLinks(line, isFile)) {
    result += `${line.slice(end, from)}\x1b[4m${line.slice(from, to)}\x1b[24m`;
    end = to;
  }
  return result + line.slice(end);
}
