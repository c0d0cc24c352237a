import { msg, str } from "@lit/localize";
import type { Arrow, LadderItem, Mark } from "@playground/capture";
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { textParts } from "./byte-text.ts";
import { kindText, partTexts, stateText } from "./ladder-texts.ts";
import { shortSize } from "./size-text.ts";
import { durationText } from "./time-text.ts";

/** Pixels of a row: an arrow below its label, a mark beside it, and what a silence before it adds. */
export const ROW_HEIGHTS = { arrow: 46, mark: 30, silence: 26 } as const;

/** Where an arrow is within its row, pixels: it falls if it is known when it went and when it came. */
const ARROW_Y = { level: 32, from: 26, to: 37 } as const;
/** Pixels from a lifeline at which an arrow begins and ends. */
const GAP = 5;
/** What of its way an arrow has gone that has not come, where nothing says how far it is. */
const WAY_GONE = 0.62;
/** Pixels that an arrow goes out of its lifeline and back: from a program to itself. */
const LOOP = 46;
/** Pixels between a bracket and its lifeline. */
const BRACKET_GAP = 9;
/** Characters of the bytes at an arrow. */
const LABEL_CHARS = 48;
/** Milliseconds below which nobody cares how long an arrow took: it was at once. */
const WORTH_A_WORD_MS = 1;

/** A bracket's stretch in a row. */
export interface BracketPiece {
  readonly x: number;
  /** 1: its ends point to the right, -1: to the left. */
  readonly side: 1 | -1;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Where a row's things stand: pixels. */
export interface RowPlaces {
  readonly width: number;
  readonly height: number;
  /** Of what the item has at its beginning and its end, or of the mark; undefined for what concerns all. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly brackets: readonly BracketPiece[];
}

/** The lines of an item, without its words. */
export function rowLines(item: LadderItem, { width, height, from, to, brackets }: RowPlaces): TemplateResult {
  const drawn =
    item.shape === "mark"
      ? from === undefined
        ? nothing
        : markShape(item, from, height)
      : from === undefined || to === undefined
        ? nothing
        : arrowShape(item, from, to, height - ROW_HEIGHTS.arrow);
  return html`<svg class="lines" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">${drawn}${brackets.map((piece) => bracketShape(piece, height))}</svg>`;
}

/** `top`: where the arrow's own part of the row begins, below a silence. */
function arrowShape(arrow: Arrow, from: number, to: number, top: number): SVGTemplateResult {
  const { state, sentAt, arrivedAt } = arrow;
  const isOpen = state === "held" || state === "under-way";
  if (from === to) {
    const end = from + LOOP;
    return svg`<path class="line" d=${`M${from + GAP} ${top + ARROW_Y.from}H${end}V${top + ARROW_Y.to}H${from + GAP}`} />${head(from + GAP, top + ARROW_Y.to, -1, 0, state)}`;
  }
  const direction = to > from ? 1 : -1;
  const x1 = from + direction * GAP;
  const falls = sentAt !== undefined && arrivedAt !== undefined;
  const y1 = top + (falls || isOpen ? ARROW_Y.from : ARROW_Y.level);
  const wholeX = to - direction * GAP;
  const wholeY = top + (falls || isOpen ? ARROW_Y.to : ARROW_Y.level);
  const gone = isOpen ? WAY_GONE : 1;
  const x2 = x1 + (wholeX - x1) * gone;
  const y2 = y1 + (wholeY - y1) * gone;
  const slope = (wholeY - y1) / Math.abs(wholeX - x1);
  return svg`<path class="line" d=${`M${x1} ${y1}L${x2} ${y2}`} />${state === "held" ? pauseShape(x2 + direction * 8, y2) : head(x2, y2, direction, slope, state)}`;
}

/** The head of an arrow that has come, or the cross of one that was not let in or read. */
function head(x: number, y: number, direction: number, slope: number, state: Arrow["state"]): SVGTemplateResult {
  if (state === "refused" || state === "failed" || state === "thrown-away") {
    const middle = x - direction * 6;
    return svg`<path class="line cross" d=${`M${middle - 5} ${y - 5}l10 10M${middle + 5} ${y - 5}l-10 10`} />`;
  }
  const back = x - direction * 9;
  const lift = slope * 9;
  const open = state === "under-way";
  return svg`<path class=${open ? "head open" : "head"} d=${`M${back} ${y - lift - 4.5}L${x} ${y}L${back} ${y - lift + 4.5}${open ? "" : "Z"}`} />`;
}

function pauseShape(x: number, y: number): SVGTemplateResult {
  return svg`<path class="pause" d=${`M${x - 3} ${y - 5}v10M${x + 3} ${y - 5}v10`} />`;
}

function markShape({ kind, state }: Mark, x: number, height: number): SVGTemplateResult {
  const y = height - ROW_HEIGHTS.mark / 2;
  switch (kind) {
    case "closed":
    case "listener-closed":
      return svg`<path class="line cross" d=${`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`} />`;
    case "broken":
    case "listen-failed":
    case "listener-lost":
      return svg`<path class="head bad" d=${`M${x} ${y - 6}L${x + 7} ${y + 6}H${x - 7}Z`} />`;
    case "listen":
      return svg`<circle class="ring" cx=${x} cy=${y} r="5.5" /><circle class="dot" cx=${x} cy=${y} r="2" />`;
    case "program":
      return state === "started"
        ? svg`<path class="dot" d=${`M${x - 4} ${y - 6}L${x + 7} ${y}L${x - 4} ${y + 6}Z`} />`
        : svg`<rect class="dot" x=${x - 5} y=${y - 5} width="10" height="10" rx="1.5" />`;
    case "printed":
      return svg`<circle class="small" cx=${x} cy=${y} r="2.5" />`;
    default:
      return svg`<circle class="dot" cx=${x} cy=${y} r="4.5" />`;
  }
}

function bracketShape({ x, side, isFirst, isLast }: BracketPiece, height: number): SVGTemplateResult {
  const at = x + side * BRACKET_GAP;
  // Around the arrows: at the first from its middle down, at the last as far as its middle.
  const top = isFirst ? height - ROW_HEIGHTS.arrow + 18 : 0;
  const bottom = isLast ? height - 4 : height;
  const ends = `${isFirst ? `M${at + side * 5} ${top}H${at}` : `M${at} ${top}`}V${bottom}${isLast ? `H${at + side * 5}` : ""}`;
  return svg`<path class="bracket" d=${ends} />`;
}

/** The words of an item, as they stand at its lines. */
export function rowWords(item: LadderItem): TemplateResult {
  return item.shape === "arrow" ? arrowWords(item) : html`<span class="what">${kindText(item)}</span>`;
}

function arrowWords(arrow: Arrow): TemplateResult {
  const { piece, state, sentAt, arrivedAt, notes } = arrow;
  const took = sentAt === undefined || arrivedAt === undefined ? 0 : arrivedAt - sentAt;
  const isNews = state === "held" || state === "under-way" || state === "thrown-away";
  return html`${
    piece !== undefined && piece.size > 0
      ? html`<span class="quote" translate="no">${textParts(piece.bytes, LABEL_CHARS).map(({ kind: part, text }) => (part === "text" ? text : html`<span class=${part}>${text}</span>`))}</span><span class="size">${shortSize(piece.size)}</span>`
      : html`<span class="what">${kindText(arrow)}</span>`
  }${partTexts(arrow).map((text) => html`<span class="chip">${text}</span>`)}${isNews ? html`<span class="chip state">${stateText(arrow)}</span>` : nothing}${
    took >= WORTH_A_WORD_MS ? html`<span class="size took">${durationText(took)}</span>` : nothing
  }${notes.length > 0 ? html`<span class="note">!</span>` : nothing}`;
}

/** How long nothing happened before an item. */
export function silenceWords(milliseconds: number): string {
  return msg(str`${durationText(milliseconds)} later`, { id: "net-later" });
}
