import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { completion } from "./language/completion.ts";
import type { LanguageService } from "./language/service.ts";
import { signature } from "./language/signature.ts";

/** What whoever types needs and whoever reads does not, fetched when the editor first has the focus: search, completion, the arguments of calls, closing brackets. */
export function typing(services: readonly LanguageService[]): Extension {
  return [
    search({ top: true }),
    highlightSelectionMatches(),
    completion(services),
    signature(services),
    closeBrackets(),
    Prec.high(keymap.of(closeBracketsKeymap)),
    keymap.of(searchKeymap),
  ];
}

export { openSearchPanel };
