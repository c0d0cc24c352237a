import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import { findChromium } from "../../scripts/setup/browser.mjs";
import { CHROMIUM_FLAGS } from "../../scripts/setup/chromium-flags.mjs";

/** Milliseconds that Chromium has to end itself; then it is killed. */
const CLOSE_LIMIT_MS = 3_000;
/** File descriptors of `--remote-debugging-pipe`: messages are JSON that ends with a zero byte. */
const [TO_BROWSER, FROM_BROWSER] = [3, 4] as const;

/**
 * A Chromium that Playwright has no hand in. Playwright makes every page believe that it is in front; here a tab
 * behind another is hidden as it is for a person.
 */
export class DevtoolsBrowser {
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #pending = new Map<number, { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #received = "";

  constructor() {
    const path = findChromium();
    if (path === undefined) throw new Error("there is no Chromium; CHROMIUM_PATH can name one");
    this.#profile = mkdtempSync(join(tmpdir(), "zone-e2e-chromium-"));
    this.#process = spawn(path, ["--headless", ...CHROMIUM_FLAGS, `--user-data-dir=${this.#profile}`, "--remote-debugging-pipe", "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    (this.#process.stdio[FROM_BROWSER] as Readable).on("data", (bytes: Buffer) => this.#read(bytes.toString()));
    (this.#process.stdio[TO_BROWSER] as Duplex).on("error", () => {});
  }

  /** Opens an address in a new tab, in front of the others. */
  async openTab(url: string): Promise<DevtoolsTab> {
    const { targetId } = await this.send("Target.createTarget", { url });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    return new DevtoolsTab(this, String(targetId), String(sessionId));
  }

  async send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    const id = this.#nextId++;
    const answer = new Promise<Record<string, unknown>>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    (this.#process.stdio[TO_BROWSER] as Writable).write(`${JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) })}\0`);
    return answer;
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#process.once("exit", () => resolve()));
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      // It ends its own processes first, so that none writes into the profile any more.
      void this.send("Browser.close").catch(() => {});
      const timer = setTimeout(() => this.#process.kill("SIGKILL"), CLOSE_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    }
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #read(text: string): void {
    const messages = (this.#received + text).split("\0");
    this.#received = messages.pop() ?? "";
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as { id?: number; result?: Record<string, unknown>; error?: { message: string } };
      const waiting = this.#pending.get(id ?? 0);
      if (waiting === undefined) continue;
      this.#pending.delete(id ?? 0);
      if (error === undefined) waiting.resolve(result ?? {});
      else waiting.reject(new Error(error.message));
    }
  }
}

/** One tab of it. */
export class DevtoolsTab {
  readonly #browser: DevtoolsBrowser;
  readonly #targetId: string;
  readonly #sessionId: string;

  constructor(browser: DevtoolsBrowser, targetId: string, sessionId: string) {
    this.#browser = browser;
    this.#targetId = targetId;
    this.#sessionId = sessionId;
  }

  /** What an expression gives in the page; undefined where it throws, since the page may not be there yet. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#browser.send("Runtime.evaluate", { expression, returnByValue: true }, this.#sessionId).catch((error: unknown) => {
      if (/execution context/i.test(String(error))) return undefined;
      throw error;
    });
    return (answer?.["result"] as { value?: unknown } | undefined)?.value;
  }

  /** Stops everything that the page runs, as browsers do with hidden tabs to save power, or lets it go on. The tab has to be hidden. */
  async setFrozen(isFrozen: boolean): Promise<void> {
    await this.#browser.send("Page.setWebLifecycleState", { state: isFrozen ? "frozen" : "active" }, this.#sessionId);
  }

  async bringToFront(): Promise<void> {
    await this.#browser.send("Target.activateTarget", { targetId: this.#targetId });
  }
}
