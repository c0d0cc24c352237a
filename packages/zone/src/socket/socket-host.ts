import type { LuauClass, LuauFunction, Pushable } from "@playground/luau-wasm";
import type { ByteStreamBinding } from "../byte-stream/byte-stream-binding.ts";
import type { ConsoleSink } from "../console.ts";
import type { Network } from "../network.ts";
import type { TaskRunner } from "../program/task.ts";
import type { EventQueue } from "./event-queue.ts";
import type { FailureMemory } from "./failure-memory.ts";
import type { NetConnection } from "./net-connection.ts";

/** What the sockets of one program share. */
export interface SocketHost {
  readonly network: Network;
  readonly queue: EventQueue;
  readonly tasks: TaskRunner;
  readonly console: ConsoleSink;
  readonly byteStreams: ByteStreamBinding;
  readonly connectionClass: LuauClass<NetConnection>;
  /** Connections that have not ended. */
  readonly connections: Set<NetConnection>;
  /** Servers and clients that are in use. */
  readonly sockets: Set<{ close(): void }>;
  readonly failures: FailureMemory;
  /** Counts bytes that have arrived and that no callback has had yet; negative when they go. */
  countReceived(bytes: number): void;
  /** Milliseconds, for measuring how long something takes. */
  now(): number;
}

/** One whose callbacks run one after another. */
export interface Caller {
  busy: boolean;
}

/**
 * Runs a callback of the script as a task of its own; `caller` is busy until it returns.
 *
 * @throws {LuauMemoryError} where there is no memory to call it; it has not been called then
 */
export function runCallback(host: SocketHost, caller: Caller, name: string, fn: LuauFunction, args: readonly Pushable[]): void {
  caller.busy = true;
  try {
    host.tasks.start(name, fn, args, {
      onFinished: () => {
        caller.busy = false;
      },
    });
  } catch (error) {
    caller.busy = false;
    throw error;
  }
}
