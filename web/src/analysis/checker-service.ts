import type { CompletionKind, Diagnostic as Finding, HelpText } from "@playground/luau-analysis";
import type { Documentation } from "@playground/zone/reference";
import type {
  CompletionItem,
  Completions,
  CompletionText,
  Diagnostic,
  Hover,
  InlayHint,
  LanguageService,
  Place,
  Signature,
  SourceText,
} from "../editor/language/service.ts";
import { currentLocale } from "../locale/locale.ts";
import type { AnalysisService } from "./analysis-service.ts";

/** What the editor asks of the type checker. Without a checker there is no answer, and the editor does without. */
export class CheckerService implements LanguageService {
  readonly #analysis: AnalysisService;

  constructor(analysis: AnalysisService) {
    this.#analysis = analysis;
  }

  /** Called when answers about the same text may be others than before: the checker is there, or another file has changed. */
  onChanged(listener: () => void): () => void {
    return this.#analysis.subscribe(listener);
  }

  async diagnostics({ file }: SourceText, signal: AbortSignal): Promise<readonly Diagnostic[]> {
    const found = await this.#analysis.ask({ kind: "check", file }, signal);
    // The compiler, which is always there, tells faults of syntax.
    const faults = (found ?? []).filter(({ category }) => category !== "syntax");
    if (faults.length === 0) return [];
    // Fetched with the first fault; without the advice Luau's own words still stand.
    const advice = await import("./advice.ts").catch(() => undefined);
    return faults.map((fault) => diagnostic(fault, advice?.adviceOn(fault)));
  }

  async completion({ file }: SourceText, offset: number, _explicit: boolean, signal: AbortSignal): Promise<Completions | undefined> {
    const list = await this.#analysis.ask({ kind: "complete", file, offset }, signal);
    if (list === undefined) return undefined;
    return {
      from: list.range.from,
      items: list.items.map(({ label, kind, type, deprecated, fits, insert, brackets, documentation }): CompletionItem => ({
        label,
        kind: COMPLETION_KINDS[kind],
        deprecated,
        fits,
        ...(type !== undefined && { detail: type }),
        ...(insert !== undefined && { insert }),
        ...(brackets !== undefined && { brackets }),
        ...(documentation !== undefined && { documentation: () => this.#document(documentation) }),
      })),
    };
  }

  async hover({ file }: SourceText, offset: number, signal: AbortSignal): Promise<Hover | undefined> {
    const found = await this.#analysis.ask({ kind: "hover", file, offset, language: currentLocale() }, signal);
    if (found === undefined) return undefined;
    const { range, code, documentation, comment } = found;
    const words = documentation === undefined ? comment : documentationText(documentation);
    return { ...range, code, ...(words !== undefined && { documentation: words }), ...(documentation !== undefined && { topic: documentation.topic }) };
  }

  async signature({ file }: SourceText, offset: number, signal: AbortSignal): Promise<Signature | undefined> {
    const help = await this.#analysis.ask({ kind: "signature", file, offset, language: currentLocale() }, signal);
    const [first] = help?.signatures ?? [];
    if (help === undefined || first === undefined) return undefined;
    const words = help.documentation === undefined ? help.comment : parameterText(help.documentation, first.label, first.parameters[help.parameter]);
    return { label: first.label, parameters: first.parameters, active: help.parameter, ...(words !== undefined && { documentation: words }) };
  }

  async definition({ file }: SourceText, offset: number, signal: AbortSignal): Promise<Place | undefined> {
    const place = await this.#analysis.ask({ kind: "definition", file, offset }, signal);
    return place === undefined ? undefined : { file: place.file, ...place.range };
  }

  async references({ file }: SourceText, offset: number, signal: AbortSignal): Promise<readonly Place[]> {
    const places = await this.#analysis.ask({ kind: "references", file, offset }, signal);
    return (places ?? []).map((place) => ({ file: place.file, ...place.range }));
  }

  async inlayHints({ file }: SourceText, from: number, to: number, signal: AbortSignal): Promise<readonly InlayHint[]> {
    const hints = await this.#analysis.ask({ kind: "hints", file }, signal);
    return (hints ?? []).filter(({ offset }) => offset >= from && offset <= to).map(({ offset, label }) => ({ at: offset, label }));
  }

  async #document(symbol: string): Promise<CompletionText | undefined> {
    const documentation = await this.#analysis.ask({ kind: "document", symbol, language: currentLocale() });
    return documentation === undefined ? undefined : { text: documentationText(documentation), topic: documentation.topic };
  }
}

const COMPLETION_KINDS: Readonly<Record<CompletionKind, CompletionItem["kind"]>> = {
  property: "property",
  method: "method",
  function: "function",
  variable: "variable",
  keyword: "keyword",
  string: "constant",
  type: "type",
  module: "module",
  path: "module",
  directive: "keyword",
};

/** Luau's own words, then what to do about it in the reader's language. */
function diagnostic({ range, severity, code, message }: Finding, advice: HelpText | undefined): Diagnostic {
  const help = advice?.[currentLocale()];
  return { ...range, severity, message, ...(help !== undefined && { help }), origin: code };
}

function documentationText({ text, result }: Documentation): string {
  return [...text, ...(result === undefined ? [] : [`→ ${result}`])].join("\n\n");
}

/** What the parameter at the cursor is for; for a function without such a text, what the function does. */
function parameterText(
  { text, parameters }: Documentation,
  label: string,
  range: { readonly from: number; readonly to: number } | undefined,
): string | undefined {
  const name = range === undefined ? undefined : /^\w+/.exec(label.slice(range.from, range.to))?.[0];
  const parameter = parameters.find((candidate) => candidate.name === name);
  return parameter === undefined ? text[0] : `\`${parameter.name}\` – ${parameter.text}`;
}
