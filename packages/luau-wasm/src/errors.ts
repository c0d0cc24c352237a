/**
 * Every error that this package throws or hands out. `code` is stable; messages are for people.
 */
export class LuauError<Code extends string = string> extends Error {
  override readonly name: string = "LuauError";
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a host function is used for wrongly, a reference after its end, a value that cannot cross the border. */
export type UsageErrorCode =
  | "disposed"
  | "not-suspended"
  | "wrong-state"
  | "bad-value"
  | "bad-option"
  | "read-only"
  | "too-many-classes"
  | "in-use"
  | "not-luau-wasm";

/** The binding was used wrongly. It is never the script's fault. */
export class LuauUsageError extends LuauError<UsageErrorCode> {
  override readonly name = "LuauUsageError";
}

/** The state's memory limit does not allow what was asked for. Raised as Luau's `not enough memory` from a host function. */
export class LuauMemoryError extends LuauError<"memory"> {
  override readonly name = "LuauMemoryError";

  constructor(message = "not enough memory", options?: ErrorOptions) {
    super("memory", message, options);
  }
}

/** Source text that does not compile. */
export class LuauCompileError extends LuauError<"compile"> {
  override readonly name = "LuauCompileError";
  readonly chunk: string;
  /** From 1. */
  readonly line: number;
  /** As Luau prints it: `server.luau:3: Expected ...`; `message` is without the position. */
  readonly text: string;

  constructor(details: { chunk: string; line: number; message: string; text: string }) {
    super("compile", details.message);
    this.chunk = details.chunk;
    this.line = details.line;
    this.text = details.text;
  }
}

/** One level of a script's call stack, the innermost first. */
export interface LuauFrame {
  /** The chunk's name; `[C]` for functions of the library and of the host. */
  readonly chunk: string;
  /** From 1; absent in functions of the library and of the host. */
  readonly line?: number;
  /** Absent for the chunk itself and for functions without a name. */
  readonly function?: string;
  /** In place of everything else, in the middle of a deep stack: so many frames are left out here. */
  readonly skipped?: number;
}

/**
 * - `runtime`: an error that the script, the library or a host function raised
 * - `memory`: the memory limit was reached
 * - `interrupted`: the time budget was used up
 * - `stack-overflow`: calls nested too deeply
 */
export type RuntimeErrorCode = "runtime" | "memory" | "interrupted" | "stack-overflow";

/**
 * Who raised an error. It is told by the VM's stack, never by the text:
 * - `operation`: an instruction of a script, such as a call of nil
 * - `function`: a function of the library or of the host, about how it was called
 * - `script`: `error` and `assert`, and whatever raises again what it was given
 */
export type ErrorOrigin = "operation" | "function" | "script";

/** The value that a failed instruction could not call, index or calculate with, as the source names it. */
export interface ErrorSubject {
  /** Such as `prnt`, `zone.sockt` or `connection:sned`. */
  readonly path: string;
  /** Whether the first name of the path is a global. */
  readonly isGlobal: boolean;
  /** What the last name was looked for among: the names of globals, of a table or of a class, some 256 at most. */
  readonly members: readonly string[];
}

/** What a thread failed with. `cause` is the host's own error when the script let one through. */
export class LuauRuntimeError extends LuauError<RuntimeErrorCode> {
  override readonly name = "LuauRuntimeError";
  /** Where the VM has raised it, else the innermost frame of a script. Never what a script has written into the text. */
  readonly chunk?: string;
  /** From 1. */
  readonly line?: number;
  /** As Luau prints it: `server.luau:3: boom`; `message` is without the position. */
  readonly text: string;
  /** The script's stack, the innermost level first. */
  readonly frames: readonly LuauFrame[];
  /** The error value when it is undefined, a boolean, a number or a string (its bytes); undefined for anything else. */
  readonly value: undefined | boolean | number | Uint8Array;
  /** What `typeof` says of the error value. */
  readonly valueType: string;
  readonly origin: ErrorOrigin;
  /** Only where `origin` is `operation`, and where the value has one name. */
  readonly subject?: ErrorSubject;

  constructor(
    code: RuntimeErrorCode,
    details: {
      message: string;
      text: string;
      chunk: string | undefined;
      line: number | undefined;
      frames: readonly LuauFrame[];
      value: undefined | boolean | number | Uint8Array;
      valueType: string;
      origin: ErrorOrigin;
      subject: ErrorSubject | undefined;
    },
    options?: ErrorOptions,
  ) {
    super(code, details.message, options);
    if (details.chunk !== undefined) this.chunk = details.chunk;
    if (details.line !== undefined) this.line = details.line;
    this.text = details.text;
    this.frames = details.frames;
    this.value = details.value;
    this.valueType = details.valueType;
    this.origin = details.origin;
    if (details.subject !== undefined) this.subject = details.subject;
  }
}

/** Thrown in a host function, raises its message in the script as it is, without a position in front. */
export class LuauRawError extends LuauError<"raw"> {
  override readonly name = "LuauRawError";
  /** Where it happened, when that is in the message; `message` in it is the text without the position. */
  readonly place?: { readonly chunk: string; readonly line: number; readonly message: string };

  constructor(message: string, options?: ErrorOptions & { readonly place?: LuauRawError["place"] }) {
    super("raw", message, options);
    if (options?.place !== undefined) this.place = options.place;
  }
}

/**
 * The engine ended the module in the middle of its work (its own stack ran out, or a trap), so that nothing in it can be
 * relied on any more. Every later call on this `Luau` throws this error too; load a new one.
 */
export class LuauCrashError extends LuauError<"crashed"> {
  override readonly name = "LuauCrashError";

  constructor(cause: unknown) {
    super("crashed", `the Luau module crashed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Raised by the checked accessors of a host call; becomes Luau's own words at the border. */
export class ArgumentError extends LuauError<"argument"> {
  override readonly name = "ArgumentError";
  readonly index: number;
  /** Whether `message` is the name of the expected type. */
  readonly isType: boolean;

  constructor(index: number, message: string, isType: boolean) {
    super("argument", message);
    this.index = index;
    this.isType = isType;
  }
}
