import { luauModule } from "../../workers/luau-module.ts";
import { startWorker } from "../../workers/start-worker.ts";
// oxlint-disable-next-line import/default -- Vite makes the address
import workerUrl from "./worker/syntax-worker.ts?worker&url";
import type { FromSyntaxWorker, LocalPlaces, SyntaxAnswers, SyntaxQuestion, ToSyntaxWorker } from "./worker/syntax-messages.ts";
import type { Diagnostic, LanguageService, Place, SourceText } from "../language/service.ts";
import { withHelp } from "./syntax-help.ts";
import type { RenameResult } from "./source/rename-local.ts";

/** UTF-16 units of a source that is still read while one types: reading a longer one takes seconds. */
const MAX_SOURCE_CHARS = 1_000_000;

interface Waiting {
  readonly question: SyntaxQuestion;
  readonly signal: AbortSignal | undefined;
  readonly answered: (answer: SyntaxAnswers[keyof SyntaxAnswers]) => void;
  readonly failed: (reason: Error) => void;
}

/**
 * What the compiler itself knows of a source: its faults, and which names are which locals. It reads in a worker of its
 * own, one source at a time; a question whose signal is aborted while it waits is never asked.
 */
export class SyntaxService implements LanguageService {
  #worker: Worker | undefined;
  #waiting: Waiting[] = [];
  #asked: Waiting | undefined;
  #id = 0;

  async diagnostics({ text }: SourceText, signal: AbortSignal): Promise<readonly Diagnostic[]> {
    if (text.length > MAX_SOURCE_CHARS) return [];
    return withHelp(await this.#ask({ type: "diagnostics", source: text }, signal), text);
  }

  async definition(source: SourceText, offset: number, signal: AbortSignal): Promise<Place | undefined> {
    return (await this.#places(source, offset, signal)).find(({ isDeclaration }) => isDeclaration);
  }

  references(source: SourceText, offset: number, signal: AbortSignal): Promise<readonly Place[]> {
    return this.#places(source, offset, signal);
  }

  /** The places of the local at an offset, or why there is none. */
  local(text: string, offset: number): Promise<LocalPlaces> {
    return this.#ask({ type: "local", source: text, offset });
  }

  rename(text: string, offset: number, name: string): Promise<RenameResult> {
    return this.#ask({ type: "rename", source: text, offset, name });
  }

  async #places({ file, text }: SourceText, offset: number, signal: AbortSignal): Promise<(Place & { readonly isDeclaration: boolean })[]> {
    const local = await this.#ask({ type: "local", source: text, offset }, signal);
    return "code" in local ? [] : local.places.map((place) => ({ file, ...place }));
  }

  #ask<Q extends SyntaxQuestion>(question: Q, signal?: AbortSignal): Promise<SyntaxAnswers[Q["type"]]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, signal, answered: resolve as Waiting["answered"], failed: reject });
      void this.#next();
    });
  }

  async #next(): Promise<void> {
    if (this.#asked !== undefined) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    if (next.signal?.aborted === true) {
      next.failed(new DOMException("nobody waits for the answer any more", "AbortError"));
      return this.#next();
    }
    this.#asked = next;
    try {
      const worker = (this.#worker ??= this.#newWorker(await luauModule()));
      this.#post(worker, { id: ++this.#id, question: next.question });
    } catch (error) {
      this.#settle(() => next.failed(error as Error));
    }
  }

  #newWorker(module: WebAssembly.Module): Worker {
    const worker = startWorker(new URL(workerUrl, import.meta.url), "syntax");
    worker.addEventListener("message", ({ data }: MessageEvent<FromSyntaxWorker>) => {
      const asked = this.#asked;
      if (data.id !== this.#id || asked === undefined) return;
      this.#settle(() => ("failure" in data ? asked.failed(new Error(data.failure)) : asked.answered(data.answer)));
      // A module that has crashed stays so.
      if ("failure" in data) this.#forget(worker);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      const asked = this.#asked;
      this.#forget(worker);
      if (asked !== undefined) this.#settle(() => asked.failed(new Error(event.message)));
    });
    this.#post(worker, { module });
    return worker;
  }

  #forget(worker: Worker): void {
    worker.terminate();
    if (this.#worker === worker) this.#worker = undefined;
  }

  #settle(tell: () => void): void {
    this.#asked = undefined;
    tell();
    void this.#next();
  }

  #post(worker: Worker, message: ToSyntaxWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    worker.postMessage(message);
  }
}
