import { encodeRoomMachine, MAX_PRESENCE_LISTENERS } from "@playground/wire/codec";
import type { Machine } from "./machine.ts";

/** What is told of the machines of a room. */
export interface MachineSource {
  /** The machine that may set the password; undefined where the operator has. */
  readonly keeper: Machine | undefined;
  /** What a machine listens on. */
  readonly listeners: { of(machine: Machine): Iterable<{ readonly address: string; readonly port: number; readonly isPrivate: boolean }> };
}

/** The machines of a room as they stand in packets of news, each encoded once after every change of it. */
export class MachineRecords {
  readonly #room: MachineSource;
  /** As others see a machine, and as it sees itself. */
  readonly #public = new Map<Machine, Uint8Array>();
  readonly #own = new Map<Machine, Uint8Array>();
  /** Records that were encoded so far. */
  encoded = 0;

  constructor(room: MachineSource) {
    this.#room = room;
  }

  /** The machine as others see it. */
  of(machine: Machine): Uint8Array {
    return this.#public.get(machine) ?? this.#encode(machine, false, this.#public);
  }

  /** The machine as its own sessions see it. */
  ownOf(machine: Machine): Uint8Array {
    return this.#own.get(machine) ?? this.#encode(machine, true, this.#own);
  }

  /** The machine is not what it was, or is gone. */
  forget(machine: Machine): void {
    this.#public.delete(machine);
    this.#own.delete(machine);
  }

  clear(): void {
    this.#public.clear();
    this.#own.clear();
  }

  #encode(machine: Machine, isYou: boolean, into: Map<Machine, Uint8Array>): Uint8Array {
    const listeners = [];
    let moreListeners = 0;
    for (const { address, port, isPrivate } of this.#room.listeners.of(machine)) {
      if (isPrivate && !isYou) continue;
      if (listeners.length < MAX_PRESENCE_LISTENERS) listeners.push({ address, port, isPrivate });
      else moreListeners += 1;
    }
    const { id, address, name } = machine;
    const record = encodeRoomMachine({ machineId: id, isYou, isKeeper: machine === this.#room.keeper, address, name, listeners, moreListeners });
    this.encoded += 1;
    into.set(machine, record);
    return record;
  }
}
