import type { LuauClass } from "@playground/luau-wasm";
import type { ConsoleSink } from "../console.ts";
import type { Network } from "@playground/network";
import type { FailureMemory } from "./failure-memory.ts";
import type { ConnectionHost, NetConnection } from "./net-connection.ts";

/** What the sockets of one program share. */
export interface SocketHost extends ConnectionHost {
  readonly network: Network;
  readonly console: ConsoleSink;
  readonly connectionClass: LuauClass<NetConnection>;
  /** Connections that have not ended. */
  readonly connections: Set<NetConnection>;
  /** Servers and clients that are in use. */
  readonly sockets: Set<{ close(): void }>;
  readonly failures: FailureMemory;
}
