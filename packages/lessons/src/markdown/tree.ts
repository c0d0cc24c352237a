/**
 * The text of a lesson as a tree of plain data. Whoever shows it makes elements of it, one kind for each type, so that no HTML of an
 * author ever reaches a page: there is no node that could carry any.
 */

/** Running text. */
export type Inline =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "emphasis"; readonly children: readonly Inline[] }
  | { readonly type: "strong"; readonly children: readonly Inline[] }
  | { readonly type: "break" }
  | { readonly type: "link"; readonly target: LinkTarget; readonly children: readonly Inline[] };

/** Where a link leads. */
export type LinkTarget =
  /** Another site; `http:` or `https:`, nothing else. */
  | { readonly kind: "web"; readonly url: string }
  /** A topic of the playground's reference, such as `zone.socket.update`. */
  | { readonly kind: "reference"; readonly topic: string }
  /** Another lesson of the same course. */
  | { readonly kind: "lesson"; readonly lesson: string };

/** What stands on lines of its own. */
export type Block =
  | { readonly type: "paragraph"; readonly children: readonly Inline[] }
  /** Levels 1 and 2 are the lesson's title and its steps. */
  | { readonly type: "heading"; readonly level: 3 | 4; readonly children: readonly Inline[] }
  | { readonly type: "list"; readonly ordered: boolean; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly type: "quote"; readonly children: readonly Block[] }
  | CodeBlock
  | { readonly type: "callout"; readonly kind: CalloutKind; readonly title: readonly Inline[]; readonly children: readonly Block[] }
  /** Rows of cells; the first is the head. */
  | { readonly type: "table"; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly type: "picture"; readonly path: string; readonly description: string }
  | { readonly type: "rule" };

export const CALLOUT_KINDS = ["note", "tip", "warning"] as const;

export type CalloutKind = (typeof CALLOUT_KINDS)[number];

/** What a reader can do with a block of code. */
export type CodeAction =
  /** Run it as a program of its own. */
  | "run"
  /** Put it into a file of the lesson. */
  | "open"
  /** See how it differs from a file of the lesson. */
  | "compare";

export interface CodeBlock {
  readonly type: "code-block";
  /** `luau`, `text`, … */
  readonly language: string;
  readonly text: string;
  readonly action?: CodeAction;
  /** For `open` and `compare`: the file's name. */
  readonly file?: string;
}
