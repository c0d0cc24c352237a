/**
 * The colour of each kind of token in `tokens.css`. The editor's own table (`editor/code-theme.ts`) speaks of
 * CodeMirror's tags; a test compares the two.
 */
export const TOKEN_COLOURS: Readonly<Record<string, string>> = {
  annotation: "builtin",
  bracket: "operator",
  builtin: "builtin",
  comment: "comment",
  constant: "number",
  directive: "builtin",
  escape: "escape",
  functionCall: "function",
  functionName: "function",
  interpolation: "escape",
  invalid: "invalid",
  keyword: "keyword",
  method: "function",
  number: "number",
  operator: "operator",
  property: "property",
  punctuation: "operator",
  self: "builtin",
  string: "string",
  type: "type",
  typeName: "type",
  typeOperator: "type",
};
