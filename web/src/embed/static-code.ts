import { html, type TemplateResult } from "lit";
import { highlightLines, type StyledText } from "../editor/luau/highlight-lines.ts";
import { findRegions } from "./regions.ts";

/** A file's code without an editor: coloured, numbered, hidden regions left out, folded ones closed. */
export function staticCode(source: string, label: string): TemplateResult {
  const lines = highlightLines(source);
  const regions = new Map(findRegions(source).map((region) => [region.from, region]));
  const rows: TemplateResult[] = [];
  for (let number = 1; number <= lines.length; number++) {
    const region = regions.get(number);
    if (region === undefined) {
      // The empty line behind the last line break is none.
      if (number < lines.length || (lines.at(-1)?.length ?? 0) > 0) rows.push(row(number, lines[number - 1] ?? []));
      continue;
    }
    if (region.kind === "folded") {
      const inside = lines.slice(region.from, region.to).map((line, index) => row(region.from + index + 1, line));
      rows.push(html`<details><summary>${row(number, lines[number - 1] ?? [])}</summary>${inside}</details>`);
    }
    number = region.to;
  }
  return html`<div class="static" tabindex="0" role="group" aria-label=${label}><code>${rows}</code></div>`;
}

/** Lines that are seen at first: what decides how high the code is drawn. */
export function visibleLineCount(source: string): number {
  const hidden = findRegions(source).reduce((total, { kind, from, to }) => total + to - from + (kind === "hidden" ? 1 : 0), 0);
  return source.replace(/\n$/, "").split("\n").length - hidden;
}

function row(number: number, pieces: readonly StyledText[]): TemplateResult {
  return html`<span class="row"><span class="number" aria-hidden="true" data-number=${number}></span><span class="text">${pieces.map(({ text, style }) =>
    style === null ? text : html`<span class=${`t-${style}`}>${text}</span>`,
  )}${"\n"}</span></span>`;
}
