import { randomBytes } from "node:crypto";
import type { NetworkFailure } from "@playground/network";
import { SESSION_ID_BYTES } from "@playground/wire/codec";
import type { ClientAccount } from "../client/client-account.ts";
import type { Machine, MachineSession } from "../room/machine.ts";
import type { Room } from "../room/room.ts";

/** A session's place in its room: the machine that its client is, and the id under which other sessions of that machine know it. */
export class SessionPlace {
  readonly room: Room;
  #machine: Machine | undefined;
  #id: string | undefined;

  constructor(room: Room) {
    this.room = room;
  }

  /** The machine. Handlers of packets that come after the handshake may rely on it. */
  get machine(): Machine {
    if (this.#machine === undefined) throw new Error("the session has no machine before its handshake is complete");
    return this.#machine;
  }

  /** What logs have of the machine; undefined before the handshake is complete. Its name is what a person has chosen, and in no log. */
  get logged(): { readonly address: string; readonly id: number } | undefined {
    return this.#machine;
  }

  /** The session's id in hex, a secret; undefined for one that has none. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Becomes the machine with this key. `hasToken`: the key is a client's token. `account`: of the client's address. Gives a failure when the room cannot take it. */
  enter(key: string, hasToken: boolean, account: ClientAccount): NetworkFailure | undefined {
    const machine = this.room.takeMachine(key, hasToken, account);
    if ("code" in machine) return machine;
    this.#machine = machine;
    return undefined;
  }

  /** Gives the session an id, under which other sessions of its machine may end it. */
  makeId(session: MachineSession): Uint8Array {
    const id = randomBytes(SESSION_ID_BYTES);
    this.#id = id.toString("hex");
    this.machine.addSession(this.#id, session);
    return id;
  }

  /** The client's page goes away, and the machine's other sessions with it. */
  pageLeaves(): void {
    this.#machine?.leave();
  }

  /** The session has ended. `keep`: whether the machine's address stays reserved for a while. */
  leave(keep: boolean): void {
    if (this.#id !== undefined) this.#machine?.removeSession(this.#id);
    if (this.#machine !== undefined) this.room.releaseMachine(this.#machine, keep);
    this.room.leave();
  }
}
