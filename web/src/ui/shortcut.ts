/**
 * A combination of keys as text: modifiers and one key, joined by hyphens, as in `Mod-Shift-Enter` or `F1`.
 * `Mod` is Command on a Mac and Control elsewhere; the key is a name of `KeyboardEvent.key`, letters in lower case.
 */
export type Shortcut = string;

interface Combination {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Where on the keyboard characters are: with a layout of other letters, `event.key` does not tell. */
const CODES: Readonly<Record<string, string>> = { ".": "Period", ",": "Comma", "/": "Slash", "[": "BracketLeft", "]": "BracketRight", "\\": "Backslash" };
const MAC_WORDS: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "↩",
  Escape: "esc",
  Backspace: "⌫",
};
const PC_WORDS: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };
const LONE_KEY = /^(?:F\d+|Escape)$/;

/** Whether the reader's keyboard is a Mac's, whose shortcuts are spelled differently. */
export const isMac: boolean = typeof navigator === "object" && /^(?:Mac|iPhone|iPad)/.test(navigator.platform);

/** The shortcut as it is written on this machine: `Ctrl+Shift+Enter`, or `⇧⌘↩` on a Mac. */
export function shortcutText(shortcut: Shortcut, mac: boolean = isMac): string {
  const { key, mod, shift, alt } = parse(shortcut);
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (mac) return [alt ? "⌥" : "", shift ? "⇧" : "", mod ? "⌘" : "", MAC_WORDS[key] ?? name].join("");
  return [...(mod ? ["Ctrl"] : []), ...(alt ? ["Alt"] : []), ...(shift ? ["Shift"] : []), PC_WORDS[key] ?? name].join("+");
}

/** The value of `aria-keyshortcuts`. */
export function ariaShortcut(shortcut: Shortcut, mac: boolean = isMac): string {
  const { key, mod, shift, alt } = parse(shortcut);
  return [...(mod ? [mac ? "Meta" : "Control"] : []), ...(alt ? ["Alt"] : []), ...(shift ? ["Shift"] : []), key].join("+");
}

/** Whether this is the combination that was pressed, whatever letters the keyboard's layout has. */
export function isPressed(
  shortcut: Shortcut,
  event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
  mac: boolean = isMac,
): boolean {
  const { key, mod, shift, alt } = parse(shortcut);
  const modifier = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (modifier !== mod || other || event.altKey !== alt) return false;
  // A sign such as `?` says itself whether Shift belongs to it.
  const isSign = key.length === 1 && !/[a-z]/.test(key);
  if (event.shiftKey !== shift && !(isSign && !mod && !alt)) return false;
  if (event.key === key || (key.length === 1 && event.key.toLowerCase() === key)) return true;
  // "а" for "f" with Russian letters, "ƒ" with Option on a Mac: then the place of the key counts.
  const isForeign = event.key === "Dead" || (event.key.length === 1 && event.key.charCodeAt(0) > 0x7f);
  return isForeign && key.length === 1 && event.code === (CODES[key] ?? `Key${key.toUpperCase()}`);
}

/** Whether the shortcut would write something into a text field, and so must wait until none has the focus. */
export function isTyping(shortcut: Shortcut): boolean {
  const { key, mod, alt } = parse(shortcut);
  return !mod && !alt && !LONE_KEY.test(key);
}

function parse(shortcut: Shortcut): Combination {
  const parts = shortcut.split("-");
  const key = parts.pop() as string;
  return { key, mod: parts.includes("Mod"), shift: parts.includes("Shift"), alt: parts.includes("Alt") };
}
