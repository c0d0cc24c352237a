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
    "Error in this line": msg("Error in this line", { id: "cm-error-in-line" }),
  };
}
