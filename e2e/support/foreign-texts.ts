import type { Page } from "@playwright/test";

/** What is English in every language: code, names of files, keys, products and protocols, addresses. */
const ALLOWED = [
  /https?:\/\/\S*/g,
  /[\w-]+\.(?:luau|zip|json|local|ts|md)\b/g,
  /\bzone(?:\.\w+)*(?:\(\))?/g,
  /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?/g,
  /--[a-z][\w-]*/g,
  /\b(?:Zone Playground|Zone|Playground|Luau|StyLua|TCP|HTTP|WASM|WebSocket|UTF-8|QR|nc|Lua|IndexedDB|ByteStream|ANSI|CSP|MIT|GitHub)\b/g,
  /\b(?:Ctrl|Control|Cmd|Command|Shift|Alt|Meta|Esc|Escape|Tab|Enter|Space|Home|End|Backspace|Delete|PageUp|PageDown|Option|F\d{1,2})\b/g,
  // A commit behind a version.
  /\([0-9a-f]{7}\+?\)/g,
  // The name of the language that one can change to.
  /\bEN\b|\bEnglish\b/g,
];

/**
 * Texts of a page that holds Russian: all that is seen, and all that a screen reader says, in which Latin words are left.
 * What programs print, code, and what is marked as of another language (`lang`) is left out. `names`: words of the test's own.
 */
export async function foreignTexts(page: Page, names: readonly RegExp[] = []): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = new Set<string>();
    const skipped =
      ".cm-content, .cm-completionLabel, .cm-diagnosticSource, .cm-gutters, .xterm, [role=log], script, style, pre, code, textarea, [translate=no]";
    const attributes = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "alt"];
    const visit = (root: ParentNode): void => {
      for (const element of root.querySelectorAll<HTMLElement>("*")) {
        if (element.closest(skipped) !== null || element.closest("[lang]:not([lang=ru])") !== null) continue;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        for (const name of attributes) {
          const value = element.getAttribute(name);
          if (value !== null && value.trim() !== "") found.add(value.trim());
        }
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) found.add(node.nodeValue.trim());
        if (element.shadowRoot !== null) visit(element.shadowRoot);
      }
    };
    visit(document);
    return [...found, document.title];
  });
  return texts.filter((text) => /[A-Za-z]{2}/.test([...ALLOWED, ...names].reduce((rest, allowed) => rest.replaceAll(allowed, " "), text)));
}
