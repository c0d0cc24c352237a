import type { Page } from "@playwright/test";

/** Where an element is: a selector in the document, then one in the shadow root of what that found, and so on. */
export type ElementPath = readonly string[];

/** What is waited for in a page. */
export interface AwaitedElements {
  /** What is clicked as soon as it is there. */
  readonly click?: ElementPath;
  /** What tells that the editor is ready. */
  readonly editor?: ElementPath;
  /** Elements, each with a text that it is to have. */
  readonly texts?: readonly { readonly at: ElementPath; readonly text: string }[];
}

/** Moments of a visit, in milliseconds since the browser was told to go there, by the page's own clock. */
export interface Moments {
  /** The first paint of anything that has content. */
  readonly firstPaint: number;
  /** What is to be clicked was there, and was clicked. */
  readonly click: number;
  readonly editor: number;
  readonly texts: number;
}

/**
 * Opens an address and gives when what is waited for was there. The page looks for it by itself, once for each picture that it
 * draws: what drives the browser from outside would add tens of milliseconds of its own to each step.
 */
export async function visitMoments(page: Page, address: string, awaited: AwaitedElements): Promise<Moments> {
  await page.addInitScript(lookOut, awaited);
  await page.goto(address, { waitUntil: "commit" });
  const handle = await page.waitForFunction(() => (globalThis as { seenMoments?: Moments }).seenMoments);
  return (await handle.jsonValue()) as Moments;
}

/** Runs in the page. */
function lookOut({ click, editor, texts = [] }: AwaitedElements): void {
  // Inside, since nothing else of this file comes to the page.
  // oxlint-disable-next-line unicorn/consistent-function-scoping
  const find = (path: ElementPath): Element | undefined => {
    let root: ParentNode | null | undefined = document;
    let found: Element | null = null;
    for (const selector of path) {
      found = root?.querySelector(selector) ?? null;
      root = found?.shadowRoot ?? found;
    }
    return found ?? undefined;
  };
  let clickedAt = 0;
  let editorAt = 0;
  let textsAt = 0;
  const look = (): void => {
    const now = performance.now();
    const button = clickedAt > 0 || click === undefined ? undefined : find(click);
    if (button instanceof HTMLElement && !button.matches(":disabled, [aria-disabled=true]")) {
      clickedAt = now;
      button.click();
    }
    if (editorAt === 0 && (editor === undefined || find(editor) !== undefined)) editorAt = now;
    if (textsAt === 0 && texts.every(({ at, text }) => find(at)?.textContent?.includes(text) === true)) textsAt = now;
    const firstPaint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (editorAt > 0 && textsAt > 0 && firstPaint !== undefined)
      Object.assign(globalThis, { seenMoments: { firstPaint, click: clickedAt, editor: editorAt, texts: textsAt } });
    else requestAnimationFrame(look);
  };
  look();
}
