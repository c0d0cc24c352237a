/** How often xterm.js repeats a letter to measure it: the DOM has the width of them all in whole pixels. */
const REPEAT = 32;
/** Variants as xterm.js numbers them: bold in bit 0, italic in bit 1. */
const BOLD = 1;
const ITALIC = 2;
/** Share of a letter's width by which the canvas may differ from the DOM, as rounding makes it: more is another size of the font. */
const ROUNDING = 0.02;

/** What is used of how xterm.js 6.0 measures letters, which is no part of its API. */
export interface LetterWidths {
  /** The width of a letter in CSS pixels, measured anew. */
  _measure(letter: string, variant: number): number;
  _font: string;
  /** CSS pixels. */
  _fontSize: number;
  _weight: number | string;
  _weightBold: number | string;
}

/**
 * Has letters measured in a canvas, which knows the browser's fonts and lays out nothing. xterm.js asks the DOM for the width of each
 * letter that it sees for the first time, between two rows: the browser then lays out the whole screen for each of them.
 */
export function measureInCanvas(renderer: { readonly _widthCache?: Partial<LetterWidths> }): void {
  const canvas = document.createElement("canvas").getContext("2d");
  if (canvas !== null && isLetterWidths(renderer._widthCache)) measureIn(canvas, renderer._widthCache);
}

function measureIn(canvas: CanvasRenderingContext2D, widths: LetterWidths): void {
  const inDom = widths._measure.bind(widths);
  let font = "";
  let scale = 1;

  /** CSS pixels of the letter repeated. */
  function inCanvas(letter: string, variant: number): number {
    const weight = (variant & BOLD) === 0 ? widths._weight : widths._weightBold;
    const style = (variant & ITALIC) === 0 ? "normal" : "italic";
    canvas.font = `${style} ${weight} ${widths._fontSize}px ${widths._font}`;
    return canvas.measureText(letter.repeat(REPEAT)).width;
  }

  widths._measure = (letter, variant) => {
    const now = `${widths._fontSize} ${widths._font}`;
    if (font !== now) {
      // A reader may have set a least size for fonts, of which the canvas knows nothing.
      const ratio = (inDom("W", 0) * REPEAT) / inCanvas("W", 0);
      // While the console is not shown, its letters have no width, and the canvas alone has to do.
      if (ratio > 0) font = now;
      scale = ratio === 0 || Math.abs(ratio - 1) < ROUNDING ? 1 : ratio;
    }
    return Math.round(inCanvas(letter, variant) * scale) / REPEAT;
  };
}

function isLetterWidths(widths: Partial<LetterWidths> | undefined): widths is LetterWidths {
  return typeof widths?._measure === "function" && typeof widths._font === "string" && typeof widths._fontSize === "number";
}
