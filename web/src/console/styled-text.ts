import { type AnsiPiece, type AnsiStyle, ansiPieces, PLAIN } from "./ansi-style.ts";
import { safeText } from "@playground/safe-text";
import { findSourcePlaces } from "./source-places.ts";
import { textParts } from "./text-parts.ts";

/**
 * A text of a program as elements, part by part (see text-parts.ts), for a console without a terminal: in its colours, places
 * in files as buttons with `data-file` and `data-line`. Control characters are shown as pictures, as in the terminal.
 */
export function* styledParts(text: string, isFile: (name: string) => boolean): Generator<Node[], void> {
  let style = PLAIN;
  for (const part of textParts(safeText(text))) {
    const { pieces, after } = ansiPieces(part, style);
    style = after;
    yield nodesOf(pieces, isFile);
  }
}

function nodesOf(pieces: readonly AnsiPiece[], isFile: (name: string) => boolean): Node[] {
  const places = findSourcePlaces(pieces.map((piece) => piece.text).join(""), isFile);
  const nodes: Node[] = [];
  let at = 0;
  let next = 0;
  let button: HTMLElement | undefined;
  for (const piece of pieces) {
    const end = at + piece.text.length;
    let from = at;
    while (from < end) {
      const place = places[next];
      const isInside = place !== undefined && place.from <= from;
      const to = Math.min(end, place === undefined ? end : isInside ? place.to : place.from);
      const node = pieceNode(piece.text.slice(from - at, to - at), piece.style);
      if (isInside) {
        if (button === undefined) nodes.push((button = placeButton(place.file, place.line)));
        button.append(node);
        if (to === place.to) {
          button = undefined;
          next++;
        }
      } else nodes.push(node);
      from = to;
    }
    at = end;
  }
  return nodes;
}

function placeButton(file: string, line: number): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "place";
  button.dataset["file"] = file;
  button.dataset["line"] = String(line);
  return button;
}

function pieceNode(text: string, style: AnsiStyle): Node {
  if (style === PLAIN) return document.createTextNode(text);
  const span = document.createElement("span");
  const colour = style.colour === undefined ? undefined : readable(style.colour);
  // By script, and not as an attribute: a site's CSP may forbid those.
  if (style.inverse === true) {
    span.style.color = "var(--console)";
    span.style.backgroundColor = colour ?? "var(--ink)";
  } else {
    if (colour !== undefined) span.style.color = colour;
    // A wash of it, on which every colour of text can still be read.
    if (style.ground !== undefined) span.style.backgroundColor = `color-mix(in oklab, ${style.ground} 25%, var(--console))`;
  }
  if (style.bold === true) span.style.fontWeight = "700";
  if (style.dim === true) span.style.color = "var(--ink-faint)";
  if (style.italic === true) span.style.fontStyle = "italic";
  const lines = [style.underline === true ? "underline" : "", style.struck === true ? "line-through" : ""].filter((line) => line !== "");
  if (lines.length > 0) span.style.textDecorationLine = lines.join(" ");
  span.append(text);
  return span;
}

/**
 * Any colour of a script, dark enough on a light ground and light enough on a dark one: whoever shows it sets the bounds
 * of its lightness, `--readable-min` and `--readable-max`, from 0 to 1. The tokens are readable already.
 */
function readable(colour: string): string {
  return colour.startsWith("var(") ? colour : `oklch(from ${colour} clamp(var(--readable-min, 0), l, var(--readable-max, 1)) c h)`;
}
