import type { Inline } from "@playground/lessons";

/** The words of running text alone: for names of controls and for lists. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => ("text" in inline ? inline.text : inline.type === "break" ? " " : inlineText(inline.children))).join("");
}
