import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";
import { selfTag } from "./luau/language.ts";

/** Colours of code, all from tokens.css, so that one style serves light and dark. */
export const codeHighlighting = HighlightStyle.define([
  { tag: t.keyword, color: "var(--code-keyword)" },
  { tag: [t.atom, t.number], color: "var(--code-number)" },
  { tag: t.string, color: "var(--code-string)" },
  { tag: [t.escape, t.special(t.brace)], color: "var(--code-escape)" },
  { tag: t.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: t.docComment, color: "var(--code-builtin)" },
  { tag: [t.function(t.variableName), t.function(t.propertyName)], color: "var(--code-function)" },
  { tag: t.definition(t.function(t.variableName)), color: "var(--code-function)", fontWeight: "600" },
  { tag: t.standard(t.variableName), color: "var(--code-builtin)" },
  { tag: selfTag, color: "var(--code-builtin)", fontStyle: "italic" },
  { tag: [t.typeName, t.definition(t.typeName)], color: "var(--code-type)" },
  { tag: t.typeOperator, color: "var(--code-type)" },
  { tag: t.annotation, color: "var(--code-builtin)" },
  { tag: t.propertyName, color: "var(--code-property)" },
  { tag: [t.operator, t.punctuation, t.bracket], color: "var(--code-operator)" },
  { tag: t.invalid, color: "var(--code-invalid)", textDecoration: "underline wavy" },
]);

/** Everything of the editor that is not a token. */
export const codeTheme = EditorView.theme({
  "&": { blockSize: "100%", fontSize: "var(--text-m)", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "0.5rem 0 4rem", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.75rem 0 0.4rem" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--ink-faint)", border: "none", paddingInlineStart: "0.35rem" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.2em", padding: "0 0.35rem 0 0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent-wash) 40%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  "&:not(.cm-focused) .cm-activeLine": { backgroundColor: "transparent" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { backgroundColor: "var(--accent-wash)", outline: "1px solid var(--accent)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--failed-wash)", color: "var(--failed)" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 0.2rem", cursor: "pointer", color: "var(--ink-faint)" },
  ".cm-foldPlaceholder": { background: "var(--hover)", border: "none", color: "var(--ink-soft)", padding: "0 0.4em", margin: "0 0.2em" },
  ".cm-errorGutter": { minWidth: "0.9rem" },
  ".cm-errorSign": { color: "var(--failed)", fontSize: "0.7em", cursor: "default" },
  ".cm-errorLine, .cm-activeLine.cm-errorLine": { backgroundColor: "var(--failed-wash)" },
  // Padding and no margin: CodeMirror measures blocks without their margins.
  ".cm-errorMessage": { padding: "0 0.75rem 0.35rem 0.4rem" },
  ".cm-errorMessage > div": {
    padding: "0.25rem 0.6rem",
    borderInlineStart: "3px solid var(--failed)",
    background: "var(--failed-wash)",
    color: "var(--failed)",
    fontFamily: "var(--font)",
    fontSize: "var(--text-s)",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
});
