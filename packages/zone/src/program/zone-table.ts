import type { LuauState, LuauTable } from "@playground/luau-wasm";
import { type ByteStreamBinding, bindByteStream } from "../byte-stream/byte-stream-binding.ts";
import { bindSocket, type SocketBinding, type SocketParts } from "../socket/socket-binding.ts";
import type { ConsoleInput } from "./console-input.ts";
import { bindSystem, type SystemBinding, type SystemParts } from "../system/system-binding.ts";
import { explainingFailures } from "./failure-notice.ts";
import { installLoader, installPrint, installRequire } from "./globals.ts";
import type { TaskRunner } from "../task/task.ts";

/** The API of one program, as it stands in its VM. */
export interface ZoneTable {
  /** The global `zone`, into which the script puts its callbacks. */
  readonly zone: LuauTable;
  readonly socket: SocketBinding;
  readonly system: SystemBinding;
  /** Tells the observer what the script has read since the last time. */
  reportReads(): void;
}

/** What an extension of the API is given, before the sandbox closes. */
export interface ExtensionParts {
  readonly state: LuauState;
  /** The table `zone`. It stays the program's. */
  readonly zone: LuauTable;
  /** For functions that wait. */
  readonly tasks: TaskRunner;
  /** For functions that take byte streams or give them. */
  readonly byteStreams: ByteStreamBinding;
}

/** Adds to the table `zone` of one program what ordinary programs do not have. */
export type ZoneExtension = (parts: ExtensionParts) => void;

/** Builds everything that a script has beside Luau's own library, then closes the sandbox. */
export function buildZoneTable(
  state: LuauState,
  parts: {
    readonly files: ReadonlyMap<string, string>;
    readonly entry: string;
    readonly input: ConsoleInput;
    readonly extend?: ZoneExtension;
  } & Omit<SocketParts, "byteStreams"> &
    SystemParts,
): ZoneTable {
  installPrint(state, explainingFailures(parts.console, parts.failures));
  installRequire(state, parts.files, parts.entry);
  installLoader(state, parts.files);

  const byteStreams: ByteStreamBinding = bindByteStream(state, parts.observer);
  const socket = bindSocket(state, { ...parts, byteStreams });
  const zone = state.createTable();
  zone.set("byteStream", byteStreams.table);
  zone.set("socket", socket.table);
  using consoleTable = parts.input.bind(state);
  zone.set("console", consoleTable);
  // Nothing is drawn here: a script sees a window-less engine.
  zone.set("isHeadless", true);
  const system = bindSystem(state, parts);
  zone.set("system", system.table);
  parts.extend?.({ state, zone, tasks: parts.tasks, byteStreams });
  system.table.dispose();
  byteStreams.table.dispose();
  socket.table.dispose();
  state.setGlobal("zone", zone);
  state.sandbox();
  return { zone, socket, system, reportReads: () => byteStreams.reportReads() };
}
