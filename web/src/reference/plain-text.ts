import type { Block, Inline } from "./content.ts";

/** Blocks as text without marks, a line for each. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(blockText).join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return inlineText(block.content);
    case "code":
      return block.source;
    case "note":
      return plainText(block.content);
    case "list":
      return block.items.map(plainText).join("\n");
    case "table":
      return [block.head, ...block.rows].map((row) => row.map(inlineText).join(" ")).join("\n");
  }
}

function inlineText(content: readonly Inline[]): string {
  return content.map((inline) => (typeof inline === "string" ? inline : inline.kind === "code" ? inline.text : inlineText(inline.content))).join("");
}
