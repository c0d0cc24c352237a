import { STATUS_ERROR, STATUS_MEMORY } from "./abi.ts";
import { LuauMemoryError } from "./errors.ts";
import { decodeUtf8 } from "./heap.ts";
import { withoutShebang } from "./shebang.ts";
import { withText } from "./text-argument.ts";
import type { Vm } from "./vm.ts";

/** A fault in a source. Lines and columns count from 0, columns in bytes of UTF-8; the end lies behind the last byte. */
export interface SyntaxFault {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

/** What a name does where it stands: `implicit` is the `self` of a method, which is written nowhere. */
export type NameKind = "declaration" | "use" | "implicit" | "global";

/** A place where a local or a global is named. Line and column as in SyntaxFault. */
export interface NameOccurrence {
  readonly line: number;
  readonly column: number;
  /** Bytes of the name. */
  readonly length: number;
  /** The local's number within its source, in the order of declaration; -1 for a global. */
  readonly local: number;
  readonly kind: NameKind;
}

/** In the order of native/syntax.cpp. */
const KINDS: readonly NameKind[] = ["declaration", "use", "implicit", "global"];
const MEMORY_MESSAGE = "not enough memory to read the source";

/** All that parser and compiler find wrong with a file's source, whose first line may be a shebang; the compiler only looks at what the parser lets through. */
export function syntaxFaults(vm: Vm, source: Uint8Array | string): SyntaxFault[] {
  const zero = zeroByte(source);
  if (zero !== undefined) return [zero];
  const view = report(vm, withoutShebang(source), vm.exports.syntax_errors);
  const faults: SyntaxFault[] = [];
  for (let at = 0; at < (view?.byteLength ?? 0);) {
    const [line, column, endLine, endColumn, length] = Array.from({ length: 5 }, (_, index) => view!.getInt32(at + index * 4, true)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const text = new Uint8Array(view!.buffer, at + 20, length);
    faults.push({ line, column, endLine, endColumn, message: decodeUtf8(text, 0, length) });
    at += 20 + length;
  }
  return faults;
}

/** Where a source names its locals and globals, in the order of its syntax tree; undefined when it cannot be parsed. */
export function namesOf(vm: Vm, source: Uint8Array | string): NameOccurrence[] | undefined {
  if (zeroByte(source) !== undefined) return undefined;
  const view = report(vm, withoutShebang(source), vm.exports.syntax_names);
  if (view === undefined) return undefined;
  const names: NameOccurrence[] = [];
  for (let at = 0; at < view.byteLength; at += 20) {
    names.push({
      line: view.getInt32(at, true),
      column: view.getInt32(at + 4, true),
      length: view.getInt32(at + 8, true),
      local: view.getInt32(at + 12, true),
      kind: KINDS[view.getInt32(at + 16, true)]!,
    });
  }
  return names;
}

/** A copy of what an export has written; undefined when it refused the source. */
function report(vm: Vm, source: Uint8Array | string, read: (source: number, length: number) => number): DataView<ArrayBuffer> | undefined {
  const status = withText(vm, source, (address, length) => {
    try {
      return read(address, length);
    } catch (error) {
      vm.thrown ??= error;
      throw vm.crashed;
    }
  });
  if (status === STATUS_MEMORY) throw new LuauMemoryError(MEMORY_MESSAGE);
  if (status === STATUS_ERROR) return undefined;
  return new DataView(vm.heap.u8.slice(vm.first, vm.first + vm.second).buffer);
}

/** Luau takes a zero byte for the end of the source. */
function zeroByte(source: Uint8Array | string): SyntaxFault | undefined {
  const bytes = typeof source === "string" ? (source.includes("\0") ? new TextEncoder().encode(source) : undefined) : source;
  const at = bytes?.indexOf(0) ?? -1;
  if (bytes === undefined || at < 0) return undefined;
  const before = bytes.subarray(0, at);
  const start = before.lastIndexOf(0x0a) + 1;
  let line = 0;
  for (const byte of before) if (byte === 0x0a) line++;
  return { line, column: at - start, endLine: line, endColumn: at - start + 1, message: "a zero byte in the source" };
}
