import { completionRange } from "./completion-range.ts";
import { CHECK_MODES, type CheckMode, type Diagnostic } from "./diagnostic.ts";
import { commentAbove } from "./doc-comment.ts";
import { AnalysisError } from "./errors.ts";
import type { NativeCompletion, NativeDiagnostic, NativeHint, NativeHover, NativePlace, NativeRange, NativeSignatures } from "./exports.ts";
import { type AnalysisModule, instantiate } from "./module.ts";
import type { Place, TextRange } from "./place.ts";
import type { Completion, CompletionKind, CompletionList, Hover, InlayHint, Signature, SignatureHelp } from "./queries.ts";
import { blankShebang } from "./shebang.ts";
import { TextPositions } from "./text-positions.ts";

/** How Luau writes the type of what has none because of a mistake. */
const ERROR_TYPE = "*error-type*";

/** The type of a table in a message that nobody reads to its end, and whose end is often cut. */
const LONG_TABLE = /'\{[^'\n]{120,}'/g;

/**
 * The files of one project under analysis: what is wrong in them, and what is meant at a place. All offsets are UTF-16 units
 * from the start of a file's text.
 *
 * Every method may throw AnalysisError: `disposed`, `crashed` or `memory`; after the last two, load a new module. The
 * questions about a file throw `unknown-file` for one that was not set, and RangeError for an offset outside of it.
 */
export class Analysis {
  readonly #module: AnalysisModule;
  readonly #files = new Map<string, TextPositions>();
  #disposed = false;
  /** The version of Luau whose rules are applied. */
  readonly luauVersion: string;

  /** @internal */
  constructor(module: AnalysisModule) {
    this.#module = module;
    this.luauVersion = module.luauVersion;
    module.call("analyzer_start");
  }

  /** Bytes of the module's memory. It never shrinks. */
  get memoryUsed(): number {
    return this.#module.memorySize;
  }

  /** The files that are set. */
  get files(): readonly string[] {
    return [...this.#files.keys()];
  }

  /**
   * Declares what scripts have beside Luau's own library. To be called once, before files are set.
   * @throws {AnalysisError} `bad-definitions`, with the line and the first error
   */
  setDefinitions(source: string): void {
    const problem = this.#use().call("define", [source]);
    if (typeof problem === "string") throw new AnalysisError("bad-definitions", `the definitions are wrong: ${problem}`);
  }

  /** How files are checked that do not say so themselves. At first: nonstrict, as Luau has it. */
  setMode(mode: CheckMode): void {
    const numbers: Record<CheckMode, number> = { nocheck: 0, nonstrict: 1, strict: 2 };
    if (!CHECK_MODES.includes(mode)) throw new RangeError(`a mode is one of ${CHECK_MODES.join(", ")}, got ${JSON.stringify(mode)}`);
    this.#use().call("set_mode", [], [numbers[mode]]);
  }

  /** Adds a file or gives it a new text. Names are as `require` resolves them: relative, with `/`. */
  setFile(name: string, source: string): void {
    const module = this.#use();
    if (this.#files.get(name)?.text === source) return;
    module.call("set_file", [name, blankShebang(source)]);
    this.#files.set(name, new TextPositions(source));
  }

  /** Does nothing when there is no such file. */
  removeFile(name: string): void {
    const module = this.#use();
    if (this.#files.delete(name)) module.call("remove_file", [name]);
  }

  /** What is wrong in all files, by file in the order in which they were set, then by place. What has not changed is not checked again. */
  check(): Diagnostic[] {
    this.#use();
    return this.files.flatMap((file) => this.checkFile(file));
  }

  /** What is wrong in one file; the files that it requires are checked along with it. */
  checkFile(file: string): Diagnostic[] {
    this.#positions(file);
    const all = (this.#module.call("check", [file]) ?? []) as readonly NativeDiagnostic[];
    // Of code that cannot be read, the linter only sees what the parser made up.
    const found = all.some(({ category }) => category === "syntax") ? all.filter(({ category }) => category !== "lint") : all;
    return found
      .map(({ range, related, message, ...rest }) => ({
        ...rest,
        message: message.replace(LONG_TABLE, "'{ … }'"),
        file,
        range: this.#range(file, range),
        ...(related !== undefined && { related: related.flatMap((place) => this.#place(place) ?? []) }),
      }))
      .sort((a, b) => a.range.from - b.range.from || a.range.to - b.range.to);
  }

  /** What could stand at the offset. */
  complete(file: string, offset: number): CompletionList {
    const found = this.#ask("complete", file, offset) as NativeCompletion | null;
    const text = this.#positions(file).text;
    const context = found?.context ?? "unknown";
    const items = (found?.entries ?? [])
      .filter((entry) => entry.wrongIndex !== true)
      .map((entry): Completion => {
        const kind = (context === "comment" ? "directive" : entry.kind === "file" ? "path" : entry.kind) as CompletionKind;
        return {
          label: entry.name,
          kind,
          ...(entry.type !== undefined && { type: entry.type }),
          deprecated: entry.deprecated === true,
          fits: entry.fits === true,
          ...(entry.insert !== undefined && { insert: entry.insert }),
          ...(entry.parentheses !== undefined && { brackets: entry.parentheses }),
          ...(entry.documentation !== undefined && { documentation: entry.documentation }),
        };
      });
    return { range: completionRange(text, offset, context), items, context: (context === "comment" ? "directive" : context) as CompletionList["context"] };
  }

  /** What the name at the offset is; undefined where there is none. */
  hover(file: string, offset: number): Hover | undefined {
    const found = this.#ask("hover", file, offset) as NativeHover | null;
    if (found === null) return undefined;
    const comment = found.definition && this.#commentAbove(found.definition);
    const keyword = found.kind === "local" ? "local " : "";
    return {
      range: this.#range(file, found.range),
      // Of an alias for a table Luau knows the name only.
      code: keyword + (found.type === `type ${found.name} = ${found.name}` ? `type ${found.name}` : found.type.replaceAll(ERROR_TYPE, "unknown")),
      ...(found.documentation !== undefined && { documentation: found.documentation }),
      ...(comment !== undefined && { comment }),
    };
  }

  /** The call whose brackets the offset is in; undefined outside of calls. */
  signatureHelp(file: string, offset: number): SignatureHelp | undefined {
    const found = this.#ask("signatures", file, offset) as NativeSignatures | null;
    if (found === null) return undefined;
    const comment = found.definition && this.#commentAbove(found.definition);
    const count = Math.max(0, ...found.signatures.map(({ parameters }) => parameters.length));
    return {
      signatures: found.signatures.map((signature) => signatureLine(found.name, signature)),
      parameter: Math.max(0, Math.min(found.argument, count - 1)),
      ...(found.documentation !== undefined && { documentation: found.documentation }),
      ...(comment !== undefined && { comment }),
    };
  }

  /** Where the name at the offset is defined; undefined for what is not defined in the project. */
  definition(file: string, offset: number): Place | undefined {
    const found = this.#ask("definition", file, offset) as NativePlace | null;
    return found === null ? undefined : this.#place(found);
  }

  /** Every place in the project that means the same as the name at the offset, its definition included, by file and place. */
  references(file: string, offset: number): Place[] {
    const found = this.#ask("references", file, offset) as readonly NativePlace[] | null;
    const order = this.files;
    return (found ?? [])
      .flatMap((place) => this.#place(place) ?? [])
      .sort((a, b) => order.indexOf(a.file) - order.indexOf(b.file) || a.range.from - b.range.from);
  }

  /** The types that could be shown between the characters of a file, by place. */
  inlayHints(file: string): InlayHint[] {
    this.#positions(file);
    const found = (this.#module.call("hints", [file]) ?? []) as readonly NativeHint[];
    return found.map(({ range, text }) => ({ offset: this.#range(file, range).to, label: text })).sort((a, b) => a.offset - b.offset);
  }

  /** Ends the use of the module. The memory goes when nothing refers to this object any more. */
  dispose(): void {
    this.#disposed = true;
    this.#files.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #use(): AnalysisModule {
    if (this.#disposed) throw new AnalysisError("disposed", "this analysis is disposed");
    return this.#module;
  }

  #positions(file: string): TextPositions {
    this.#use();
    const positions = this.#files.get(file);
    if (positions === undefined) throw new AnalysisError("unknown-file", `there is no file ${JSON.stringify(file)}`);
    return positions;
  }

  #ask(query: "complete" | "hover" | "signatures" | "definition" | "references", file: string, offset: number): unknown {
    const positions = this.#positions(file);
    if (!(Number.isInteger(offset) && offset >= 0 && offset <= positions.text.length)) throw new RangeError(`${file} has no offset ${offset}`);
    const { line, column } = positions.positionOf(offset);
    return this.#module.call(query, [file], [line, column]);
  }

  #range(file: string, [line, column, endLine, endColumn]: NativeRange): TextRange {
    const positions = this.#positions(file);
    const from = positions.offsetOf(line, column);
    return { from, to: Math.max(from, positions.offsetOf(endLine, endColumn, "up")) };
  }

  #place({ file, range }: NativePlace): Place | undefined {
    return this.#files.has(file) ? { file, range: this.#range(file, range) } : undefined;
  }

  #commentAbove(definition: NativePlace): string | undefined {
    const place = this.#place(definition);
    return place && commentAbove(this.#positions(place.file).text, place.range.from);
  }
}

/** `f(a: string, ...: number): boolean`, and where the parameters stand in it. */
function signatureLine(name: string, { parameters, returns }: NativeSignatures["signatures"][number]): Signature {
  let label = `${name}(`;
  const ranges = parameters.map((parameter, index): TextRange => {
    if (index > 0) label += ", ";
    const from = label.length;
    label += parameter;
    return { from, to: label.length };
  });
  return { label: `${label}): ${returns}`, parameters: ranges };
}

/**
 * Instantiates the built type checker: the bytes of `luau-analysis.wasm`, or the module compiled from them.
 *
 * Rejects with AnalysisError `not-luau-analysis` when they are something else.
 */
export async function loadAnalysis(wasm: BufferSource | WebAssembly.Module): Promise<Analysis> {
  return new Analysis(await instantiate(wasm));
}
