import { expect, type Page } from "@playwright/test";
import { PATIENCE_MS } from "../../scripts/patience.ts";
import { ProgramView } from "./program-view.ts";

/** Milliseconds in which the page is there with its editor, on a busy machine. */
const OPEN_LIMIT_MS = 2 * PATIENCE_MS;

/** The page, worked with as a reader does: what is written comes by the clipboard, what happens is read where it is shown. */
export class PlaygroundPage {
  readonly page: Page;
  /** Errors of the page's own scripts, which no test should see. */
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.faults.push(error.stack ?? String(error)));
  }

  /** Opens a room and waits until the page can be worked with. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.page.locator("zp-editor .cm-content")).toBeVisible({ timeout: OPEN_LIMIT_MS });
    await expect(this.page.getByTestId("bridge-state")).toHaveAttribute("data-state", "connected", { timeout: OPEN_LIMIT_MS });
  }

  program(name: string): ProgramView {
    return new ProgramView(this.page, name);
  }

  /** This page's address in its room, as the foot of the page shows it. */
  async address(): Promise<string> {
    const address = (await this.page.getByTestId("address").getByRole("button").innerText()).trim();
    expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    return address;
  }

  async openFile(name: string): Promise<void> {
    const tab = this.page.locator(`zp-file-tabs [data-file="${name}"]`);
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true");
  }

  /** Replaces the text of a file by pasting over it. */
  async paste(file: string, source: string): Promise<void> {
    await this.openFile(file);
    await this.page.locator("zp-editor .cm-content").focus();
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("ControlOrMeta+v");
  }

  /** Makes a new file with the button and the dialog. */
  async newFile(name: string, options: { readonly isProgram: boolean }): Promise<void> {
    await this.page.getByTestId("new-file").click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(name);
    await dialog.getByRole("checkbox").setChecked(options.isProgram);
    await dialog.getByTestId("save-file").click();
    await expect(this.page.locator(`zp-file-tabs [data-file="${name}"]`)).toHaveAttribute("aria-selected", "true");
  }

  /** Puts a source into the first program and runs it alone. */
  async runServer(source: string): Promise<ProgramView> {
    return this.runAs("server.luau", source);
  }

  /** Puts a source into the second program and runs it alone. */
  async runClient(source: string): Promise<ProgramView> {
    return this.runAs("client.luau", source);
  }

  /** Puts a source into one of the project's programs and runs it. */
  async runAs(file: string, source: string): Promise<ProgramView> {
    await this.paste(file, source);
    const program = this.program(file);
    await program.run();
    return program;
  }

  /** The page still answers: its own thread is not held up by any script. */
  async isAlive(): Promise<void> {
    const theme = this.page.getByTestId("theme");
    const before = await theme.getAttribute("aria-label");
    await theme.click({ timeout: ALIVE_LIMIT_MS });
    await expect(theme).not.toHaveAttribute("aria-label", before ?? "", { timeout: ALIVE_LIMIT_MS });
  }
}

/** Milliseconds in which a page that is alive answers a click, on a machine whose cores are all busy. */
const ALIVE_LIMIT_MS = 10_000;
