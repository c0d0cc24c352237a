import type { LuauState, LuauTable } from "@playground/luau-wasm";
import { type ByteStreamBinding, bindByteStream } from "../byte-stream/byte-stream-binding.ts";
import { bindSocket, type SocketBinding, type SocketParts } from "../socket/socket-binding.ts";
import type { ConsoleInput } from "./console-input.ts";
import { bindSystem, type SystemBinding, type SystemParts } from "../system/system-binding.ts";
import { explainingFailures } from "./failure-notice.ts";
import { installLoader, installPrint, installRequire } from "./globals.ts";

/** The API of one program, as it stands in its VM. */
export interface ZoneTable {
  /** The global `zone`, into which the script puts its callbacks. */
  readonly zone: LuauTable;
  readonly socket: SocketBinding;
  readonly system: SystemBinding;
  /** Tells the observer what the script has read since the last time. */
  reportReads(): void;
}

/** Builds everything that a script has beside Luau's own library, then closes the sandbox. */
export function buildZoneTable(
  state: LuauState,
  parts: {
    readonly files: ReadonlyMap<string, string>;
    readonly entry: string;
    readonly input: ConsoleInput;
  } & Omit<SocketParts, "byteStreams"> &
    SystemParts,
): ZoneTable {
  installPrint(state, explainingFailures(parts.console, parts.failures));
  installRequire(state, parts.files, parts.entry);
  installLoader(state, parts.files);

  const byteStreams: ByteStreamBinding = bindByteStream(state, parts.observer !== undefined);
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
  system.table.dispose();
  byteStreams.table.dispose();
  socket.table.dispose();
  state.setGlobal("zone", zone);
  state.sandbox();
  return { zone, socket, system, reportReads: () => byteStreams.reportReads() };
}
