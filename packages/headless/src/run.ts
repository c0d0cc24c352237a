import { isLink, type ProjectFiles, ReadError, readLinks, readPaths } from "@playground/project-files";
import type { Platform } from "@playground/zone";
import { CaptureFile } from "./capture/capture-file.ts";
import { captureTexts } from "./capture/capture-texts.ts";
import { type RunOptions, STATUS } from "./command-line.ts";
import { TerminalInput } from "./input/terminal-input.ts";
import { findPrograms } from "./program/find-programs.ts";
import { ProgramGroup } from "./program/program-group.ts";
import type { ProgramSource, ThreadSettings } from "./program/running-program.ts";
import { onStopSignals } from "./stop-signals.ts";
import { Terminal } from "./terminal/terminal.ts";
import { ChangeWatch } from "./watch.ts";

/** What a run is made with, beside its options. */
export interface RunParts {
  /** The folder that paths are seen from. */
  readonly from: string;
  /** The compiled `program-thread`. */
  readonly thread: URL;
  readonly vm: () => Promise<WebAssembly.Module>;
  readonly version: string;
}

/** Programs as they are at the moment, and where they came from. */
interface Found {
  readonly programs: readonly ProgramSource[];
  readonly origins: readonly string[];
}

/** One command: programs in this terminal, until they are over. */
export class Run {
  readonly #options: RunOptions;
  readonly #from: string;
  readonly #settings: ThreadSettings;
  readonly #vm: Promise<WebAssembly.Module>;
  readonly #terminal: Terminal;
  readonly #input: TerminalInput;
  readonly #watch: ChangeWatch | undefined;
  readonly #capture: CaptureFile | undefined;
  /** Projects behind links, which are asked for once. */
  #linked: readonly ProjectFiles[] | undefined;
  #group: ProgramGroup | undefined;
  /** What runs, or ran last, and what is to run instead. */
  #current: Found | undefined;
  #next: Found | undefined;
  /** What was said when something could not be read again, so that it is said once. */
  #readError = "";
  #wake: (() => void) | undefined;
  #isStopping = false;

  /** @throws {CaptureFileError} */
  constructor(options: RunOptions, { from, thread, vm, version }: RunParts) {
    this.#options = options;
    this.#from = from;
    const { captureFile, language } = options;
    this.#capture = captureFile === undefined ? undefined : new CaptureFile(captureFile, from, captureTexts(language, version));
    this.#settings = {
      thread,
      fps: options.fps,
      platform: PLATFORMS[process.platform] ?? "linux",
      conditions: options.conditions,
      isRecorded: captureFile !== undefined,
    };
    this.#vm = vm();
    // Whoever waits for it hears of a failure.
    this.#vm.catch(() => {});
    this.#terminal = new Terminal(process.stdout, process.stderr, { language: options.language, environment: process.env });
    this.#input = new TerminalInput(process.stdin, ({ number, length }) =>
      this.#terminal.notice(`line ${number} of the input was left out: it has ${length} characters`),
    );
    this.#watch = options.watch ? new ChangeWatch(() => void this.#look()) : undefined;
  }

  /**
   * Runs everything. Resolves to the exit status.
   * Rejects with a {@link ReadError} when what was named cannot be read at the start, with a {@link CaptureFileError} when the capture
   * cannot be written in the end.
   */
  async finish(): Promise<number> {
    const found = await this.#find();
    const forgetSignals = onStopSignals({ onFirst: () => this.stop(), onSecond: (status) => process.exit(status) });
    // Whoever read the output has gone (`… | head -1`): there is nobody left to run for.
    const onGone = (): void => this.stop();
    process.stdout.on("error", onGone);
    process.stderr.on("error", onGone);
    let isTimeOver = false;
    const { timeoutSeconds } = this.#options;
    const timer =
      timeoutSeconds === undefined
        ? undefined
        : setTimeout(() => {
            isTimeOver = true;
            this.#terminal.error(`--timeout: not over after ${timeoutSeconds} s`);
            this.stop();
          }, timeoutSeconds * 1000);
    let failed = false;
    try {
      for (let next: Found | undefined = found; next !== undefined; next = await this.#nextChange()) {
        this.#current = next;
        this.#watch?.watch(next.origins);
        ({ failed } = await this.#runOnce(next.programs));
      }
    } finally {
      clearTimeout(timer);
      this.#watch?.close();
      this.#input.close();
      forgetSignals();
      process.stdout.off("error", onGone);
      process.stderr.off("error", onGone);
    }
    this.#capture?.write();
    if (isTimeOver) return STATUS.timeout;
    return failed ? STATUS.failed : STATUS.ok;
  }

  /** Ends all programs in good order, and with them the run. */
  stop(): void {
    this.#isStopping = true;
    this.#group?.stop();
    this.#wake?.();
  }

  /** @throws {ReadError} */
  async #find(): Promise<Found> {
    const { targets } = this.#options;
    this.#linked ??= await readLinks(targets.filter(isLink));
    const paths = targets.filter((target) => !isLink(target));
    const projects = [...(await readPaths(paths, this.#from)), ...this.#linked];
    return { programs: findPrograms(projects), origins: projects.flatMap(({ origins }) => origins) };
  }

  /** Something may have changed: if so, what runs is ended, and run again as it is now. */
  async #look(): Promise<void> {
    let found: Found;
    try {
      found = await this.#find();
      this.#readError = "";
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      if (error.message !== this.#readError) this.#terminal.error(error.message);
      this.#readError = error.message;
      return;
    }
    if (isSame(found, this.#next ?? this.#current)) return;
    this.#next = found;
    this.#group?.stop();
    this.#wake?.();
  }

  /** What is to run next, once there is a change; undefined when the run is over. */
  async #nextChange(): Promise<Found | undefined> {
    if (this.#watch === undefined) return undefined;
    if (this.#next === undefined && !this.#isStopping) {
      this.#terminal.notice("over; runs again when a file changes");
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#isStopping) return undefined;
    const next = this.#next;
    this.#next = undefined;
    this.#terminal.notice("a file has changed: running again");
    return next;
  }

  async #runOnce(programs: readonly ProgramSource[]): Promise<{ readonly failed: boolean }> {
    if (this.#isStopping) return { failed: false };
    const group = new ProgramGroup(programs, this.#vm, this.#settings, {
      terminal: this.#terminal,
      capture: this.#capture,
      onInputChanged: () => this.#input.pump(),
    });
    this.#group = group;
    this.#input.attach(group.programs);
    const outcome = await group.ended;
    this.#input.attach([]);
    this.#group = undefined;
    return outcome;
  }
}

/** The systems that a script can be told of, by Node's names; the others are `linux` to it. */
const PLATFORMS: Partial<Record<NodeJS.Platform, Platform>> = { win32: "windows", darwin: "apple", android: "android" };

function isSame(one: Found, other: Found | undefined): boolean {
  return JSON.stringify(one.programs) === JSON.stringify(other?.programs);
}
