import { type HostCall, type HostResult, type Luau, LuauCompileError, type LuauFunction, type Pushable, SUSPEND, withoutShebang } from "@playground/luau-wasm";
import { type ExtensionParts, type FrameClock, FrameLoop, Program } from "@playground/zone";
import { idFault } from "../id.ts";
import { CHECK_FILE, type Lesson, type Sources } from "../format/lesson.ts";
import type { LessonMachines } from "../machines/lesson-machines.ts";
import type { StepResult } from "../results/step-result.ts";
import { buildCheckTable } from "./check-table.ts";
import { Countdown } from "../countdown.ts";
import { Exam } from "./exam.ts";
import { LearnerRun } from "./learner-run.ts";
import { CHECK_ENTRY_MS, CHECK_LIMIT_MS, CHECK_LOG_LINE_CHARS, CHECK_LOG_LINES, CHECK_MEMORY_BYTES, MAX_STEP_MS, STEP_LIMIT_MS } from "./limits.ts";
import { seededRandom } from "./random.ts";
import { STEP_SOURCE } from "./step-prelude.ts";
import { StepRecords } from "./step-records.ts";

export interface CheckOptions {
  /** The module that the examiner's VM is made in. */
  readonly luau: Luau;
  readonly lesson: Pick<Lesson, "steps" | "check" | "programs">;
  /** The learner's files as they are now. */
  readonly files: Sources;
  readonly machines: LessonMachines;
  /** What chance is drawn from, 0 to 2^32 - 1: the same seed slices at the same places. */
  readonly seed: number;
  /** The last step to check: a learner in the middle of a lesson has not done the rest. Default: all. */
  readonly through?: string;
  readonly clock: FrameClock;
  /** A step is decided. Called once for each that is checked, in their order. */
  readonly onResult?: (result: StepResult) => void;
}

/** How a check went. */
export interface CheckReport {
  readonly seed: number;
  readonly results: readonly StepResult[];
  /** Every step that was wanted has passed. */
  readonly isPassed: boolean;
  /** The newest lines that the check itself has printed, for its author. */
  readonly log: readonly string[];
}

/** A check that is under way. */
export interface RunningCheck {
  /** Never rejects: what goes wrong in a check is a result. */
  readonly finished: Promise<CheckReport>;
  /** Ends it; what has no result did not run. */
  stop(): void;
}

/**
 * Runs a lesson's check against a learner's files: the examiner's program in this thread, the learner's wherever `machines` runs
 * them. It ends in `CHECK_LIMIT_MS`, save that one entry into its code may take `CHECK_ENTRY_MS` more.
 */
export function runCheck(options: CheckOptions): RunningCheck {
  const run = new CheckRun(options);
  return { finished: run.finish(), stop: () => run.stop() };
}

class CheckRun {
  readonly #options: CheckOptions;
  readonly #exam: Exam;
  readonly #records: StepRecords;
  readonly #log: string[] = [];
  #stepTime: Countdown | undefined;
  #program: Program | undefined;
  #wasStopped = false;
  #onOver!: () => void;
  readonly #over = new Promise<void>((resolve) => (this.#onOver = resolve));

  constructor(options: CheckOptions) {
    this.#options = options;
    const { machines, seed, files, lesson, through, onResult } = options;
    this.#exam = new Exam({ machines, seed, random: seededRandom(seed), sources: files, programs: lesson.programs });
    const ids = lesson.steps.filter(({ kind }) => kind === "check").map(({ id }) => id);
    this.#records = new StepRecords(ids, through, (result) => onResult?.(result));
  }

  async finish(): Promise<CheckReport> {
    // Results come asynchronously, as everything else here.
    await Promise.resolve();
    if (this.#compiles()) await this.#runExaminer();
    await this.#exam.end();
    this.#records.complete();
    const { results } = this.#records;
    const wanted = this.#options.through === undefined ? results : results.slice(0, results.findIndex(({ step }) => step === this.#options.through) + 1);
    return { seed: this.#options.seed, results, isPassed: wanted.every(({ state }) => state === "passed"), log: this.#log };
  }

  stop(): void {
    this.#wasStopped = true;
    this.#onOver();
  }

  /** Looks at all of the learner's files before any of them runs: an error of syntax is told as one, and not as a port that nobody listens on. */
  #compiles(): boolean {
    using state = this.#options.luau.createState({ memoryLimit: CHECK_MEMORY_BYTES });
    for (const [file, source] of this.#options.files) {
      try {
        state.load(withoutShebang(source), file).dispose();
      } catch (error) {
        if (error instanceof LuauCompileError) this.#records.doesNotCompile({ text: error.text, file, line: error.line });
        else this.#records.fault(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        return false;
      }
    }
    return true;
  }

  async #runExaminer(): Promise<void> {
    const { lesson, luau, machines, clock } = this.#options;
    const stopWatching = machines.watchPorts((ports) => {
      this.#exam.ports = ports;
      this.#exam.happened();
    });
    const wholeTime = new Countdown(CHECK_LIMIT_MS, () => this.#fault(`the check took longer than ${CHECK_LIMIT_MS / 1000} s`));
    let frames: FrameLoop | undefined;
    try {
      const program = new Program({
        luau,
        files: lesson.check ?? new Map(),
        entry: CHECK_FILE,
        network: machines.network,
        memoryLimit: CHECK_MEMORY_BYTES,
        entryBudgetMs: CHECK_ENTRY_MS,
        console: { write: (_level, text) => this.#note(text) },
        extend: (parts) => this.#extend(parts),
        events: {
          onState: (state, error) => {
            if (state === "failed") this.#fault(error?.text ?? "the check failed");
            else if (state === "stopped") this.#onOver();
          },
        },
      });
      this.#program = program;
      frames = new FrameLoop((deltaSeconds) => program.frame(deltaSeconds), { hidden: true, clock });
      frames.start();
      program.start();
      await this.#over;
      if (!this.#records.isDone && !this.#wasStopped) this.#records.fault(`${CHECK_FILE} ended without check.step for this step`);
    } catch (error) {
      this.#records.fault(error instanceof Error ? error.message : String(error));
    } finally {
      wholeTime.cancel();
      this.#stepTime?.cancel();
      frames?.stop();
      stopWatching();
      this.#program?.stop();
    }
  }

  #extend(parts: ExtensionParts): void {
    const { state, zone, tasks } = parts;
    this.#exam.tasks = tasks;
    const table = buildCheckTable(parts, this.#exam);
    using begin = state.createFunction("step", (call) => this.#begin(call));
    using finish = state.createFunction("step", (call) => this.#finishStep(call));
    using failure = state.createFunction("step", (call) => this.#tellFailure(call, parts));
    using chunk = state.loadHidden(STEP_SOURCE);
    using thread = state.createThread(chunk);
    const result = thread.resume([begin, finish, failure]);
    if (result.status === "failed") throw result.error;
    using step = result.values[0] as LuauFunction;
    table.set("step", step);
    table.freeze();
    zone.set("check", table);
    table.dispose();
  }

  #begin(call: HostCall): HostResult {
    const id = call.text(1);
    const seconds = call.isNoneOrNil(2) ? STEP_LIMIT_MS / 1000 : call.number(2);
    if (!(seconds > 0 && seconds * 1000 <= MAX_STEP_MS)) throw new Error(`a step takes at most ${MAX_STEP_MS / 1000} seconds, got ${seconds}`);
    if (!call.isYieldable) throw new Error("check.step waits, and cannot be called inside a metamethod, a sort comparator or the like");
    const isWanted = this.#records.begin(id);
    if (!isWanted) return false;
    this.#exam.begin();
    this.#stepTime = new Countdown(seconds * 1000, () => this.#fault(`the step ${id} took longer than ${seconds} s`));
    return true;
  }

  /** Ends the step, and returns to the check once everything in it is over. */
  #finishStep(call: HostCall): HostResult {
    const fault = call.isNoneOrNil(1) ? undefined : call.text(1);
    const mistake = call.isNoneOrNil(2) ? undefined : call.text(2);
    this.#stepTime?.cancel();
    const { failure } = this.#exam;
    if (fault !== undefined) this.#records.fault(fault);
    else if (failure === undefined) this.#records.passed();
    else if (mistake !== undefined && idFault(mistake) !== undefined) this.#records.fault(`diagnose has returned "${mistake}", which is no name of a mistake`);
    else this.#records.failed({ ...failure, ...(mistake !== undefined && { mistake }) });
    const waiting = this.#exam.tasks?.suspend(call, "time");
    void this.#exam.end().then(() => waiting?.resume());
    return SUSPEND;
  }

  #tellFailure(call: HostCall, parts: ExtensionParts): HostResult {
    if (this.#exam.failure?.ended !== true) return this.#failureTable(parts);
    const waiting = this.#exam.tasks?.suspend(call, "time");
    void this.#exam.untilTold().then(() => {
      // The whole check may have been ended meanwhile.
      if (!parts.state.disposed) waiting?.resume(this.#failureTable(parts));
    });
    return SUSPEND;
  }

  /** What `diagnose` is given. */
  #failureTable({ state }: ExtensionParts): Pushable {
    const { failure, parts } = this.#exam;
    if (failure === undefined) return null;
    const table = state.createTable();
    table.set("message", failure.message.en);
    table.set(
      "programEnded",
      [...parts].some((part) => part instanceof LearnerRun && part.ended !== undefined),
    );
    if (failure.error !== undefined) table.set("error", failure.error);
    if (failure.mistake !== undefined) table.set("mistake", failure.mistake);
    if (failure.expected !== undefined) table.set("expected", failure.expected.bytes);
    if (failure.got !== undefined) table.set("got", failure.got.bytes);
    if (failure.ended !== undefined) table.set("ended", failure.ended);
    return table.handOver();
  }

  #fault(text: string): void {
    // A step that has failed already is told as that.
    const { failure } = this.#exam;
    if (this.#records.isInStep && failure !== undefined) this.#records.failed(failure);
    else if (!this.#records.isDone) this.#records.fault(text);
    this.#onOver();
  }

  #note(text: string): void {
    this.#log.push(text.slice(0, CHECK_LOG_LINE_CHARS));
    if (this.#log.length > CHECK_LOG_LINES) this.#log.shift();
  }
}
