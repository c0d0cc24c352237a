import { closeSync, openSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Capture, type CaptureEvent, type PcapngTexts, type RunId, writePcapng } from "@playground/capture";

/** A file that cannot be written; the message names it. */
export class CaptureFileError extends Error {
  override readonly name = "CaptureFileError";
}

/** What the programs of a command do on the network, kept for a file of packets: the last of it, within the limits of a capture. */
export class CaptureFile {
  readonly #path: string;
  readonly #shownPath: string;
  readonly #texts: PcapngTexts;
  readonly #capture = new Capture();

  /** @throws {CaptureFileError} at once where the file cannot be made, so that nobody waits for it in vain */
  constructor(path: string, from: string, texts: PcapngTexts) {
    this.#path = resolve(from, path);
    this.#shownPath = path;
    this.#texts = texts;
    this.#try(() => closeSync(openSync(this.#path, "w")));
  }

  /** A program begins to run. */
  beginRun(name: string): RunId {
    return this.#capture.beginRun(name, performance.timeOrigin + performance.now());
  }

  add(run: RunId, events: readonly CaptureEvent[]): void {
    this.#capture.add(run, events);
  }

  /** Events that have given way, and bytes. */
  get dropped(): Capture["dropped"] {
    return this.#capture.dropped;
  }

  /** @throws {CaptureFileError} */
  write(): void {
    this.#try(() => writeFileSync(this.#path, writePcapng(this.#capture.runs, this.#texts)));
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new CaptureFileError(`--capture: ${this.#shownPath} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
