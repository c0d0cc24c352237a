import { msg } from "@lit/localize";
import { css, html, type ReactiveControllerHost, type TemplateResult } from "lit";
import { copyText } from "../ui/clipboard.ts";
import { download } from "../ui/download.ts";
import type { ConsoleLog } from "../log/console-log.ts";
import { logText } from "../log/log-text.ts";

/** Milliseconds for which it is said what has become of a copy: time to read two short sentences. */
const SAID_MS = 10_000;

/** Styles of `LogKeeping.status()`. */
export const keepingStyles = css`
  .not-copied { display: block; padding: 0.3rem 0.7rem; background: var(--warn-wash); border-block-start: 1px solid var(--line); font-size: var(--text-s); }
`;

/** Copies and saves the whole text of the log that a component shows. */
export class LogKeeping {
  readonly #host: ReactiveControllerHost & Element;
  readonly #log: () => ConsoleLog;
  readonly #name: () => string;
  #said = "";
  #hasFailed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `name` is what the console is called: the file of its program, or a name for all. */
  constructor(host: ReactiveControllerHost & Element, log: () => ConsoleLog, name: () => string) {
    this.#host = host;
    this.#log = log;
    this.#name = name;
  }

  /** What has become of the last copy: that it was made, for those who do not see it, or that it was not, for all. */
  status(): TemplateResult {
    return html`<span class=${this.#hasFailed ? "not-copied" : "visually-hidden"} role="status">${this.#said}</span>`;
  }

  /** Puts all that the log holds on the clipboard, as plain text. */
  async copyAll(): Promise<void> {
    await this.copy(logText(this.#log().entries));
  }

  /** Puts a text of the log on the clipboard. */
  async copy(text: string): Promise<void> {
    const isDone = await copyText(text, this.#host);
    // Emptied first, so that it is said again the next time.
    this.#say("");
    await this.#host.updateComplete;
    this.#hasFailed = !isDone;
    this.#say(
      isDone
        ? msg("Copied", { id: "copied" })
        : msg("The browser did not allow copying. Save the console as a file instead, from its menu.", { id: "console-not-copied" }),
    );
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#hasFailed = false;
      this.#say("");
    }, SAID_MS);
  }

  /** Saves all that the log holds as a text file. */
  save(): void {
    download(`${this.#name().replace(/\.luau$/, "")}.log.txt`, new TextEncoder().encode(`${logText(this.#log().entries)}\n`), "text/plain");
  }

  #say(text: string): void {
    this.#said = text;
    this.#host.requestUpdate();
  }
}
