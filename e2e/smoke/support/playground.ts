import { deflateSync } from "node:zlib";
import type { Tab } from "../driver/tab.ts";

/** The hash of a link that holds a project. */
export function shareHash(project: object): string {
  return `#share=v1.${deflateSync(JSON.stringify(project)).toString("base64url")}`;
}

/** The page in one tab, worked as a reader does. */
export class Playground {
  readonly tab: Tab;

  constructor(tab: Tab) {
    this.tab = tab;
  }

  /** Opens a room and waits until it can be worked with. */
  async open(url: string): Promise<void> {
    await this.tab.goto(url);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await this.tab.shows("zp-editor >> .cm-content");
    await this.tab.has("[data-testid=bridge-state]", "data-state", "connected");
    await this.tab.evaluate(() => {
      const faults = ((window as unknown as { faults?: string[] }).faults ??= []);
      addEventListener("error", (event) => faults.push(`${event.message} ${(event.error as Error | null)?.stack ?? ""}`));
      addEventListener("unhandledrejection", (event) => faults.push(String((event.reason as Error | undefined)?.stack ?? event.reason)));
    });
  }

  /** Errors of the page's own scripts since it was ready. */
  async faults(): Promise<readonly string[]> {
    return this.tab.evaluate(() => (window as unknown as { faults?: string[] }).faults ?? []);
  }

  /** This page's address in its room. */
  async address(): Promise<string> {
    return this.tab.until("the address", () => /\d+\.\d+\.\d+\.\d+/.exec(deepAll("[data-testid=address] >> button")[0]?.textContent ?? "")?.[0]);
  }

  program(name: string): ProgramPanel {
    return new ProgramPanel(this.tab, name);
  }

  /** Opens a room with these sources in it, as a link brings them. */
  async openWith(url: string, sources: Readonly<Record<string, string>>): Promise<void> {
    const project = { title: "Sent", files: Object.entries(sources).map(([name, source]) => ({ name, source, program: true })) };
    await this.tab.goto(url + shareHash(project));
    await this.tab.shows("[data-testid=shared-arrival]", Object.keys(sources)[0]);
    await this.tab.click("[data-testid=arrival-open]");
    await this.isReady();
  }

  async focusEditor(): Promise<void> {
    await this.tab.click("zp-editor >> .cm-line");
    await this.tab.until("the editor has the focus", () => deepAll("zp-editor >> .cm-editor.cm-focused").length > 0);
  }

  /** The open file's first lines, as the editor shows them. */
  async shownCode(): Promise<string> {
    return this.tab.evaluate(() =>
      deepAll("zp-editor >> .cm-line")
        .map((line) => line.textContent)
        .join("\n"),
    );
  }

  /** Opens a room with this source in it and runs it. */
  async runServer(url: string, source: string): Promise<ProgramPanel> {
    await this.openWith(url, { "server.luau": source });
    const program = this.program("server.luau");
    await program.run();
    return program;
  }
}

/** One program: its buttons, its state, its console. */
export class ProgramPanel {
  readonly #tab: Tab;
  readonly selector: string;

  constructor(tab: Tab, name: string) {
    this.#tab = tab;
    this.selector = `zp-console[data-program="${name}"]`;
  }

  async run(): Promise<void> {
    await this.#tab.click(`${this.selector} >> [data-testid=run]`);
  }

  async stop(): Promise<void> {
    await this.#tab.click(`${this.selector} >> [data-testid=stop]`);
  }

  async is(state: string): Promise<void> {
    await this.#tab.has(`${this.selector} >> [data-testid=program-state]`, "data-state", state);
  }

  /** Waits for a line of the console with this text. */
  async shows(text: string): Promise<string> {
    return this.#tab.until(
      `${this.selector} prints ${text}; it has ${JSON.stringify(await this.lines())}`,
      (selector, text) => deepAll(`${selector} >> [role=log] [data-level]:not([data-earlier])`).find((line) => line.textContent?.includes(text))?.textContent,
      this.selector,
      text,
    );
  }

  /** What the console has. */
  async lines(): Promise<readonly string[]> {
    return this.#tab.evaluate((selector) => deepAll(`${selector} >> [role=log] [data-level]`).map((line) => line.textContent ?? ""), this.selector);
  }
}
