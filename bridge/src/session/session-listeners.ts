import type { BridgeLimits } from "../limits.ts";
import { type LimitFailure, overLimit } from "../over-limit.ts";
import type { LocalPorts } from "../policy/local-ports.ts";
import type { ListenerEntry, ListenerTable } from "../room/listener-table.ts";
import type { TcpListener } from "@playground/tcp";
import type { SessionAccount } from "./session-account.ts";

/** A listener, and its place in the room once the port is bound. */
interface Held {
  readonly listener: TcpListener;
  entry?: ListenerEntry;
}

/** What listeners need of the bridge. */
export interface ListenerServices {
  readonly limits: BridgeLimits;
  readonly localPorts: LocalPorts;
}

/** The listeners of a session, by their ids. */
export class SessionListeners {
  readonly #account: SessionAccount;
  readonly #room: ListenerTable;
  readonly #services: ListenerServices;
  readonly #held = new Map<number, Held>();
  /** Closed before their port was bound: the port is free only when the attempt has ended. */
  readonly #settling = new Set<TcpListener>();
  /** Highest id that was in use, by sequence: `docs/protocol.md`, section 4, "Ids". */
  #highestId = 0;

  constructor(account: SessionAccount, room: ListenerTable, services: ListenerServices) {
    this.#account = account;
    this.#services = services;
    this.#room = room;
  }

  /** Why there may not be another one; undefined: there may. */
  refusal(): LimitFailure | undefined {
    const { listenersPerSession } = this.#services.limits;
    if (this.#held.size >= listenersPerSession) {
      return overLimit("listenersPerSession", `This program listens on ${listenersPerSession} ports, which is the most the bridge takes. Close some of them.`);
    }
    return this.#account.client.refusal("listeners");
  }

  /** Resolves when no port is being bound any more for a listener that was closed meanwhile. */
  get settled(): Promise<unknown> {
    return Promise.all([...this.#settling].map(({ settled }) => settled));
  }

  /** Takes an id that the client has chosen. Gives what is wrong with it, if it is a violation. */
  takeId(id: number): string | undefined {
    if (id <= this.#highestId) return `id ${id} after ${this.#highestId}; ids grow`;
    this.#highestId = id;
    return undefined;
  }

  /** Whether a listener ever had this id. */
  wasUsed(id: number): boolean {
    return id <= this.#highestId;
  }

  /** Keeps a new listener, whose port is not bound yet. */
  add(id: number, listener: TcpListener): void {
    this.#held.set(id, { listener });
    this.#account.listenerAdded();
  }

  /** Shows a listener to the room, now that its port is bound. False when it was closed meanwhile. */
  bound(id: number, entry: ListenerEntry): boolean {
    const held = this.#held.get(id);
    if (held === undefined) return false;
    held.entry = entry;
    this.#services.localPorts.addScript(entry.address, entry.port);
    this.#room.add(entry);
    return true;
  }

  /** Stops listening, if the listener is there. */
  close(id: number): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    this.#held.delete(id);
    this.#account.listenerClosed();
    held.listener.close();
    if (held.entry !== undefined) {
      this.#services.localPorts.deleteScript(held.entry.address, held.entry.port);
      this.#room.delete(held.entry);
    } else {
      this.#settling.add(held.listener);
      void held.listener.settled.then(() => this.#settling.delete(held.listener));
    }
  }

  closeAll(): void {
    for (const id of this.#held.keys()) this.close(id);
  }
}
