import type { CheckMode } from "@playground/luau-analysis";
import type { Answer, PageMessage, Question, QuestionKind, WorkerMessage } from "./worker/messages.ts";

/** Milliseconds that one question may take; a checker that needs longer hangs. It gives up on a file by itself after 1.5 s. */
export const HANG_LIMIT_MS = 2_000;
/** Milliseconds for a worker to be loaded and to take in Luau's library: a slow phone takes some seconds. */
const START_LIMIT_MS = 30_000;

/** What is checked, as the page has it at the moment. */
export interface AnalysedProject {
  readonly files: readonly { readonly name: string; readonly source: string }[];
  readonly mode: CheckMode;
}

/** Why a session ended: its worker or module broke, or did not answer in time, or could not be fetched. */
export type SessionEnd = "crashed" | "memory" | "hung" | "not-loaded";

/** The way to a worker and back. */
export interface WorkerChannel {
  send(message: PageMessage): void;
  /** Sets what is called with each message, and, with what the browser says about it, when the worker fails. */
  listen(onMessage: (message: WorkerMessage) => void, onFailure: (text: string) => void): void;
  /** Ends the worker at once, whatever it does. */
  end(): void;
}

interface Pending {
  readonly question: Question;
  /** The text that the question is about; an answer about another one helps nobody. */
  readonly source: string | undefined;
  readonly isUrgent: boolean;
  readonly signal: AbortSignal | undefined;
  readonly settle: (answer: unknown) => void;
}

/**
 * One life of the type checker's worker. Questions go to it one at a time, so that those which nobody wants any more are
 * dropped here, before they cost anything, and the reader's own go before the checks in the background.
 */
export class AnalysisSession {
  readonly #worker: WorkerChannel;
  readonly #project: () => AnalysedProject;
  readonly #onReady: (luauVersion: string) => void;
  readonly #onEnd: (end: SessionEnd) => void;
  readonly #sent = new Map<string, string>();
  #sentMode: CheckMode | undefined;
  #waiting: Pending[] = [];
  #asked: Pending | undefined;
  #id = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isReady = false;
  #isOver = false;
  /** Bytes of the module's memory, as the worker last told. */
  memoryUsed = 0;

  constructor(options: {
    readonly worker: WorkerChannel;
    readonly module: WebAssembly.Module;
    readonly project: () => AnalysedProject;
    readonly onReady: (luauVersion: string) => void;
    readonly onEnd: (end: SessionEnd) => void;
  }) {
    this.#worker = options.worker;
    this.#project = options.project;
    this.#onReady = options.onReady;
    this.#onEnd = options.onEnd;
    this.#worker.listen(
      (message) => this.#receive(message),
      // A worker whose script could not be fetched fails without a word.
      (text) => this.#end(this.#isReady || text !== "" ? "crashed" : "not-loaded"),
    );
    this.#timer = setTimeout(() => this.#end("hung"), START_LIMIT_MS);
    this.#worker.send({ type: "start", module: options.module });
  }

  /**
   * Asks, and gives undefined when there is no answer of use: the file has changed meanwhile, `signal` says that nobody
   * wants it any more, or the session has ended. Urgent questions go first.
   */
  ask<Kind extends QuestionKind>(
    question: Question<Kind>,
    options: { readonly isUrgent?: boolean; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Answer<Kind> | undefined> {
    const { signal, isUrgent = false } = options;
    if (this.#isOver || signal?.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const pending: Pending = {
        question: question as Question,
        source: "file" in question ? this.#sourceOf(question.file) : undefined,
        isUrgent,
        signal,
        settle: (answer) => resolve(answer as Answer<Kind> | undefined),
      };
      signal?.addEventListener("abort", () => pending.settle(undefined), { once: true });
      const place = isUrgent ? this.#waiting.findIndex((other) => !other.isUrgent) : -1;
      this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, pending);
      this.#next();
    });
  }

  /** Ends the worker without telling anybody. */
  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#worker.end();
    for (const pending of [this.#asked, ...this.#waiting]) pending?.settle(undefined);
    this.#asked = undefined;
    this.#waiting = [];
  }

  #next(): void {
    if (!this.#isReady || this.#asked !== undefined || this.#isOver) return;
    for (let pending = this.#waiting.shift(); pending !== undefined; pending = this.#waiting.shift()) {
      if (!this.#isWanted(pending)) {
        pending.settle(undefined);
        continue;
      }
      this.#sendProject();
      this.#asked = pending;
      this.#timer = setTimeout(() => this.#end("hung"), HANG_LIMIT_MS);
      this.#worker.send({ type: "ask", id: ++this.#id, question: pending.question });
      return;
    }
  }

  #isWanted({ signal, question, source }: Pending): boolean {
    if (signal?.aborted) return false;
    return !("file" in question) || (source !== undefined && this.#sourceOf(question.file) === source);
  }

  #sourceOf(name: string): string | undefined {
    return this.#project().files.find((file) => file.name === name)?.source;
  }

  #sendProject(): void {
    const { files, mode } = this.#project();
    const set = files.filter(({ name, source }) => this.#sent.get(name) !== source).map(({ name, source }) => [name, source] as const);
    const removed = [...this.#sent.keys()].filter((name) => !files.some((file) => file.name === name));
    if (set.length === 0 && removed.length === 0 && mode === this.#sentMode) return;
    for (const [name, source] of set) this.#sent.set(name, source);
    for (const name of removed) this.#sent.delete(name);
    this.#sentMode = mode;
    this.#worker.send({ type: "project", set, removed, mode });
  }

  #receive(message: WorkerMessage): void {
    if (this.#isOver) return;
    if (message.type === "broken") {
      this.#end(message.code === "memory" ? "memory" : "crashed");
      return;
    }
    clearTimeout(this.#timer);
    this.memoryUsed = message.memoryUsed;
    if (message.type === "ready") {
      this.#isReady = true;
      this.#onReady(message.luauVersion);
    } else if (message.id === this.#id && this.#asked !== undefined) {
      const asked = this.#asked;
      this.#asked = undefined;
      asked.settle(this.#isWanted(asked) ? message.answer : undefined);
    }
    this.#next();
  }

  #end(end: SessionEnd): void {
    if (this.#isOver) return;
    this.close();
    this.#onEnd(end);
  }
}
