import { type HostCall, type HostFunction, type LuauClass, type LuauState, type LuauTable } from "@playground/luau-wasm";
import { ByteStream, type Endian } from "./byte-stream.ts";
import { FieldLog, type ReadLog } from "./field-log.ts";
import { NUMBER_FORMAT_NAMES } from "./number-format.ts";
import { ReadReports } from "./read-reports.ts";
import { type FieldWatcher, watchedMethods } from "./watched-methods.ts";

/** `zone.byteStream` in one VM. */
export interface ByteStreamBinding {
  readonly streamClass: LuauClass<ByteStream>;
  /** The table `zone.byteStream`. The caller disposes it. */
  readonly table: LuauTable;
  /** A little-endian stream that takes `bytes` over, position 0. `onRead` hears by which calls the script reads them, where it is watched. */
  create(bytes: Uint8Array, onRead?: ReadLog["onRead"]): ByteStream;
  /** Tells what was read since the last time. */
  reportReads(): void;
}

/** Puts the class ByteStream and its constructors into a VM. `watcher`: wants to know what is written and read by which calls. */
export function bindByteStream(state: LuauState, watcher?: FieldWatcher): ByteStreamBinding {
  const reports = new ReadReports();
  const account = (deltaBytes: number): void => {
    // The streams of a state that is being disposed are collected after it.
    if (!state.disposed) state.addExternalMemory(deltaBytes);
  };
  const streamClass = state.defineClass<ByteStream>({
    name: "ByteStream",
    methods: watcher === undefined ? methods(state) : watchedMethods(methods(state), reports, watcher),
    metamethods: {
      __len: (call) => call.self<ByteStream>().length,
      __tostring: (call) => `ByteStream(${call.self<ByteStream>().length} bytes)`,
    },
    onCollect: (stream) => {
      // What was read of it is told while the bytes are there.
      if (stream.readLog !== undefined) reports.flush();
      stream.release();
    },
  });
  const table = state.createTable();
  const constructors: Record<string, HostFunction> = {
    new: (call) => streamClass.wrap(new ByteStream(endianOf(call, 1), account)),
    fromString: (call) => streamClass.wrap(ByteStream.from(owned(call.bytes(1)), endianOf(call, 2), account)),
    fromBuffer: (call) => streamClass.wrap(ByteStream.from(owned(call.buffer(1)), endianOf(call, 2), account)),
  };
  for (const [name, constructor] of Object.entries(constructors)) {
    using made = state.createFunction(name, constructor);
    table.set(name, made);
  }
  table.freeze();
  return {
    streamClass,
    table,
    create: (bytes, onRead) => {
      const stream = ByteStream.from(owned(bytes), "little", account);
      if (onRead !== undefined) stream.readLog = { fields: new FieldLog(), onRead };
      return stream;
    },
    reportReads: () => reports.flush(),
  };
}

function methods(state: LuauState): Record<string, HostFunction> {
  const made: Record<string, HostFunction> = {
    writeInt: (call) => call.self<ByteStream>().writeNumber("I32", call.number(1), "writeInt"),
    readInt: (call) => call.self<ByteStream>().readNumber("I32", "readInt"),
    writeVInt: (call) => call.self<ByteStream>().writeVariableInteger("VInt", call.number(1)),
    readVInt: (call) => call.self<ByteStream>().readVariableInteger("VInt"),
    writeVUInt: (call) => call.self<ByteStream>().writeVariableInteger("VUInt", call.number(1)),
    readVUInt: (call) => call.self<ByteStream>().readVariableInteger("VUInt"),
    getOffset: (call) => call.self<ByteStream>().position,
    getTable: (call) => state.createByteTable(call.self<ByteStream>().borrowBytes()).handOver(),
    prepend: (call) => call.self<ByteStream>().prepend(call.number(1)),
    writeBool: (call) => call.self<ByteStream>().writeBool(call.boolean(1)),
    readBool: (call) => call.self<ByteStream>().readBool(),
    writeString: (call) => call.self<ByteStream>().writeString(call.bytes(1)),
    readString: (call) => call.self<ByteStream>().readString(),
    write: (call) => call.self<ByteStream>().write(bareBytes(call)),
    read: (call) => call.self<ByteStream>().read(call.isNoneOrNil(1) ? undefined : call.number(1)),
    seek: (call) => call.self<ByteStream>().seek(call.number(1)),
    tell: (call) => call.self<ByteStream>().position,
    length: (call) => call.self<ByteStream>().length,
    remaining: (call) => call.self<ByteStream>().remaining,
    clear: (call) => call.self<ByteStream>().clear(),
    toString: (call: HostCall) => call.self<ByteStream>().borrowBytes(),
    toBuffer: (call) => call.self<ByteStream>().toBytes().buffer,
  };
  for (const name of NUMBER_FORMAT_NAMES) {
    made[`write${name}`] = (call: HostCall) => call.self<ByteStream>().writeNumber(name, call.number(1));
    made[`read${name}`] = (call: HostCall) => call.self<ByteStream>().readNumber(name);
  }
  return made;
}

function bareBytes(call: HostCall): Uint8Array {
  switch (call.type(1)) {
    case "buffer":
      return call.buffer(1);
    case "string":
      return call.bytes(1);
    case "none":
      throw new Error("missing argument #1 to 'write' (string or buffer expected)");
    default:
      throw new Error(`invalid argument #1 to 'write' (string or buffer expected, got ${call.typeName(1)})`);
  }
}

function endianOf(call: HostCall, index: number): Endian {
  if (call.isNoneOrNil(index)) return "little";
  const word = call.text(index);
  if (word === "little" || word === "big") return word;
  return call.fail(index, `"little" or "big" expected, got "${word}"`);
}

/** The binding's copies of script bytes stand in memory of their own; this says so to the compiler. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
