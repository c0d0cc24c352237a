/** A page in a room: to scripts, a machine with an address. All programs of the page share it. */
export class Machine {
  /** The client's token in hex, or a name of our own for a client without one. A secret. */
  readonly key: string;
  /** IP address under which the room sees it. */
  readonly address: string;
  /** Sessions that are open now. */
  sessions = 0;
  /** How to end each of its sessions that speak zone, by the session's id in hex. */
  readonly #ends = new Map<string, () => void>();
  /** Runs out when no session has come back for the time of the lease. */
  lease: NodeJS.Timeout | undefined;

  constructor(key: string, address: string) {
    this.key = key;
    this.address = address;
  }

  /** Lets the other sessions of the machine end this one. */
  addSession(id: string, end: () => void): void {
    this.#ends.set(id, end);
  }

  removeSession(id: string): void {
    this.#ends.delete(id);
  }

  /** Ends the session with this id; does nothing when the machine has none. */
  endSession(id: string): void {
    this.#ends.get(id)?.();
  }
}
