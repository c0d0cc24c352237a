import type { ByteFieldFormat } from "@playground/capture";
import type { ProgramObserver } from "@playground/capture/recording";
import type { HostFunction } from "@playground/luau-wasm";
import type { ByteStream } from "./byte-stream.ts";
import { FieldLog } from "./field-log.ts";
import type { ReadReports } from "./read-reports.ts";

/** Whoever watches may have more to do than there is time for; then it is spared what it would not keep. */
export type FieldWatcher = Pick<ProgramObserver, "isBusy">;

/** The methods of a ByteStream, which besides note what they write and read. What a method does is not changed by that, nor what it raises. */
export function watchedMethods(methods: Readonly<Record<string, HostFunction>>, reports: ReadReports, watcher: FieldWatcher): Record<string, HostFunction> {
  return Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, watched(name, method, reports, watcher)]));
}

function watched(name: string, method: HostFunction, reports: ReadReports, watcher: FieldWatcher): HostFunction {
  if (name === "clear" || name === "prepend") return watchedChange(method, reports);
  const [, verb, format] = /^(read|write)([A-Z]\w*|)$/.exec(name) ?? [];
  if (verb === "write") return watchedWrite(method, reports, formatOf(format), watcher);
  return verb === "read" ? watchedRead(method, reports, formatOf(format)) : method;
}

/** The formats are called as the methods are, but for `Int`, the older name of one. */
function formatOf(name: string | undefined): ByteFieldFormat {
  if (name === undefined || name === "") return "bytes";
  return name === "Int" ? "I32" : (name as ByteFieldFormat);
}

function watchedWrite(method: HostFunction, reports: ReadReports, format: ByteFieldFormat, watcher: FieldWatcher): HostFunction {
  return (call) => {
    const stream = call.self<ByteStream>();
    forgetReads(stream, reports);
    if (stream.written === undefined && watcher.isBusy) return method(call);
    const start = stream.position;
    const result = method(call);
    (stream.written ??= new FieldLog()).note(start, stream.position - start, format);
    return result;
  };
}

function watchedRead(method: HostFunction, reports: ReadReports, format: ByteFieldFormat): HostFunction {
  return (call) => {
    const stream = call.self<ByteStream>();
    const log = stream.readLog;
    if (log === undefined) return method(call);
    const start = stream.position;
    const result = method(call);
    if (stream.position > start) {
      reports.expect(stream, log);
      log.fields.note(start, stream.position - start, format);
    }
    return result;
  };
}

function watchedChange(method: HostFunction, reports: ReadReports): HostFunction {
  return (call) => {
    const stream = call.self<ByteStream>();
    forgetReads(stream, reports);
    const before = stream.length;
    const result = method(call);
    // `clear` takes all bytes away, `prepend` puts some in front.
    if (stream.length === 0) stream.written?.clear();
    else stream.written?.shift(stream.length - before);
    return result;
  };
}

/** Bytes that the script changes are not those that it has received any more. */
function forgetReads(stream: ByteStream, reports: ReadReports): void {
  if (stream.readLog === undefined) return;
  reports.flush();
  stream.readLog = undefined;
}
