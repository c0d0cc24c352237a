import { type Analysis, AnalysisError, loadAnalysis } from "@playground/luau-analysis";
import { allEntries, type Documentation, documentationSymbols, documentEntry, type Language, REFERENCE, renderDefinitions } from "@playground/zone/reference";
import type { PageMessage, Question, WorkerMessage } from "./messages.ts";

/** The worker's side of the type checker: carries out one message after the other. */
export class AnalysisHost {
  readonly #post: (message: WorkerMessage) => void;
  readonly #documented = documentationSymbols(allEntries());
  #analysis: Analysis | undefined;
  #broken = false;

  constructor(post: (message: WorkerMessage) => void) {
    this.#post = post;
  }

  /** Never rejects: a checker that cannot go on says so. */
  async receive(message: PageMessage): Promise<void> {
    if (this.#broken) return;
    try {
      if (message.type === "start") await this.#start(message.module);
      else if (this.#analysis) this.#carryOut(message, this.#analysis);
    } catch (error) {
      this.#broken = true;
      const code = error instanceof AnalysisError ? error.code : "internal";
      this.#post({ type: "broken", code, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #start(module: WebAssembly.Module): Promise<void> {
    const analysis = await loadAnalysis(module);
    analysis.setDefinitions(renderDefinitions(REFERENCE));
    this.#analysis = analysis;
    this.#post({ type: "ready", luauVersion: analysis.luauVersion, memoryUsed: analysis.memoryUsed });
  }

  #carryOut(message: Exclude<PageMessage, { type: "start" }>, analysis: Analysis): void {
    if (message.type === "project") {
      analysis.setMode(message.mode);
      for (const name of message.removed) analysis.removeFile(name);
      for (const [name, source] of message.set) analysis.setFile(name, source);
      return;
    }
    const answer = this.#answer(message.question, analysis);
    this.#post({ type: "answer", id: message.id, answer, memoryUsed: analysis.memoryUsed });
  }

  #answer(question: Question, analysis: Analysis): unknown {
    switch (question.kind) {
      case "check":
        return analysis.checkFile(question.file);
      case "complete":
        return analysis.complete(question.file, question.offset);
      case "document":
        return this.#document(question.symbol, question.language);
      case "hover":
        return this.#withDocumentation(analysis.hover(question.file, question.offset), question.language);
      case "signature":
        return this.#withDocumentation(analysis.signatureHelp(question.file, question.offset), question.language);
      case "definition":
        return analysis.definition(question.file, question.offset);
      case "references":
        return analysis.references(question.file, question.offset);
      case "hints":
        return analysis.inlayHints(question.file);
    }
  }

  #withDocumentation<T extends { readonly documentation?: string }>(found: T | undefined, language: Language): unknown {
    if (found?.documentation === undefined) return found;
    const { documentation: symbol, ...rest } = found;
    const documentation = this.#document(symbol, language);
    return documentation === undefined ? rest : { ...rest, documentation };
  }

  #document(symbol: string, language: Language): Documentation | undefined {
    const entry = this.#documented.get(symbol);
    return entry && documentEntry(entry, language);
  }
}
