import { lexer, type Token, type Tokens } from "marked";
import { anchor, type Language, ORIGINS_NOTE, REFERENCE, topicsOf } from "../../packages/zone/src/reference/index.ts";
import type { Block, Inline, ReferenceContent } from "../src/reference/content.ts";

/**
 * The script API's reference, its Markdown read, as data for the page.
 *
 * @throws {RangeError} for Markdown that the page has no way to show, and for a link that leads nowhere
 */
export function referenceContent(language: Language): ReferenceContent {
  const topics = topicsOf(REFERENCE, language);
  const reader = new MarkdownReader(new Map(topics.map(({ id, title }) => [`#${anchor(title)}`, id])));
  return {
    note: reader.inline(ORIGINS_NOTE[language]),
    topics: topics.map(({ markdown, ...topic }) => ({ ...topic, blocks: reader.blocks(markdown) })),
  };
}

class MarkdownReader {
  /** Topics by the addresses that lead to them from within the page in Markdown. */
  readonly #topics: ReadonlyMap<string, string>;

  constructor(topics: ReadonlyMap<string, string>) {
    this.#topics = topics;
  }

  blocks(markdown: string): Block[] {
    return this.#blocks(lexer(markdown));
  }

  /** A single paragraph. */
  inline(markdown: string): Inline[] {
    return this.blocks(markdown).flatMap((block) => (block.kind === "paragraph" ? block.content : []));
  }

  #blocks(tokens: readonly Token[]): Block[] {
    return tokens.filter(({ type }) => type !== "space").map((token) => this.#block(token));
  }

  #block(token: Token): Block {
    switch (token.type) {
      case "paragraph":
      // The lines of a list whose items are not set apart.
      case "text":
        return { kind: "paragraph", content: this.#inlines((token as Tokens.Paragraph | Tokens.Text).tokens ?? []) };
      case "code":
        return { kind: "code", source: (token as Tokens.Code).text };
      case "blockquote":
        return { kind: "note", content: this.#blocks((token as Tokens.Blockquote).tokens) };
      case "list":
        return { kind: "list", items: (token as Tokens.List).items.map(({ tokens }) => this.#blocks(tokens)) };
      case "table": {
        const { header, rows } = token as Tokens.Table;
        const cells = (row: readonly Tokens.TableCell[]): Inline[][] => row.map(({ tokens }) => this.#inlines(tokens));
        return { kind: "table", head: cells(header), rows: rows.map(cells) };
      }
      default:
        throw new RangeError(`the page cannot show ${token.type} in Markdown: ${token.raw}`);
    }
  }

  #inlines(tokens: readonly Token[]): Inline[] {
    return tokens.map((token) => this.#inline(token));
  }

  #inline(token: Token): Inline {
    switch (token.type) {
      case "text":
      case "escape":
        return (token as Tokens.Text | Tokens.Escape).text;
      case "codespan":
        return { kind: "code", text: (token as Tokens.Codespan).text };
      case "strong":
        return { kind: "strong", content: this.#inlines((token as Tokens.Strong).tokens) };
      case "em":
        return { kind: "emphasis", content: this.#inlines((token as Tokens.Em).tokens) };
      case "link": {
        const { href, tokens } = token as Tokens.Link;
        const topic = this.#topics.get(decodeURIComponent(href));
        if (topic === undefined) throw new RangeError(`a link of the reference leads nowhere: ${token.raw}`);
        return { kind: "link", topic, content: this.#inlines(tokens) };
      }
      default:
        throw new RangeError(`the page cannot show ${token.type} in Markdown: ${token.raw}`);
    }
  }
}
