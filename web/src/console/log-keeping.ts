import { msg } from "@lit/localize";
import type { ReactiveControllerHost } from "lit";
import { copyText } from "../app/clipboard.ts";
import { download } from "../app/download.ts";
import type { ConsoleLog } from "./console-log.ts";
import { logText } from "./log-text.ts";

/** Copies and saves the whole text of the log that a component shows. */
export class LogKeeping {
  readonly #host: ReactiveControllerHost;
  readonly #log: () => ConsoleLog;
  readonly #name: () => string;
  #said = "";

  /** `name` is what the console is called: the file of its program, or a name for all. */
  constructor(host: ReactiveControllerHost, log: () => ConsoleLog, name: () => string) {
    this.#host = host;
    this.#log = log;
    this.#name = name;
  }

  /** That the text was copied, for a `role="status"` of the component. */
  get said(): string {
    return this.#said;
  }

  /** Puts all that the log holds on the clipboard, as plain text. */
  async copyAll(): Promise<void> {
    const done = await copyText(logText(this.#log().entries));
    // Emptied first, so that it is said again the next time.
    this.#say("");
    await this.#host.updateComplete;
    if (done) this.#say(msg("Copied", { id: "copied" }));
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
