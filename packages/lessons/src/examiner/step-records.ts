import type { StepResult } from "../results/step-result.ts";
import { cutText, WORDS, type StepFailure } from "./failure.ts";

/** Milliseconds of the clock that captures use, one for all workers of a page. */
export function captureClock(): number {
  return performance.timeOrigin + performance.now();
}

/** The results of one check, one for each step that is checked, in the lesson's order. */
export class StepRecords {
  readonly results: StepResult[] = [];
  readonly #ids: readonly string[];
  readonly #through: number;
  readonly #onResult: (result: StepResult) => void;
  #current: { readonly id: string; readonly from: number } | undefined;
  #hasFailed = false;

  /** `through`: the last step that is wanted; absent: all. */
  constructor(ids: readonly string[], through: string | undefined, onResult: (result: StepResult) => void) {
    this.#ids = ids;
    this.#through = through === undefined ? ids.length : ids.indexOf(through) + 1;
    this.#onResult = onResult;
  }

  get isInStep(): boolean {
    return this.#current !== undefined;
  }

  /** Whether any step is left to be run. */
  get isDone(): boolean {
    return this.#hasFailed || this.results.length >= this.#through;
  }

  /** The step begins. Gives false where it is not to be run. @throws {Error} where it is not its turn */
  begin(id: string): boolean {
    if (this.#current !== undefined) throw new Error(`the step ${id} begins inside of the step ${this.#current.id}; end that first`);
    const next = this.#ids[this.results.length];
    if (id !== next) throw new Error(`check.step("${id}") is not the next step: steps come in the order of the lesson, which are ${this.#ids.join(", ")}`);
    if (this.isDone) {
      this.#add({ step: id, state: "did-not-run", from: 0, to: 0 });
      return false;
    }
    this.#current = { id, from: captureClock() };
    return true;
  }

  passed(): void {
    this.#end("passed", {});
  }

  failed({ ended: _ended, ...told }: StepFailure): void {
    this.#end("failed", told);
  }

  /** The check is at fault: in the step that runs, or else in the next one. */
  fault(text: string): void {
    this.#end("check-at-fault", { message: WORDS.checkError, error: cutText(text) });
  }

  /** No step can be run: a file of the learner does not compile. */
  doesNotCompile(error: { readonly text: string; readonly file: string; readonly line: number }): void {
    this.#end("does-not-compile", { message: WORDS.compile, error: cutText(error.text), place: { file: error.file, line: error.line } });
  }

  /** Whatever has no result yet did not run. */
  complete(): void {
    for (const step of this.#ids.slice(this.results.length)) this.#add({ step, state: "did-not-run", from: 0, to: 0 });
  }

  #end(state: StepResult["state"], failure: Omit<Partial<StepFailure>, "ended">): void {
    const now = captureClock();
    const id = this.#current?.id ?? this.#ids[this.results.length];
    const from = this.#current?.from ?? now;
    this.#current = undefined;
    if (state !== "passed") this.#hasFailed = true;
    if (id !== undefined) this.#add({ step: id, state, ...failure, from, to: now });
  }

  #add(result: StepResult): void {
    this.results.push(result);
    this.#onResult(result);
  }
}
