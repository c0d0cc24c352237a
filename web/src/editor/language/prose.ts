/** A paragraph of which all is emphasized. */
const EMPHASIZED = /^_([^_`]+)_$/;

/** Paragraphs of text in which code stands between backticks, as elements. */
export function prose(text: string): HTMLElement[] {
  return text.split("\n\n").map((paragraph) => {
    const element = document.createElement("p");
    const [, emphasized] = EMPHASIZED.exec(paragraph) ?? [];
    if (emphasized !== undefined) {
      element.append(Object.assign(document.createElement("em"), { textContent: emphasized }));
      return element;
    }
    for (const [index, part] of paragraph.split("`").entries()) {
      if (index % 2 === 0) element.append(part);
      else element.append(codeElement(part));
    }
    return element;
  });
}

export function codeElement(text: string): HTMLElement {
  const code = document.createElement("code");
  code.textContent = text;
  return code;
}
