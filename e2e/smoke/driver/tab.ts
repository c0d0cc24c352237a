import { setTimeout as sleep } from "node:timers/promises";
import type { Commands } from "./commands.ts";

/** Milliseconds in which what is waited for happens, on a busy machine. */
const WAIT_LIMIT_MS = 20_000;
/** Milliseconds between two looks. */
const LOOK_MS = 60;

/** Keys as WebDriver writes them (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
export const KEYS = {
  enter: "\uE007",
  escape: "\uE00C",
  tab: "\uE004",
  control: "\uE009",
  shift: "\uE008",
  down: "\uE015",
  end: "\uE010",
  home: "\uE011",
  backspace: "\uE003",
} as const;

/** A point in the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One tab, worked as a reader does: with a mouse and keys of the browser's own, and by looking at what is shown. */
export class Tab {
  readonly #commands: Commands;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  async goto(url: string): Promise<void> {
    // Two addresses that differ behind the "#" are one page, which would stay as it is.
    await this.#commands.call("Navigate", { url: "about:blank" });
    await this.#commands.call("Navigate", { url });
  }

  async reload(): Promise<void> {
    await this.#commands.call("Refresh");
  }

  /** Runs a function in the page, which sees nothing of the test's, and gives what it gives, or what that promises. */
  async evaluate<A extends readonly unknown[], T>(look: (...values: A) => T, ...values: A): Promise<Awaited<T>> {
    const script = `${DEEP}; return (${String(look)}).apply(null, arguments)`;
    return (await this.#commands.call("ExecuteScript", { script, args: values })) as Awaited<T>;
  }

  /** Looks until the function gives something true, and gives that. */
  async until<A extends readonly unknown[], T>(what: string, look: (...values: A) => T, ...values: A): Promise<NonNullable<Awaited<T>>> {
    let last: unknown;
    for (const limit = Date.now() + WAIT_LIMIT_MS; Date.now() < limit; await sleep(LOOK_MS)) {
      try {
        last = await this.evaluate(look, ...values);
      } catch (error) {
        // A page that is being left cannot be looked at.
        last = error;
        continue;
      }
      if (last) return last as NonNullable<Awaited<T>>;
    }
    throw new Error(`within ${WAIT_LIMIT_MS / 1000} s: ${what}; seen last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
  }

  /** Waits until an element is there, in whatever shadow tree, and has a text. */
  async shows(selector: string, text = ""): Promise<void> {
    await this.until(
      `${selector} shows ${JSON.stringify(text)}`,
      (selector, text) => deepAll(selector).some((element) => element.textContent?.includes(text)),
      selector,
      text,
    );
  }

  /** Waits until an element has an attribute of this value. */
  async has(selector: string, attribute: string, value: string): Promise<void> {
    await this.until(
      `${selector} has ${attribute}=${value}`,
      (selector, attribute, value) => deepAll(selector).some((element) => element.getAttribute(attribute) === value),
      selector,
      attribute,
      value,
    );
  }

  /** The middle of an element, once it stands still and nothing covers it. */
  async middleOf(selector: string): Promise<Point> {
    return this.until(
      `${selector} can be pressed`,
      async (selector) => {
        const [element] = deepAll(selector);
        if (element === undefined) return undefined;
        element.scrollIntoView({ block: "nearest", inline: "nearest" });
        const before = element.getBoundingClientRect();
        await new Promise((resolve) => setTimeout(resolve, 30));
        const { left, top, width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0 || left !== before.left || top !== before.top) return undefined;
        const point = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
        const hit = deepAt(point.x, point.y);
        // Upwards as it is drawn: what stands in a slot is drawn within the slot.
        for (
          let node: Node | null = hit;
          node !== null;
          node = (node as Element).assignedSlot ?? node.parentNode ?? ((node as ShadowRoot).host as Node | undefined) ?? null
        )
          if (node === element) return point;
        return undefined;
      },
      selector,
    );
  }

  async click(selector: string): Promise<void> {
    await this.drag(await this.middleOf(selector));
  }

  /** Presses the mouse here, and lets it go there. */
  async drag(from: Point, to: Point = from): Promise<void> {
    const way =
      to === from
        ? []
        : [
            { type: "pointerMove", x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2), duration: 50 },
            { type: "pointerMove", ...to, duration: 50 },
          ];
    await this.#act([
      {
        type: "pointer",
        id: "mouse",
        parameters: { pointerType: "mouse" },
        actions: [{ type: "pointerMove", ...from, duration: 0 }, { type: "pointerDown", button: 0 }, ...way, { type: "pointerUp", button: 0 }],
      },
    ]);
  }

  /** Types a text, key by key, where the focus is. */
  async type(text: string): Promise<void> {
    await this.#act([
      {
        type: "key",
        id: "keys",
        actions: [...text].flatMap((value) => [
          { type: "keyDown", value },
          { type: "keyUp", value },
        ]),
      },
    ]);
  }

  /** Presses these keys together. */
  async press(...keys: readonly string[]): Promise<void> {
    const down = keys.map((value) => ({ type: "keyDown", value }));
    const up = [...keys].reverse().map((value) => ({ type: "keyUp", value }));
    await this.#act([{ type: "key", id: "keys", actions: [...down, ...up] }]);
  }

  /**
   * Opens another window, runs this in it and closes it. A window and not a tab: WebKitGTK does not draw a tab that is shown
   * while the machine is busy, and answers no movement of the mouse before it has drawn.
   */
  async inAnother(run: (other: Tab) => Promise<void>): Promise<void> {
    const here = (await this.#commands.call("GetWindowHandle")) as string;
    const { handle } = (await this.#commands.call("NewWindow", { type: "window" })) as { readonly handle: string };
    await this.#commands.call("SwitchToWindow", { handle });
    try {
      await run(new Tab(this.#commands));
    } finally {
      await this.#commands.call("CloseWindow");
      await this.#commands.call("SwitchToWindow", { handle: here });
    }
  }

  /** Makes the window's inner size this, as near as the browser allows. */
  async resize(width: number, height: number): Promise<void> {
    await this.#commands.call("SetWindowRect", { width, height });
    const [wide, high] = await this.evaluate(() => [innerWidth, innerHeight] as const);
    await this.#commands.call("SetWindowRect", { width: 2 * width - wide, height: 2 * height - high });
  }

  /** What the tab shows, as PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#commands.call("TakeScreenshot")) as string, "base64");
  }

  async #act(actions: readonly object[]): Promise<void> {
    await this.#commands.call("PerformActions", { actions });
    await this.#commands.call("ReleaseActions");
  }
}

/** What functions that run in the page can call: everything that is drawn with components stands in shadow trees. */
const DEEP = String.raw`
function deepAll(selector) {
  const found = [];
  const parts = selector.split(" >> ");
  const visit = (root, at) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(parts[at])) {
        if (at === parts.length - 1) found.push(element);
        else { visit(element, at + 1); if (element.shadowRoot) visit(element.shadowRoot, at + 1); }
      }
      if (element.shadowRoot) visit(element.shadowRoot, at);
    }
  };
  visit(document, 0);
  return [...new Set(found)];
}
function deepAt(x, y) {
  let element = document.elementFromPoint(x, y);
  while (element && element.shadowRoot) {
    const inner = element.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === element) break;
    element = inner;
  }
  return element;
}
`;

declare global {
  /** Elements in whatever shadow tree; " >> " between two selectors is "somewhere within". Only in functions that run in the page. */
  function deepAll(selector: string): HTMLElement[];
  /** The innermost element at a point of the window. Only in functions that run in the page. */
  function deepAt(x: number, y: number): Element | null;
}
