import { msg } from "@lit/localize";

/** CodeMirror's own words, and those of our extensions, in the reader's language; the keys are CodeMirror's. */
export function editorPhrases(): Record<string, string> {
  return {
    "Control character": msg("Control character", { id: "cm-control-character" }),
    "Fold line": msg("Fold", { id: "cm-fold-line" }),
    "Unfold line": msg("Unfold", { id: "cm-unfold-line" }),
    "folded code": msg("folded code", { id: "cm-folded-code" }),
    "unfold": msg("unfold", { id: "cm-unfold" }),
    "to": msg("to", { id: "cm-to" }),
    "Folded lines": msg("Folded lines", { id: "cm-folded-lines" }),
    "Unfolded lines": msg("Unfolded lines", { id: "cm-unfolded-lines" }),
    "Selection deleted": msg("Selection deleted", { id: "cm-selection-deleted" }),
    "Find": msg("Find", { id: "cm-find" }),
    "Replace": msg("Replace", { id: "cm-replace" }),
    "next": msg("next", { id: "cm-next" }),
    "previous": msg("previous", { id: "cm-previous" }),
    "all": msg("all", { id: "cm-all" }),
    "match case": msg("match case", { id: "cm-match-case" }),
    "by word": msg("by word", { id: "cm-by-word" }),
    "regexp": msg("regexp", { id: "cm-regexp" }),
    "replace": msg("replace", { id: "cm-replace-one" }),
    "replace all": msg("replace all", { id: "cm-replace-all" }),
    "close": msg("close", { id: "cm-close" }),
    "current match": msg("current match", { id: "cm-current-match" }),
    "on line": msg("on line", { id: "cm-on-line" }),
    "replaced $ matches": msg("matches replaced: $", { id: "cm-replaced-matches" }),
    "replaced match on line $": msg("replaced match on line $", { id: "cm-replaced-match" }),
    "Go to line": msg("Go to line", { id: "cm-go-to-line" }),
    "go": msg("go", { id: "cm-go" }),
    "Diagnostics": msg("Problems", { id: "cm-diagnostics" }),
    "No diagnostics": msg("No problems", { id: "cm-no-diagnostics" }),
    "Completions": msg("Completions", { id: "cm-completions" }),
    "In the reference": msg("In the reference", { id: "cm-in-the-reference" }),
    "Error in this line": msg("Error in this line", { id: "cm-error-in-line" }),
  };
}
