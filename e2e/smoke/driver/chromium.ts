import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findChromium } from "../../../scripts/setup/browser.mjs";
import { CHROMIUM_FLAGS } from "../../../scripts/setup/chromium-flags.mjs";
import { type Command, type Commands, SCRIPT_LIMIT_MS } from "./commands.ts";

/** Names that Playwright has for the keys of WebDriver. */
const KEY_NAMES: Readonly<Record<string, string>> = {
  "\uE007": "Enter",
  "\uE00C": "Escape",
  "\uE004": "Tab",
  "\uE009": "Control",
  "\uE008": "Shift",
  "\uE015": "ArrowDown",
  "\uE010": "End",
  "\uE011": "Home",
  "\uE003": "Backspace",
};

interface Action {
  readonly type: string;
  readonly value?: string;
  readonly x?: number;
  readonly y?: number;
}

type Parameters = Readonly<Record<string, unknown>>;

/** The same commands for Chromium, by Playwright, which needs no driver of its own beside it. */
export class PlaywrightChromium implements Commands {
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #pages = new Map<string, Page>();
  #here = "";

  private constructor(browser: Browser, context: BrowserContext) {
    this.#browser = browser;
    this.#context = context;
  }

  static async start(proxy: string | undefined): Promise<PlaywrightChromium> {
    const executablePath = findChromium();
    const browser = await chromium.launch({ args: CHROMIUM_FLAGS, ...(executablePath !== undefined && { executablePath }) });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...(proxy !== undefined && { proxy: { server: proxy } }) });
    context.setDefaultTimeout(SCRIPT_LIMIT_MS);
    const started = new PlaywrightChromium(browser, context);
    started.#here = await started.#open();
    return started;
  }

  async call(command: Command, parameters: Parameters = {}): Promise<unknown> {
    const page = this.#pages.get(this.#here) as Page;
    switch (command) {
      case "Navigate":
        return void (await page.goto(parameters["url"] as string));
      case "Refresh":
        return void (await page.reload());
      case "ExecuteScript":
        return page.evaluate(`(function () { ${parameters["script"] as string} }).apply(null, ${JSON.stringify(parameters["args"])})`);
      case "PerformActions":
        for (const { actions } of parameters["actions"] as readonly { readonly actions: readonly Action[] }[])
          for (const action of actions) await perform(page, action);
        return undefined;
      case "NewWindow":
        return { handle: await this.#open() };
      case "CloseWindow":
        await page.close({ runBeforeUnload: false });
        return undefined;
      case "SwitchToWindow":
        this.#here = parameters["handle"] as string;
        return undefined;
      case "GetWindowHandle":
        return this.#here;
      case "SetWindowRect":
        return page.setViewportSize({ width: parameters["width"] as number, height: parameters["height"] as number });
      case "TakeScreenshot":
        return (await page.screenshot()).toString("base64");
      default:
        return undefined;
    }
  }

  async end(): Promise<void> {
    await this.#context.close();
    await this.#browser.close();
  }

  async #open(): Promise<string> {
    const handle = String(this.#pages.size);
    this.#pages.set(handle, await this.#context.newPage());
    return handle;
  }
}

async function perform(page: Page, { type, value = "", x = 0, y = 0 }: Action): Promise<void> {
  const key = KEY_NAMES[value] ?? value;
  // A letter that is on no key of an English keyboard comes as the system's input method would bring it.
  if (/^[^ -~]$/u.test(key)) return type === "keyDown" ? page.keyboard.insertText(key) : undefined;
  if (type === "keyDown") await page.keyboard.down(key);
  else if (type === "keyUp") await page.keyboard.up(key);
  else if (type === "pointerMove") await page.mouse.move(x, y);
  else if (type === "pointerDown") await page.mouse.down();
  else if (type === "pointerUp") await page.mouse.up();
}
