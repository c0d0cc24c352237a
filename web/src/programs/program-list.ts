import { explanationText } from "../log/explanations.ts";
import { Model } from "../ui/model.ts";
import { ProgramRunner, type RunEnvironment } from "./program-runner.ts";
import { isActive } from "./program-state.ts";
import { underWay } from "./under-way.ts";

/** A file of a project, as far as running it goes. */
export interface SourceFile {
  readonly name: string;
  readonly source: string;
  readonly isProgram: boolean;
}

/** What the programs of a page have in common. */
export interface ProgramListOptions extends Omit<RunEnvironment, "files"> {
  /** The project's files as they are now. */
  readonly files: () => readonly SourceFile[];
  /** Called after every change of a program. */
  readonly onChange: (program: ProgramRunner) => void;
}

/** An error of a program, at a line of a file that is counted from 1. */
export interface FailureMark {
  readonly line: number;
  readonly message: string;
  /** What it means and what to do, in the reader's language. */
  readonly help?: string;
}

/**
 * The programs of a project, in the order of its files: starts and stops them together, and tells them when the page is hidden
 * or goes away. Tells of changes in the list; each program tells of its own.
 */
export class ProgramList extends Model {
  readonly #options: ProgramListOptions;
  #programs = new Map<string, ProgramRunner>();
  /** Counts what was asked of all programs, so that a later wish ends an earlier one. */
  #turn = 0;
  #starting: Promise<void> = Promise.resolve();

  constructor(options: ProgramListOptions) {
    super();
    this.#options = options;
    document.addEventListener("visibilitychange", this.#visibilityChanged);
    addEventListener("pagehide", this.#leave);
    this.match();
  }

  /** Programs whose file was deleted while they ran are gone with it. */
  get all(): readonly ProgramRunner[] {
    return [...this.#programs.values()];
  }

  get(name: string): ProgramRunner | undefined {
    return this.#programs.get(name);
  }

  get anyActive(): boolean {
    return this.all.some(({ state }) => isActive(state));
  }

  /** Makes the list fit the files. To be called when these have changed. */
  match(): void {
    const before = this.#programs;
    const names = this.#options
      .files()
      .filter(({ isProgram }) => isProgram)
      .map(({ name }) => name);
    this.#programs = new Map(names.map((name) => [name, before.get(name) ?? this.#newProgram(name)]));
    for (const [name, program] of before) if (!this.#programs.has(name)) void program.stop();
    if (names.join("\n") !== [...before.keys()].join("\n")) this.changed();
  }

  /** A file is about to have another name: the program goes on under it, and the list is in order again with the next `match`. */
  rename(before: string, now: string): void {
    const program = this.#programs.get(before);
    if (program === undefined || before === now) return;
    this.#programs.delete(before);
    this.#programs.set(now, program);
    program.rename(now);
  }

  /**
   * Runs one program, or all of them, one after the other, each once the one before is under way. None is run where `isReady`,
   * which is asked first, says no, or where something else is asked of them meanwhile.
   */
  async run(name?: string, isReady: () => Promise<boolean> = () => Promise.resolve(true)): Promise<void> {
    this.#starting = this.#start(name, isReady);
    await this.#starting;
  }

  /** Resolves once those that were run last are under way, at the latest after `limitMs`, milliseconds; at once where none is being started. Never rejects. */
  async whenStarted(limitMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.#starting.catch(() => {}), late]);
    clearTimeout(timer);
  }

  async #start(name: string | undefined, isReady: () => Promise<boolean>): Promise<void> {
    const turn = ++this.#turn;
    if (!(await isReady()) || turn !== this.#turn) return;
    const wanted = this.#wanted(name);
    await Promise.all(wanted.map((program) => program.stop()));
    for (const program of wanted) {
      if (turn !== this.#turn) return;
      void program.run();
      await underWay(program);
    }
  }

  /** Stops one program, or all of them. Resolves once they are over. */
  async stop(name?: string): Promise<void> {
    this.#turn++;
    await Promise.all(this.#wanted(name).map((program) => program.stop()));
  }

  /**
   * Lets go of all programs: they stop by themselves, while those of another project are there already. The merged log is empty then, and
   * hears no more of them.
   */
  clear(): void {
    const before = this.#programs;
    this.#programs = new Map();
    this.#turn++;
    for (const program of before.values()) {
      program.console.leaveMerged();
      void program.stop();
    }
    this.#options.merged?.clear();
    this.changed();
  }

  /** A file was edited: what has failed in it may be mended. */
  edited(name: string): void {
    for (const program of this.all) if (program.failure?.chunk === name) program.forgetFailure();
  }

  /** The places in a file at which programs failed. */
  marks(name: string): FailureMark[] {
    return this.all.flatMap(({ failure }) => {
      if (failure?.chunk !== name || failure.line === undefined) return [];
      const { line, message, explanation } = failure;
      const help = explanation === undefined ? "" : explanationText(explanation);
      return [{ line, message, ...(help !== "" && { help }) }];
    });
  }

  /** Stops all, and follows the page no longer. Resolves once they are over. */
  async dispose(): Promise<void> {
    document.removeEventListener("visibilitychange", this.#visibilityChanged);
    removeEventListener("pagehide", this.#leave);
    await this.stop();
  }

  #wanted(name: string | undefined): readonly ProgramRunner[] {
    return this.all.filter(({ entry }) => name === undefined || entry === name);
  }

  #newProgram(name: string): ProgramRunner {
    const { files, onChange, ...environment } = this.#options;
    const program = new ProgramRunner(name, { ...environment, files: () => files().map((file) => [file.name, file.source] as const) });
    program.subscribe(() => onChange(program));
    return program;
  }

  readonly #visibilityChanged = (): void => {
    for (const program of this.all) program.setHidden(document.hidden);
  };

  readonly #leave = (): void => {
    for (const program of this.all) program.stopAtOnce();
  };
}
