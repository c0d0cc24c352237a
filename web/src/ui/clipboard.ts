/**
 * Puts a text on the clipboard; false when the browser would not have it. `near` is what was pressed: a dialog that is open
 * makes everything outside of it inert, also what the text is copied from where there is no `navigator.clipboard`.
 */
export async function copyText(text: string, near: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Where something is selected it stays selected; some browsers copy nothing at all without.
    return copyByEvent(text) || copyFromField(text, near);
  }
}

/**
 * The old way, which also works where the page comes by plain HTTP from another machine. The clipboard gets the text from the
 * event itself, wherever that arrives; without the event nothing was copied, whatever the browser answers.
 */
function copyByEvent(text: string): boolean {
  let isTaken = false;
  const give = (event: ClipboardEvent): void => {
    event.stopImmediatePropagation();
    if (event.clipboardData === null) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    isTaken = true;
  };
  addEventListener("copy", give, { capture: true });
  try {
    return document.execCommand("copy") && isTaken;
  } finally {
    removeEventListener("copy", give, { capture: true });
  }
}

/** The same with a selection of its own. */
function copyFromField(text: string, near: Element): boolean {
  const field = document.createElement("textarea");
  // What is copied comes from the event: the field has only to have a selection.
  field.value = " ";
  field.inputMode = "none";
  field.style.cssText = "position: fixed; inset-block-start: 0; opacity: 0; font-size: 1rem";
  const focused = focusedElement();
  (dialogAround(near) ?? document.body).append(field);
  field.focus({ preventScroll: true });
  field.select();
  try {
    return copyByEvent(text);
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/** The open dialog that an element is in, whichever components lie between. */
function dialogAround(element: Element): HTMLDialogElement | undefined {
  let node: Node | null = element;
  while (node !== null) {
    if (node instanceof HTMLDialogElement && node.open) return node;
    node = (node instanceof Element ? node.assignedSlot : null) ?? node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
  }
  return undefined;
}

/** The element that has the focus, within whichever components it is. */
function focusedElement(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}
