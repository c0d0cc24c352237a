import { expect, type Locator, type Page } from "@playwright/test";
import { PATIENCE_MS } from "../../scripts/patience.ts";

/** Milliseconds in which a program is under way, or over, on a busy machine. */
const STATE_LIMIT_MS = 2 * PATIENCE_MS;

/** What the page says a program is doing. */
export type ShownState = "stopped" | "starting" | "running" | "connecting" | "stopping" | "failed";

/** One program as the reader sees it: its state, its buttons and its console. */
export class ProgramView {
  readonly name: string;
  readonly panel: Locator;
  /** The console as screen readers have it. */
  readonly log: Locator;
  readonly state: Locator;
  /** Where the page says which line failed, and why. */
  readonly failure: Locator;

  constructor(page: Page, name: string) {
    this.name = name;
    this.panel = page.locator(`zp-console[data-program="${name}"]`);
    this.log = this.panel.getByRole("log");
    this.state = this.panel.getByTestId("program-state");
    this.failure = this.panel.getByTestId("failure");
  }

  async run(): Promise<void> {
    await this.panel.getByTestId("run").click();
  }

  async stop(): Promise<void> {
    await this.panel.getByTestId("stop").click();
  }

  async is(state: ShownState, timeout = STATE_LIMIT_MS): Promise<void> {
    await expect(this.state, `state of ${this.name}`).toHaveAttribute("data-state", state, { timeout });
  }

  /** Lines of the present run in the console that hold a text, each with its level. */
  lines(text: string | RegExp, level?: "print" | "warn" | "error" | "notice"): Locator {
    return this.log.locator(`${level === undefined ? "[data-level]" : `[data-level="${level}"]`}:not([data-earlier])`).filter({ hasText: text });
  }

  /** How often the present run has written lines that hold a text; equal lines in a row are one, with their count. */
  async times(text: string | RegExp): Promise<number> {
    const counts = await this.lines(text).evaluateAll((lines) => lines.map((line) => Number(line.getAttribute("data-repeats") ?? 1)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Waits for a line that holds a text, and gives the whole line. */
  async shows(text: string | RegExp, options: { level?: "print" | "warn" | "error" | "notice"; timeout?: number } = {}): Promise<string> {
    const line = this.lines(text, options.level).first();
    await expect(line, `${this.name} shows ${String(text)}`).toBeAttached(options.timeout === undefined ? {} : { timeout: options.timeout });
    return (await line.textContent()) ?? "";
  }

  /** Every line that the console keeps in the accessibility tree, oldest first. */
  async allLines(): Promise<string[]> {
    return this.log.locator("[data-level]:not([data-earlier])").allTextContents();
  }
}
