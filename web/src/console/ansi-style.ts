import { paletteColour, rgbColour } from "./ansi-colours.ts";

/** How a piece of a program's output is to look. Colours are as CSS has them. */
export interface AnsiStyle {
  readonly colour?: string;
  readonly ground?: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly struck?: boolean;
  /** Colour and ground change places. */
  readonly inverse?: boolean;
}

export interface AnsiPiece {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** The style of a text that has asked for none; compared by identity. */
export const PLAIN: AnsiStyle = {};

// eslint-disable-next-line no-control-regex
const SEQUENCE = /\x1b\[([\d;:]*)m/g;
/** Parameters of one sequence that are read: as many as xterm.js reads. */
const MAX_PARAMETERS = 32;
/** Styles that are kept from one sequence to the next of the same parameters: a program uses a few, over and over. */
const MAX_KEPT_STYLES = 256;
/** By the style before and the parameters. */
let kept = new WeakMap<AnsiStyle, Map<string, AnsiStyle>>();
let keptStyles = 0;

/**
 * Cuts a text at its colour sequences (SGR, ECMA-48 8.3.117), which are taken out. All other control characters have to be gone by then.
 * `before` is the style that the text begins with: the last one of the text before it.
 */
export function ansiPieces(text: string, before: AnsiStyle = PLAIN): { readonly pieces: AnsiPiece[]; readonly after: AnsiStyle } {
  const pieces: AnsiPiece[] = [];
  let style = before;
  let end = 0;
  const add = (to: number): void => {
    if (to > end) pieces.push({ text: text.slice(end, to), style });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(match.index);
    style = changed(style, match[1] ?? "");
    end = match.index + match[0].length;
  }
  add(text.length);
  return { pieces, after: style };
}

function changed(before: AnsiStyle, parameters: string): AnsiStyle {
  let following = kept.get(before);
  const known = following?.get(parameters);
  if (known !== undefined) return known;
  if (keptStyles++ === MAX_KEPT_STYLES) {
    kept = new WeakMap();
    keptStyles = 0;
    following = undefined;
  }
  if (following === undefined) kept.set(before, (following = new Map()));
  const style = read(before, parameters);
  following.set(parameters, style);
  return style;
}

/** The style after the parameters of one sequence; unknown ones change nothing. */
function read(before: AnsiStyle, parameters: string): AnsiStyle {
  let style = before;
  const codes = parameters.split(";", MAX_PARAMETERS);
  for (let index = 0; index < codes.length; index++) {
    const [code = 0, ...parts] = (codes[index] ?? "").split(":").map(Number);
    if (code === 38 || code === 48) {
      const { colour, taken } = parts.length > 0 ? { colour: colourOf(parts, true), taken: 0 } : separateColour(codes.slice(index + 1, index + 5).map(Number));
      index += taken;
      style = { ...style, [code === 38 ? "colour" : "ground"]: colour };
    } else style = simple(style, code);
  }
  return style;
}

/** A colour whose parts are parameters of their own, and how many they are. */
function separateColour(next: readonly number[]): { colour: string | undefined; taken: number } {
  const taken = next[0] === 5 ? 2 : next[0] === 2 ? 4 : 1;
  return { colour: colourOf(next.slice(0, taken), false), taken };
}

/** `5, index` or `2, red, green, blue`; with colons, a colour space may stand before red. */
function colourOf(parts: readonly number[], mayHaveSpace: boolean): string | undefined {
  if (parts[0] === 5) return paletteColour(parts[1] ?? 0);
  if (parts[0] !== 2) return undefined;
  const [red = 0, green = 0, blue = 0] = parts.slice(mayHaveSpace && parts.length > 4 ? 2 : 1);
  return rgbColour(red, green, blue);
}

function simple(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return withColour(style, "colour", code - 30);
  if (code >= 40 && code <= 47) return withColour(style, "ground", code - 40);
  if (code >= 90 && code <= 97) return withColour(style, "colour", code - 90 + 8);
  if (code >= 100 && code <= 107) return withColour(style, "ground", code - 100 + 8);
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, struck: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, struck: false };
    case 39:
      return without(style, "colour");
    case 49:
      return without(style, "ground");
    default:
      return style;
  }
}

function withColour(style: AnsiStyle, which: "colour" | "ground", index: number): AnsiStyle {
  return { ...style, [which]: paletteColour(index) };
}

function without(style: AnsiStyle, which: "colour" | "ground"): AnsiStyle {
  const { [which]: _gone, ...rest } = style;
  return rest;
}
