/** The functions that the module exports; native/exports.cpp has the same. Texts are an address and a size in bytes. */
export interface ModuleExports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  text_allocate(size: number): number;
  text_free(address: number): void;
  answer_address(): number;
  answer_size(): number;
  luau_version(): number;
  analyzer_start(): void;
  define(source: number, size: number): void;
  set_mode(mode: number): void;
  set_file(name: number, nameSize: number, source: number, sourceSize: number): void;
  remove_file(name: number, size: number): void;
  check(file: number, size: number): void;
  hover(file: number, size: number, line: number, column: number): void;
  definition(file: number, size: number, line: number, column: number): void;
  references(file: number, size: number, line: number, column: number): void;
  complete(file: number, size: number, line: number, column: number): void;
  signatures(file: number, size: number, line: number, column: number): void;
  hints(file: number, size: number): void;
}

/** Line, byte column, line, byte column, all from 0. */
export type NativeRange = readonly [number, number, number, number];

export interface NativePlace {
  readonly file: string;
  readonly range: NativeRange;
}

export interface NativeDiagnostic {
  readonly code: string;
  readonly category: "syntax" | "type" | "lint";
  readonly severity: "error" | "warning";
  readonly range: NativeRange;
  readonly message: string;
  readonly subject?: string;
  readonly similar?: readonly string[];
  readonly related?: readonly NativePlace[];
}

export interface NativeCompletion {
  readonly context: string;
  readonly entries: readonly {
    readonly name: string;
    readonly kind: string;
    readonly type?: string;
    readonly documentation?: string;
    readonly insert?: string;
    readonly deprecated?: true;
    readonly wrongIndex?: true;
    readonly fits?: true;
    readonly parentheses?: "inside" | "after";
  }[];
}

export interface NativeHover {
  readonly range: NativeRange;
  readonly kind: "local" | "global" | "member" | "type";
  readonly name: string;
  readonly type: string;
  readonly documentation?: string;
  readonly definition?: NativePlace;
}

export interface NativeSignatures {
  readonly name: string;
  readonly documentation?: string;
  readonly definition?: NativePlace;
  readonly argument: number;
  readonly signatures: readonly { readonly parameters: readonly string[]; readonly returns: string }[];
}

export interface NativeHint {
  readonly range: NativeRange;
  readonly text: string;
}
