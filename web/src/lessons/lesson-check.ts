import { msg } from "@lit/localize";
import { Countdown, type LearnerProgram, type OpenPort, type StepResult, untilSo } from "@playground/lessons";
import { MACHINE_TOKEN_BYTES } from "@playground/wire/codec";
import { Model } from "../ui/model.ts";
import { luauModule } from "../workers/luau-module.ts";
import { startWorker } from "../workers/start-worker.ts";
import { startLearner } from "./learner-program.ts";
import type { LessonContent } from "./lesson-data.ts";
import type { LessonsPage } from "./lessons-page.ts";
import type { PageMessage, WorkerMessage } from "./worker/messages.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/examiner-worker.ts?worker&url";

/** Milliseconds after which a check is ended from here, counted as all times of a check: the examiner ends its own a quarter earlier, and each of its programs may take a while to stop. */
const CHECK_LIMIT_MS = 80_000;

/** Milliseconds that the learner's machine is waited for to give up its ports after its programs have ended, counted likewise. */
const PORTS_MS = 5_000;

/** Where a check is. */
export type CheckState =
  | "idle"
  | "running"
  /** All that was wanted has a result. */
  | "done"
  /** The reader has ended it. */
  | "stopped"
  /** There is no bridge, or it was lost meanwhile. */
  | "no-bridge"
  /** The examiner could not be run, or has not ended in time: that is not the learner's mistake. */
  | "broken";

/**
 * Checks of a lesson, one at a time. The examiner runs in a worker of its own, as one more machine of the page's room; the learner's programs run
 * as Run has them run, one after the other as the check wants them. What has been passed is told to `onPassed`.
 */
export class LessonCheck extends Model {
  readonly #page: LessonsPage;
  readonly #onPassed: (steps: readonly string[]) => void;
  #state: CheckState = "idle";
  #reason = "";
  #results: readonly StepResult[] = [];
  #through = "";
  #hadConditions = false;
  /** Pause and conditions hold again. */
  #giveBack: () => void = () => {};
  /** Ports that were open before the check began. */
  #foreign: readonly number[] = [];
  /** The learner's machine's, in the room. */
  #address = "";
  #end: () => void = () => {};

  constructor(page: LessonsPage, onPassed: (steps: readonly string[]) => void) {
    super();
    this.#page = page;
    this.#onPassed = onPassed;
  }

  get state(): CheckState {
    return this.#state;
  }

  /** Why it is "broken", as it was said. */
  get reason(): string {
    return this.#reason;
  }

  /** The reader had paused the network or given it conditions, which this check was run without. */
  get hadConditions(): boolean {
    return this.#hadConditions;
  }

  /** Of the steps that are decided, in their order. */
  get results(): readonly StepResult[] {
    return this.#results;
  }

  /** The step up to which is checked. */
  get through(): string {
    return this.#through;
  }

  /** The first step that did not pass. */
  get firstFailure(): StepResult | undefined {
    return this.#results.find(({ state }) => state !== "passed" && state !== "did-not-run");
  }

  /** Checks the learner's files up to a step. The programs that run are stopped before. */
  async run(lesson: LessonContent, files: readonly (readonly [string, string])[], through: string): Promise<void> {
    this.stop();
    this.#results = [];
    this.#hadConditions = false;
    this.#through = through;
    let isWanted = true;
    this.#end = () => {
      isWanted = false;
    };
    this.#set("running");
    try {
      const hasBridge = await this.#page.reachBridge();
      if (!isWanted) return;
      const { session, programs } = this.#page;
      if (!hasBridge || session.state.kind !== "connected") return this.#set("no-bridge");
      this.#address = session.state.info.address;
      this.#setAsideConditions();
      const [module] = await Promise.all([luauModule(), programs.stop()]);
      await this.#untilClosed([]);
      // What is open now was not opened by programs of this page: no step waits for it.
      this.#foreign = this.#openPorts([]);
      if (isWanted) this.#start(module, lesson, files);
    } catch (error) {
      if (isWanted) this.#break(error);
    }
  }

  /** Ends the check that is under way, and the learner's programs with it. */
  stop(): void {
    if (this.#state !== "running") return;
    this.#end();
    void this.#page.programs.stop();
    this.#set("stopped");
  }

  #start(module: WebAssembly.Module, lesson: LessonContent, files: readonly (readonly [string, string])[]): void {
    const { session, presence, roomPassword, examiners } = this.#page;
    const name = msg("examiner", { id: "examiner-name" });
    const worker = startWorker(new URL(workerUrl, import.meta.url), "examiner");
    const post = (message: PageMessage): void => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
      worker.postMessage(message);
    };
    const runs = new Map<number, LearnerProgram>();
    let sessionId: Uint8Array | undefined;
    const tellPorts = (): void => post({ type: "ports", ports: this.#ports });
    const unsubscribe = presence.subscribe(tellPorts);
    const limit = new Countdown(CHECK_LIMIT_MS, () => this.#break("the check has not ended in time"));
    let isOver = false;
    this.#end = () => {
      isOver = true;
      limit.cancel();
      unsubscribe();
      worker.terminate();
      examiners?.left();
      // A worker that was ended has closed nothing.
      if (sessionId !== undefined) session.endSession(sessionId);
    };
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#break(event.message || "the examiner could not be loaded");
    });
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
      switch (data.type) {
        case "session":
          sessionId = data.id;
          examiners?.came(data.address, name);
          break;
        case "lost":
          this.#end();
          void this.#page.programs.stop();
          this.#set("no-bridge");
          break;
        case "result":
          this.#results = [...this.#results, data.result];
          if (data.result.state === "passed") this.#onPassed([data.result.step]);
          this.changed();
          break;
        case "start":
          runs.set(data.run, this.#startProgram(data, post));
          break;
        case "input":
          runs.get(data.run)?.input(data.line);
          break;
        case "stop":
          void this.#stopProgram(runs, data.run).then((left) => {
            if (isOver) return;
            if (left.length === 0) post({ type: "stopped", run: data.run });
            else this.#break(`the learner's programs have ended, and still listen on ${left.join(", ")}`);
          });
          break;
        case "done":
          this.#end();
          this.#set("done");
          break;
      }
    });
    post({
      type: "check",
      module,
      sessionUrl: session.url,
      machineToken: crypto.getRandomValues(new Uint8Array(MACHINE_TOKEN_BYTES)),
      password: roomPassword,
      learnerAddress: this.#address,
      name,
      steps: lesson.steps,
      check: [...(lesson.check ?? [])],
      programs: lesson.programs,
      files,
      through: this.#through,
      seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    });
    tellPorts();
  }

  #startProgram({ run, start }: Extract<WorkerMessage, { type: "start" }>, post: (message: PageMessage) => void): LearnerProgram {
    const events = {
      onPrinted: (line: string) => post({ type: "printed", run, line }),
      onNotice: (code: string) => post({ type: "notice", run, code }),
      onEnded: (end: Extract<PageMessage, { type: "ended" }>["end"]) => post({ type: "ended", run, end }),
    };
    const runner = this.#page.programs.get(start.entry);
    if (runner !== undefined) return startLearner(runner, { redirects: start.redirects, ownAddress: this.#address }, events);
    events.onEnded({ kind: "failed", error: `there is no program ${start.entry}` });
    return { input: () => {}, stop: () => Promise.resolve() };
  }

  /** Gives the ports that are open though no program runs any more: the next one could not have them. */
  async #stopProgram(runs: Map<number, LearnerProgram>, run: number): Promise<readonly number[]> {
    const program = runs.get(run);
    runs.delete(run);
    await program?.stop();
    if (runs.size > 0) return [];
    await this.#untilClosed(this.#foreign);
    return this.#openPorts(this.#foreign);
  }

  /** What this machine listens on, as the room sees it. */
  get #ports(): readonly OpenPort[] {
    return this.#page.presence.you?.listeners.map(({ port, isPrivate }) => ({ port, isPrivate })) ?? [];
  }

  #openPorts(besides: readonly number[]): readonly number[] {
    return this.#ports.map(({ port }) => port).filter((port) => !besides.includes(port));
  }

  /** Until no port is open besides these, as the room sees it, or for as long as that may take. */
  #untilClosed(besides: readonly number[]): Promise<void> {
    const isClosed = (): boolean => this.#openPorts(besides).length === 0;
    return untilSo(isClosed, (look) => this.#page.presence.subscribe(look), PORTS_MS);
  }

  #break(error: unknown): void {
    this.#end();
    void this.#page.programs.stop();
    this.#reason = error instanceof Error ? error.message : String(error);
    this.#set("broken");
  }

  /** A slow or paused network of the reader's own would fail a good program. */
  #setAsideConditions(): void {
    const { timeControl } = this.#page;
    this.#hadConditions = timeControl.isPaused || timeControl.hasConditions;
    timeControl.isSetAside = true;
    this.#giveBack = () => {
      timeControl.isSetAside = false;
    };
  }

  #set(state: CheckState): void {
    this.#state = state;
    if (state !== "running") this.#giveBack();
    this.changed();
  }
}
