import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { highlightLines } from "../editor/luau/highlight-lines.ts";
import type { Block, Inline } from "./content.ts";
import { referenceLink } from "./reference-link.ts";
import { markWords } from "./search.ts";
import "../ui/copy-button.ts";

type Rendered = string | TemplateResult | readonly Rendered[];

/** What is around the blocks. */
export interface BlockSurroundings {
  /** Words to mark. */
  readonly words: readonly string[];
  /** Shows another topic. */
  readonly open: (topic: string) => void;
}

/** A text in which the words that were searched for are marked. */
export function markedText(text: string, words: readonly string[]): Rendered {
  if (words.length === 0) return text;
  return markWords(text, words).map(({ text: piece, isFound }) => (isFound ? html`<mark>${piece}</mark>` : piece));
}

export function renderBlocks(blocks: readonly Block[], around: BlockSurroundings): TemplateResult[] {
  return blocks.map((block) => renderBlock(block, around));
}

function renderBlock(block: Block, around: BlockSurroundings): TemplateResult {
  switch (block.kind) {
    case "paragraph":
      return html`<p>${renderInlines(block.content, around)}</p>`;
    case "code":
      return html`<div class="sample">${renderCode(block.source, around)}<zp-copy-button iconOnly .text=${block.source} .label=${msg("Copy the code", { id: "copy-code" })}></zp-copy-button></div>`;
    case "note":
      return html`<div class="note">${renderBlocks(block.content, around)}</div>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${renderBlocks(item, around)}</li>`)}</ul>`;
    case "table":
      return html`
        <div class="table" tabindex="0" role="group" aria-label=${msg("Table", { id: "reference-table" })}><table>
          <thead><tr>${block.head.map((cell) => html`<th scope="col">${renderInlines(cell, around)}</th>`)}</tr></thead>
          <tbody>${block.rows.map((row) => html`<tr>${row.map((cell) => html`<td>${renderInlines(cell, around)}</td>`)}</tr>`)}</tbody>
        </table></div>`;
  }
}

export function renderInlines(content: readonly Inline[], around: BlockSurroundings): Rendered {
  return content.map((inline): Rendered => {
    if (typeof inline === "string") return markedText(inline, around.words);
    switch (inline.kind) {
      case "code":
        return html`<code>${markedText(inline.text, around.words)}</code>`;
      case "strong":
        return html`<strong>${renderInlines(inline.content, around)}</strong>`;
      case "emphasis":
        return html`<em>${renderInlines(inline.content, around)}</em>`;
      case "link":
        return html`<a href=${referenceLink(inline.topic, location)} @click=${(event: MouseEvent) => follow(event, () => around.open(inline.topic))}>${renderInlines(inline.content, around)}</a>`;
    }
  });
}

/** Luau in the editor's colours. */
export function renderCode(source: string, { words }: Pick<BlockSurroundings, "words">): TemplateResult {
  const lines = highlightLines(source).map((pieces) => [
    pieces.map(({ text, style }) => (style === null ? markedText(text, words) : html`<span class=${`t-${style}`}>${markedText(text, words)}</span>`)),
    "\n",
  ]);
  return html`<pre><code>${lines}</code></pre>`;
}

/** A link is followed within the page, unless the reader wants it in another tab. */
export function follow(event: MouseEvent, open: () => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  open();
}
