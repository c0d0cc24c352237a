/**
 * The reference as the page shows it: what `web/build/reference-content.ts` makes of the script API's texts while the page is built.
 * Plain data, so that nothing in it can be taken for HTML.
 */

/** A piece of running text. */
export type Inline =
  | string
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly content: readonly Inline[] }
  /** `topic` is the id of another topic. */
  | { readonly kind: "link"; readonly topic: string; readonly content: readonly Inline[] };

/** A part of a topic that begins on a line of its own. */
export type Block =
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  /** Luau, without a line break at the end. */
  | { readonly kind: "code"; readonly source: string }
  /** What a reader must not miss. */
  | { readonly kind: "note"; readonly content: readonly Block[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "table"; readonly head: readonly (readonly Inline[])[]; readonly rows: readonly (readonly (readonly Inline[])[])[] };

/** What stands below one heading. */
export interface ReferenceTopic {
  /** The same in every language. */
  readonly id: string;
  /** 1 for a chapter; more for what lies in it. */
  readonly depth: 1 | 2 | 3;
  readonly title: string;
  /** Of an entry, as scripts write them: `zone.socket.update`, `NetConnection:send`; empty for an introduction. */
  readonly names: readonly string[];
  readonly blocks: readonly Block[];
}

/** The reference in one language, in its order. */
export interface ReferenceContent {
  /** What the marks of entries mean. */
  readonly note: readonly Inline[];
  readonly topics: readonly ReferenceTopic[];
}

/** The topic that says what a bridge is. */
export const BRIDGE_TOPIC = "the-bridge";
