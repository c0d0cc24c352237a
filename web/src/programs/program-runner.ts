import { Model } from "../ui/model.ts";
import { ConsoleLog } from "../log/console-log.ts";
import type { ConsoleEntry } from "../log/entry.ts";
import type { PageNotice } from "../log/notice.ts";
import { withWords } from "../log/explanations.ts";
import type { CapturedProgram, CaptureKeeper } from "../capture/captured-program.ts";
import { sharedNow } from "../log/shared-clock.ts";
import { plainText } from "@playground/safe-text";
import type { CheckedNetwork, PageMessage, ProgramFailure, WorkerMessage } from "./worker/messages.ts";
import { ExplainedMessages } from "./explained-messages.ts";
import { ProgramNetworkControl } from "./network-control.ts";
import { newProgramWorker } from "./new-worker.ts";
import { UsageModel } from "./program-usage.ts";
import { isActive, type ProgramState } from "./program-state.ts";
import { lacking } from "../workers/too-old.ts";
import { WorkerPulse } from "./worker-pulse.ts";

/** Milliseconds that a program has to stop by itself; then its worker is ended. */
export const STOP_LIMIT_MS = 1_500;

/** Time in which what a program said last arrives at the bridge, ms, before its session is ended from here in case it is still there. */
const LAST_WORDS_MS = 2_000;

/** Milliseconds after Stop from which the reader can end the program at once: a second click by mistake does not. */
const END_OFFER_MS = 500;

/** Characters of an error's message beside the console, which shows it at length: a few lines of a narrow page. */
const MAX_FAILURE_CHARS = 500;

/** Counts programs, so that each has a colour of its own in the merged console. */
let programCount = 0;

/** What a run needs from the page. */
export interface RunEnvironment {
  readonly module: () => Promise<WebAssembly.Module>;
  readonly files: () => readonly (readonly [string, string])[];
  readonly sessionUrl: string;
  readonly machineToken: Uint8Array;
  /** The room's password, as far as the page knows it. */
  readonly password?: () => string | undefined;
  /** Ends a session with the bridge whose worker cannot do it. */
  readonly endSession: (id: Uint8Array) => void;
  /** In which room the page is and who else is there, for errors about names; undefined where that is not known, or is nobody's business. */
  readonly whoIsThere?: () => { readonly room: string; readonly machines: readonly string[]; readonly more: number } | undefined;
  /** Who keeps what programs do on the network; a run that nobody keeps is not recorded. */
  readonly captures?: CaptureKeeper;
  /** Where the lines of all programs go, if they are shown together. */
  readonly merged?: ConsoleLog;
}

/** A run for somebody who watches: the check of a lesson. */
export interface WatchedRun {
  readonly network: CheckedNetwork;
  /** Hears all that the run's worker says, as this page takes it. */
  readonly onMessage: (message: WorkerMessage) => void;
}

/** One program of the project on the page's side: its state, its console, and its worker while it runs. */
export class ProgramRunner extends Model {
  readonly console: ConsoleLog;
  readonly usage = new UsageModel();
  readonly network = new ProgramNetworkControl((control) => this.#post({ type: "network", control }));
  readonly #environment: RunEnvironment;
  #entry: string;
  #state: ProgramState = "stopped";
  #failure: ProgramFailure | undefined;
  #wantsInput = false;
  #hasStarted = false;
  #worker: Worker | undefined;
  /** What the bridge calls the worker's session. */
  #sessionId: Uint8Array | undefined;
  /** Counts runs, so that what belongs to an older one is told from this one's. */
  #run = 0;
  /** What this run does on the network. */
  #captured: CapturedProgram | undefined;
  #stopTimer: ReturnType<typeof setTimeout> | undefined;
  #offerTimer: ReturnType<typeof setTimeout> | undefined;
  #pulse: WorkerPulse | undefined;
  #unresponsive = false;
  #stopsSlowly = false;
  #whenOver: (() => void)[] = [];

  constructor(entry: string, environment: RunEnvironment) {
    super();
    this.#entry = entry;
    this.#environment = environment;
    const programName = (): string => this.#entry;
    this.console = new ConsoleLog(environment.merged, {
      get name() {
        return programName();
      },
      colour: programCount++,
    });
  }

  /** Name of the file that it runs. */
  get entry(): string {
    return this.#entry;
  }

  get state(): ProgramState {
    return this.#state;
  }

  /** The error that ended the last run, until the next one. */
  get failure(): ProgramFailure | undefined {
    return this.#failure;
  }

  /** Its worker has not answered for some seconds: it hangs in one long call, or is gone. */
  get unresponsive(): boolean {
    return this.#unresponsive;
  }

  /** Whether the reader is offered to end it at once: it hangs, or takes its time to stop. */
  get canEndNow(): boolean {
    return this.#unresponsive || this.#stopsSlowly;
  }

  /** Whether the main chunk and `zone.init` of this run have gone as far as they go without waiting. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Whether the running program takes what is typed at its console. */
  get wantsInput(): boolean {
    return this.#wantsInput;
  }

  /** Gives the program a line, and shows it in the console. */
  input(line: string): void {
    this.console.add([{ level: "input", text: line, at: sharedNow() }], 0, () => {});
    this.#post({ type: "input", line });
  }

  /** The file has a new name; a run that goes on is not touched. */
  rename(entry: string): void {
    this.#entry = entry;
    this.#captured?.rename(entry);
    this.changed();
  }

  /** The error has been dealt with, as far as the page can tell: its file was edited. */
  forgetFailure(): void {
    if (this.#failure === undefined) return;
    this.#failure = undefined;
    this.changed();
  }

  /** Starts the program, after stopping the run that may be going on. */
  async run(watched?: WatchedRun): Promise<void> {
    if (this.#state === "starting") return;
    await this.stop();
    const run = ++this.#run;
    this.#failure = undefined;
    // What the run before has printed stays; the rule says where this one begins.
    if (!this.console.isEmpty) this.console.addNotice({ code: "run-started", time: Date.now() });
    this.usage.clear();
    this.#set("starting");
    let module: WebAssembly.Module;
    try {
      module = await this.#environment.module();
    } catch (error) {
      if (run === this.#run) this.#crash({ code: "vm-not-loaded", reason: error instanceof Error ? error.message : String(error) });
      return;
    }
    // Stopped, or run again, while the module was on its way.
    if (run !== this.#run) return;
    const worker = newProgramWorker(this.#entry);
    this.#worker = worker;
    this.#captured = this.#environment.captures?.beginRun(this.#entry);
    const messages = new ExplainedMessages((message) => {
      if (worker !== this.#worker) return;
      this.#receive(message);
      watched?.onMessage(message);
    });
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
      if (worker === this.#worker) messages.push(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      // A worker whose script could not be fetched fails without a word, before it has said anything.
      if (this.#state === "starting" && !event.message) this.#crash({ code: "worker-not-loaded" });
      else this.#crash({ code: "worker-crashed", reason: event.message ?? "" });
    });
    worker.addEventListener("messageerror", () => {
      if (worker === this.#worker) this.#crash({ code: "worker-crashed", reason: "messageerror" });
    });
    const lock = `zone-playground:worker:${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.type === "alive") this.#noticeDeath(worker, lock);
    });
    this.network.begin();
    this.#post({
      type: "start",
      lock,
      module,
      files: this.#environment.files(),
      entry: this.#entry,
      sessionUrl: this.#environment.sessionUrl,
      machineToken: this.#environment.machineToken,
      password: this.#environment.password?.(),
      hidden: document.hidden,
      isRecorded: this.#captured !== undefined,
      checked: watched?.network,
    });
  }

  /** Stops the program and resolves once it is over: at the latest after `STOP_LIMIT_MS`, when its worker is ended. */
  async stop(): Promise<void> {
    if (this.#worker === undefined) {
      this.#run++;
      if (isActive(this.#state)) this.#set("stopped");
      return;
    }
    const over = new Promise<void>((resolve) => this.#whenOver.push(resolve));
    if (this.#stopTimer === undefined) {
      this.#post({ type: "stop" });
      if (this.#state !== "failed") this.#set("stopping");
      this.#offerTimer = setTimeout(() => {
        this.#stopsSlowly = true;
        this.changed();
      }, END_OFFER_MS);
      this.#stopTimer = setTimeout(() => {
        this.console.addNotice({ code: "ended-by-force", seconds: STOP_LIMIT_MS / 1000 });
        this.#endWorker();
      }, STOP_LIMIT_MS);
    }
    return over;
  }

  /** Ends the program without asking it; what it has printed stays. */
  endNow(): void {
    if (this.#worker === undefined) return;
    this.console.addNotice({ code: "ended-by-reader" });
    this.#endWorker();
  }

  #endWorker(): void {
    // A browser may take seconds to kill a busy worker; its sockets must not wait for that.
    this.#endSession();
    this.#over(this.#state === "failed" ? "failed" : "stopped");
  }

  /** Has the bridge end the worker's session, now or a while from now. */
  #endSession(afterMs = 0): void {
    const id = this.#sessionId;
    if (id === undefined) return;
    if (afterMs === 0) this.#environment.endSession(id);
    else setTimeout(() => this.#environment.endSession(id), afterMs);
  }

  /** Waits for the lock that the worker holds: the browser gives it away when the worker dies, which it says in no other way. */
  #noticeDeath(worker: Worker, lock: string): void {
    const onDeath = (): void => {
      if (worker !== this.#worker) return;
      this.#endSession();
      this.console.addFailure({ code: "worker-vanished" });
      this.#failure = undefined;
      this.#over("failed");
    };
    // A sandboxed frame has no origin, and so no locks: there a dead worker only falls silent.
    navigator.locks?.request(lock, onDeath).catch(() => {});
  }

  /** Asks the program to stop and waits for nothing: the page is going away. */
  stopAtOnce(): void {
    this.#post({ type: "stop" });
  }

  setHidden(hidden: boolean): void {
    this.#post({ type: "visibility", hidden });
  }

  #post(message: PageMessage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    this.#worker?.postMessage(message);
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case "console":
        this.console.add(this.#withRoom(withWords(message.entries)), message.skipped, () =>
          this.#post({ type: "console-shown", entries: message.entries.length }),
        );
        break;
      case "capture":
        this.#captured?.add(message.events);
        this.#post({ type: "capture-taken" });
        break;
      case "state":
        // From here on the worker's code is there, and answers.
        this.#pulse ??= new WorkerPulse(
          () => this.#post({ type: "ask" }),
          (hanging) => {
            this.#unresponsive = hanging;
            this.changed();
          },
        );
        if (message.state === "failed" && message.failure !== undefined) this.#failure = { ...message.failure, message: shortened(message.failure.message) };
        // The worker still lets go of its sockets after "stopped"; "finished" follows.
        if (message.state === "stopped") this.#set("stopping");
        else if (message.state === "failed" || this.#state !== "stopping") this.#set(message.state);
        break;
      case "stats":
        this.#pulse?.answered();
        this.usage.set({
          frameMs: message.frameMs,
          memoryBytes: message.memoryBytes,
          connections: message.connections,
          bytesIn: message.bytesIn,
          bytesOut: message.bytesOut,
        });
        break;
      case "held":
        this.network.tell(message.held, message.isPaused);
        break;
      case "passage":
        this.network.onPassage(message.passage);
        break;
      case "alive":
        break;
      case "started":
        this.#hasStarted = true;
        this.changed();
        break;
      case "session":
        this.#sessionId = message.id;
        break;
      case "input-wanted":
        this.#wantsInput = message.wanted;
        this.changed();
        break;
      case "finished":
        // The worker has closed its session. But the network may be away, or a busy browser kill it before the close frame has left:
        // the bridge would take that for a cut. The page's own session brings the word, at once or when it is back.
        this.#endSession(LAST_WORDS_MS);
        this.#over(this.#state === "failed" ? "failed" : "stopped");
        break;
    }
  }

  /** What explains that a name is unknown says who is in the room, as it was then. */
  #withRoom(entries: readonly ConsoleEntry[]): readonly ConsoleEntry[] {
    return entries.map((entry) => {
      if (entry.notice?.code !== "network-failure" || entry.notice.failure !== "unknown-host") return entry;
      const there = this.#environment.whoIsThere?.();
      return there === undefined ? entry : { ...entry, notice: { code: "unknown-host", ...there } };
    });
  }

  #crash(notice: PageNotice): void {
    // What failed once the program was under way did not fail for the browser's age.
    const lacks = this.#state === "starting" ? lacking() : [];
    this.console.addFailure(lacks.length > 0 ? { code: "browser-too-old", lacks } : notice);
    this.#failure = undefined;
    this.#over("failed");
  }

  #over(state: "stopped" | "failed"): void {
    clearTimeout(this.#stopTimer);
    clearTimeout(this.#offerTimer);
    this.#stopTimer = undefined;
    this.#pulse?.stop();
    this.#pulse = undefined;
    this.#unresponsive = this.#stopsSlowly = false;
    this.usage.rest();
    this.network.over();
    this.#captured?.end(state);
    this.#captured = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#sessionId = undefined;
    this.#wantsInput = false;
    this.#hasStarted = false;
    this.#set(state);
    const waiting = this.#whenOver;
    this.#whenOver = [];
    for (const resolve of waiting) resolve();
  }

  #set(state: ProgramState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.changed();
  }
}

/** A message as it is shown in a notice: a script says in it what it likes, as long as it likes. */
function shortened(message: string): string {
  return message.length <= MAX_FAILURE_CHARS ? plainText(message) : `${plainText(message.slice(0, MAX_FAILURE_CHARS))}…`;
}
