import type { ClientAccount } from "../client/client-account.ts";
import { Stay } from "./stay.ts";

/** What a machine is called and where it stands in its room. */
export interface MachineIdentity {
  /** The client's token in hex, or a name of our own for a client without one. A secret. */
  readonly key: string;
  /** IP address under which the room sees it. */
  readonly address: string;
  /** Tells it from the other machines that the room has had; no secret. */
  readonly id: number;
  /** Under which scripts of the room reach it. */
  readonly name: string;
  /** Its client has a token, and so comes back as the same machine. */
  readonly hasToken: boolean;
  /** Of the client address that it first came from, among whose machines it counts. */
  readonly account: ClientAccount;
}

/** What a machine can do with one of its sessions. */
export interface MachineSession {
  /** Ends it at once. */
  endByPage(): void;
  /** Once its WebSocket is cut, or if it is already, it ends: its page is gone. */
  pageLeaves(): void;
}

/** A page in a room: to scripts, a machine with an address and a name. All programs of the page share it. */
export class Machine {
  readonly key: string;
  readonly address: string;
  readonly id: number;
  readonly hasToken: boolean;
  readonly account: ClientAccount;
  /** While it has sessions. */
  readonly stay = new Stay();
  /** Changed by `Room.rename` only, which keeps names apart. */
  name: string;
  /** Sessions that are open now. */
  sessions = 0;
  /** Its sessions that are told of the room. */
  watchers = 0;
  /** Its sessions that speak zone, by the session's id in hex. */
  readonly #members = new Map<string, MachineSession>();
  /** Runs out when no session has come back for the time of the lease. */
  lease: NodeJS.Timeout | undefined;

  constructor({ key, address, id, name, hasToken, account }: MachineIdentity) {
    this.key = key;
    this.address = address;
    this.id = id;
    this.name = name;
    this.hasToken = hasToken;
    this.account = account;
  }

  /** Lets the other sessions of the machine end this one. */
  addSession(id: string, session: MachineSession): void {
    this.#members.set(id, session);
  }

  removeSession(id: string): void {
    this.#members.delete(id);
  }

  /** Ends the session with this id; does nothing when the machine has none. */
  endSession(id: string): void {
    this.#members.get(id)?.endByPage();
  }

  /** The page goes away: what its other sessions still say is heard, and none of them is waited for. */
  leave(): void {
    for (const session of this.#members.values()) session.pageLeaves();
  }
}
