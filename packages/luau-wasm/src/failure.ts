import { KIND_BOOLEAN, KIND_NUMBER, KIND_STRING, STATUS_INTERRUPTED, STATUS_MEMORY } from "./abi.ts";
import type { StateCore } from "./core.ts";
import { LuauRuntimeError } from "./errors.ts";
import type { ErrorOrigin, ErrorSubject, LuauFrame, RuntimeErrorCode } from "./errors.ts";
import { decodeUtf8 } from "./heap.ts";
import { readValue } from "./value-reader.ts";

const MEMORY_TEXT = "not enough memory";
const INTERRUPTED_TEXT = "the script ran for longer than its budget";
/** What Luau says when calls nest too deeply, in script code or below the library; coroutine.wrap puts its position in front. */
const OVERFLOW = /^(?:[^:\n]+:\d+: )*(?:C )?stack overflow\b/;

/** As native/subject.h counts them. */
const ORIGINS: readonly ErrorOrigin[] = ["script", "function", "operation"];

/** Reads what native/failure.cpp has noted, right after an entry that came to `status`. */
export function readFailure(core: StateCore, status: number): LuauRuntimeError {
  const { vm } = core;
  const report = vm.second === 0 ? undefined : new ReportReader(vm.heap.u8.slice(vm.first, vm.first + vm.second));
  const thread = vm.heap.u32[vm.cell >> 2]!;
  const position = report?.text() ?? "";
  const rest = report?.text() ?? MEMORY_TEXT;
  const valueType = report?.text() ?? "string";
  const raised = report?.place();
  // Without a report there was no memory for it, which the VM has noticed itself.
  const origin = report?.origin() ?? "operation";
  const subject = report?.subject();
  const frames = report?.frames() ?? [];

  let value: undefined | boolean | number | Uint8Array;
  if (report && status !== STATUS_INTERRUPTED) {
    const kind = vm.exports.value_read(thread, -1);
    if (kind === KIND_BOOLEAN || kind === KIND_NUMBER || kind === KIND_STRING) value = readValue(core, thread, -1) as typeof value;
  }

  const text = position + rest;
  const noted = core.placeOfText(text);
  const where = raised ?? noted ?? frames.find((frame) => frame.line !== undefined);
  let message = raised === undefined && noted !== undefined ? noted.message : rest;
  let code: RuntimeErrorCode = "runtime";
  if (status === STATUS_MEMORY || text === MEMORY_TEXT) {
    code = "memory";
  } else if (status === STATUS_INTERRUPTED) {
    code = "interrupted";
    if (valueType === "nil") message = INTERRUPTED_TEXT;
  } else if (OVERFLOW.test(text)) {
    code = "stack-overflow";
  }

  const host = core.lastHostError;
  core.lastHostError = undefined;
  const cause = host && text.endsWith(host.message) ? { cause: host.error } : undefined;
  return new LuauRuntimeError(code, { message, text, chunk: where?.chunk, line: where?.line, frames, value, valueType, origin, subject }, cause);
}

/** The layout is told in native/failure.cpp. */
class ReportReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #number(): number {
    const value = this.#view.getInt32(this.#at, true);
    this.#at += 4;
    return value;
  }

  text(): string {
    const length = this.#number();
    this.#at += length;
    return decodeUtf8(this.#bytes, this.#at - length, this.#at);
  }

  /** Where the VM says that the error was raised. */
  place(): { readonly chunk: string; readonly line: number } | undefined {
    const chunk = this.text();
    const line = this.#number();
    return chunk === "" ? undefined : { chunk, line };
  }

  origin(): ErrorOrigin {
    return ORIGINS[this.#number()]!;
  }

  subject(): ErrorSubject | undefined {
    const isGlobal = this.#number() !== 0;
    const path = Array.from({ length: this.#number() }, () => this.text() + this.text()).join("");
    const members = Array.from({ length: this.#number() }, () => this.text());
    return path === "" ? undefined : { path, isGlobal, members };
  }

  frames(): LuauFrame[] {
    const frames: LuauFrame[] = [];
    while (this.#at < this.#bytes.length) {
      const chunk = this.text();
      const name = this.text();
      const line = this.#number();
      if (line < -1) frames.push({ chunk: "", skipped: -1 - line });
      else frames.push({ chunk, ...(line > 0 ? { line } : {}), ...(name === "" ? {} : { function: name }) });
    }
    return frames;
  }
}
