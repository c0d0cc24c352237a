import type { Completion } from "@codemirror/autocomplete";
import { msg } from "@lit/localize";
import type { CompletionItem } from "./service.ts";

type Kind = CompletionItem["kind"];

/** A sign for each kind, in the style of formulas. */
const SIGNS: Readonly<Record<Kind, string>> = {
  function: "ƒ",
  method: "ƒ",
  variable: "x",
  constant: "c",
  property: "p",
  keyword: "k",
  type: "T",
  module: "m",
};

/** What CodeMirror carries along with a choice: kind, and whether it is deprecated. */
export function completionType(kind: Kind, deprecated: boolean): string {
  return deprecated ? `${kind} deprecated` : kind;
}

/** The class of a choice in the list. */
export function completionClass({ type }: Completion): string {
  return isDeprecated(type) ? "cm-deprecated" : "";
}

/** In front of a choice: a sign of its kind, and for screen readers the word, in the reader's language. */
export function kindElement({ type }: Completion): HTMLElement | null {
  const kind = type?.split(" ")[0] as Kind | undefined;
  if (kind === undefined || !Object.hasOwn(SIGNS, kind)) return null;
  const text = isDeprecated(type) ? `${kindText(kind)}, ${msg("deprecated", { id: "completion-deprecated" })}` : kindText(kind);
  const element = document.createElement("span");
  element.className = `cm-completionKind cm-completionKind-${kind}`;
  element.title = text;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", text);
  element.textContent = SIGNS[kind];
  return element;
}

function isDeprecated(type: string | undefined): boolean {
  return type?.endsWith(" deprecated") === true;
}

function kindText(kind: Kind): string {
  switch (kind) {
    case "function":
      return msg("function", { id: "completion-function" });
    case "method":
      return msg("method", { id: "completion-method" });
    case "variable":
      return msg("variable", { id: "completion-variable" });
    case "constant":
      return msg("value", { id: "completion-constant" });
    case "property":
      return msg("property", { id: "completion-property" });
    case "keyword":
      return msg("keyword", { id: "completion-keyword" });
    case "type":
      return msg("type", { id: "completion-type" });
    case "module":
      return msg("file", { id: "completion-module" });
  }
}
