import type { StringStream } from "@codemirror/language";

/** What the tokenizer needs of a line: CodeMirror's stream has it, and `LineStream` without CodeMirror. */
export type TokenStream = Pick<
  StringStream,
  "string" | "pos" | "sol" | "eol" | "peek" | "next" | "eatSpace" | "eatWhile" | "skipToEnd" | "match" | "current" | "indentation"
>;
