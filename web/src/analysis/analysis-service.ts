import type { Diagnostic } from "@playground/luau-analysis";
import { Model } from "../ui/model.ts";
import { retryDelay } from "../session/backoff.ts";
import { fetchModule } from "../workers/fetch-module.ts";
import { startWorker } from "../workers/start-worker.ts";
import { hasWasmExceptions } from "../workers/too-old.ts";
import { type AnalysedProject, AnalysisSession, type SessionEnd, type WorkerChannel } from "./analysis-session.ts";
import { type Manifest, readManifest } from "./manifest.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/analysis-worker.ts?worker&url";
import type { Answer, Question, QuestionKind, WorkerMessage } from "./worker/messages.ts";

/** Milliseconds without a change after which the project is checked: a pause while typing. */
export const CHECK_DELAY_MS = 150;
/** Milliseconds between two looks at a build that is under way. */
const BUILD_POLL_MS = 2_000;
/** Milliseconds between two looks for a module that nobody builds: the first, doubling up to the longest. */
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 60_000;
/** Ends in a row without a change of the project after which only a change starts the checker again. */
const MAX_ENDS_IN_A_ROW = 3;
/** Milliseconds of work without a fault after which earlier ones are forgotten. */
const FORGET_FAULTS_MS = 30_000;

/** What the page can say about the type checker. */
export type AnalysisState =
  /** Not asked for yet. */
  | { readonly kind: "idle" }
  /** The server has none, and builds none. */
  | { readonly kind: "missing" }
  /** The server could not build it. */
  | { readonly kind: "build-failed" }
  /** The browser lacks what the checker needs. */
  | { readonly kind: "too-old" }
  /** The server builds it: `done` of `total` files, 0 of 0 before that is known. */
  | { readonly kind: "building"; readonly done: number; readonly total: number }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly luauVersion: string }
  /** It broke, and starts again by itself. */
  | { readonly kind: "restarting"; readonly end: SessionEnd }
  /** It broke several times on the same project, and starts again with the next change. */
  | { readonly kind: "paused"; readonly end: SessionEnd }
  /** Its module could not be fetched; tried again by itself. */
  | { readonly kind: "unreachable" };

export interface AnalysisServiceOptions {
  readonly project: () => AnalysedProject;
  readonly spawn?: () => WorkerChannel;
}

/**
 * The type checker on the page's side: finds its module, runs its worker, keeps the project in step with it, starts it
 * again when it breaks, and has the diagnostics of all files. Tells of changes of its state and of diagnostics.
 */
export class AnalysisService extends Model {
  readonly #project: () => AnalysedProject;
  readonly #spawn: () => WorkerChannel;
  #state: AnalysisState = { kind: "idle" };
  #module: WebAssembly.Module | undefined;
  #session: AnalysisSession | undefined;
  #stopLoading: AbortController | undefined;
  #checking: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #ends = 0;
  #readySince = 0;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();

  constructor(options: AnalysisServiceOptions) {
    super();
    this.#project = options.project;
    this.#spawn = options.spawn ?? spawnWorker;
  }

  get state(): AnalysisState {
    return this.#state;
  }

  /** Bytes of the checker's memory; 0 while there is none. */
  get memoryUsed(): number {
    return this.#session?.memoryUsed ?? 0;
  }

  /** What was last found in a file: of its text at that time. Nothing while the checker is not there. */
  diagnostics(file: string): readonly Diagnostic[] {
    return this.#diagnostics.get(file) ?? [];
  }

  /** Looks for the checker and loads it. To be called once the page stands and nothing else waits for the network. */
  start(): void {
    if (this.#state.kind === "idle") void this.#load(0);
  }

  /** Ends the worker; `start` begins anew. */
  stop(): void {
    this.#stopLoading?.abort();
    this.#checking?.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#checkTimer);
    this.#session?.close();
    this.#session = undefined;
    this.#diagnostics.clear();
    this.#set({ kind: "idle" });
  }

  /** To be called after every change of the project or its mode. */
  projectChanged(): void {
    const { files } = this.#project();
    for (const name of this.#diagnostics.keys()) if (!files.some((file) => file.name === name)) this.#diagnostics.delete(name);
    if (this.#state.kind === "paused") {
      this.#ends = 0;
      this.#open();
    }
    this.#checkSoon(CHECK_DELAY_MS);
  }

  /**
   * Asks about the project as it is now. Undefined when there is no answer of use: no checker, the file has changed
   * meanwhile, or `signal` says that nobody wants it any more.
   */
  async ask<Kind extends QuestionKind>(question: Question<Kind>, signal?: AbortSignal): Promise<Answer<Kind> | undefined> {
    return this.#session?.ask(question, { isUrgent: true, signal });
  }

  #checkSoon(delay: number): void {
    this.#checking?.abort();
    clearTimeout(this.#checkTimer);
    this.#checkTimer = setTimeout(() => void this.#check(), delay);
  }

  async #check(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    const { signal } = (this.#checking = new AbortController());
    for (const { name } of this.#project().files) {
      const found = await session.ask({ kind: "check", file: name }, { signal });
      if (signal.aborted || session !== this.#session) return;
      if (found === undefined) continue;
      this.#diagnostics.set(name, found);
      this.changed();
    }
  }

  async #load(attempt: number): Promise<void> {
    if (!hasWasmExceptions()) {
      this.#set({ kind: "too-old" });
      return;
    }
    const { signal } = (this.#stopLoading = new AbortController());
    let manifest: Manifest | undefined;
    try {
      manifest = await readManifest(signal);
      if (manifest.state === "ready") {
        this.#set({ kind: "loading" });
        this.#module = await fetchModule(new URL(manifest.url, location.href), signal);
      }
    } catch {
      manifest = undefined;
    }
    if (signal.aborted) return;
    if (manifest?.state === "ready") {
      this.#open();
      return;
    }
    if (manifest === undefined) this.#set({ kind: "unreachable" });
    else if (manifest.state === "building") this.#set({ kind: "building", done: manifest.done, total: manifest.total });
    else this.#set({ kind: manifest.state === "failed" ? "build-failed" : "missing" });
    const isBuilding = manifest?.state === "building";
    const delay = isBuilding ? BUILD_POLL_MS : Math.min(FIRST_LOOK_MS * 2 ** attempt, LONGEST_LOOK_MS);
    this.#timer = setTimeout(() => void this.#load(isBuilding ? 0 : attempt + 1), delay);
  }

  #open(): void {
    if (this.#module === undefined) return;
    this.#set({ kind: "loading" });
    this.#session = new AnalysisSession({
      worker: this.#spawn(),
      module: this.#module,
      project: this.#project,
      onReady: (luauVersion) => {
        this.#readySince = performance.now();
        this.#set({ kind: "ready", luauVersion });
        this.#checkSoon(0);
      },
      onEnd: (end) => this.#restart(end),
    });
  }

  #restart(end: SessionEnd): void {
    const worked = this.#state.kind === "ready" ? performance.now() - this.#readySince : 0;
    this.#session = undefined;
    this.#diagnostics.clear();
    if (worked > FORGET_FAULTS_MS) this.#ends = 0;
    this.#ends++;
    if (this.#ends >= MAX_ENDS_IN_A_ROW) {
      this.#set({ kind: "paused", end });
      return;
    }
    this.#set({ kind: "restarting", end });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), retryDelay(this.#ends - 1));
  }

  #set(state: AnalysisState): void {
    this.#state = state;
    this.changed();
  }
}

function spawnWorker(): WorkerChannel {
  const worker = startWorker(new URL(workerUrl, import.meta.url), "type checker");
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    send: (message) => worker.postMessage(message),
    listen: (onMessage, onFailure) => {
      worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => onMessage(data));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        onFailure(event.message ?? "");
      });
      worker.addEventListener("messageerror", () => onFailure("messageerror"));
    },
    end: () => worker.terminate(),
  };
}
