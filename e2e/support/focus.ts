import { expect, type Page } from "@playwright/test";

/** Where the keyboard's focus is. */
export interface Focus {
  /** What a screen reader would call it, as far as its attributes and text tell. Empty while nothing has the focus. */
  readonly name: string;
  /** `data-testid` of it or of the nearest element around it. */
  readonly testId: string;
  readonly tag: string;
  /** Tells it from all others: the places of the elements around it. */
  readonly path: string;
  /** Whether Tab is a character of its text, until Escape. A caret shows the focus there. */
  readonly takesTab: boolean;
  /** Whether a ring shows the focus, on it or close around it, that is not there without. */
  readonly isShown: boolean;
  /** Whether all of it is in the window. */
  readonly isInWindow: boolean;
}

/** The element with the focus, in whatever shadow tree. */
export async function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element === null || element === document.body) return { name: "", testId: "", tag: "", path: "", takesTab: false, isShown: false, isInWindow: false };
    const around: Element[] = [];
    for (let node: Node | null = element; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode)
      if (node instanceof Element) around.push(node);
    const root = element.getRootNode() as Document | ShadowRoot;
    const labelledBy = (element.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => root.getElementById(id)?.textContent ?? "")
      .join(" ");
    const labels = [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent).join(" ");
    const texts = [element.getAttribute("aria-label"), labelledBy, labels, element.textContent, element.getAttribute("title")];
    const rings = (): number =>
      around
        .slice(0, 4)
        .map((one) => getComputedStyle(one))
        .filter(
          ({ outlineStyle, outlineWidth, outlineColor }) =>
            outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1 && !/, 0\)$|transparent/.test(outlineColor),
        ).length;
    const focusedRings = rings();
    const target = element as HTMLElement;
    target.blur();
    const isShown = focusedRings > rings();
    target.focus({ preventScroll: true });
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return {
      name: texts.map((text) => text?.replace(/\s+/g, " ").trim() ?? "").find((text) => text !== "") ?? "",
      testId: around.map((one) => one.getAttribute("data-testid")).find((id) => id !== null) ?? "",
      tag: element.localName,
      path: around.map((one) => [...(one.parentNode?.children ?? [])].indexOf(one)).join("."),
      takesTab: element.matches("[contenteditable=true]"),
      isShown,
      isInWindow: left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1,
    };
  });
}

/**
 * Types the first letters of a menu's item. All are on their way at once, since the menu takes one that comes 0.6 s after another for
 * the first of a new word, and a busy test may take longer from one to the next.
 */
export async function typeAhead(page: Page, letters: string): Promise<void> {
  await Promise.all([...letters].map((letter) => page.keyboard.press(letter)));
}

/**
 * Leaves a text in which Tab is a character: Escape, then Tab. Both are on their way at once, since Tab is a character again two
 * seconds later, and a busy test may take longer from one to the other.
 */
export async function leaveText(page: Page, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await Promise.all([page.keyboard.press("Escape"), page.keyboard.press(key)]);
}

/** More stops than the page has, however many of its parts are open. */
export const MOST_STOPS = 60;

/** Tab, also where Tab is a character of the text. */
export async function tab(page: Page, key: "Tab" | "Shift+Tab" = "Tab"): Promise<Focus> {
  if ((await focus(page)).takesTab) await leaveText(page, key);
  else await page.keyboard.press(key);
  return focus(page);
}

/** All stops from here to the page's end, or around to the first of them: going back, Chromium does not stop between. */
export async function walk(page: Page, key: "Tab" | "Shift+Tab" = "Tab"): Promise<Focus[]> {
  const stops: Focus[] = [];
  for (let at = await tab(page, key); at.tag !== "" && at.path !== stops[0]?.path; at = await tab(page, key)) {
    stops.push(at);
    expect(stops.length, "stops before the end of the page").toBeLessThan(MOST_STOPS);
  }
  return stops;
}

/** Goes on with Tab to the first stop that has a name like this. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < 2 * MOST_STOPS; count += 1) {
    const at = await tab(page);
    if (typeof name === "string" ? at.name === name : name.test(at.name)) {
      expect(at.isShown || at.takesTab, `${at.name} shows that it has the focus`).toBe(true);
      return;
    }
    passed.push(at.name);
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to ${[...new Set(passed)].join(", ")}`);
}

/** What is wrong with a stop: a reader of the screen has to see it, and one who listens has to hear what it is. */
export function faults({ name, tag, testId, takesTab, isShown, isInWindow }: Focus): string[] {
  const what = `${tag} ${testId} "${name}"`;
  return [
    ...(name === "" ? [`${what} has no name`] : []),
    ...(isShown || takesTab ? [] : [`${what} does not show its focus`]),
    ...(isInWindow || takesTab ? [] : [`${what} is outside the window`]),
  ];
}
