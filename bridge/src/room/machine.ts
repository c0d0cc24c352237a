/** A page in a room: to scripts, a machine with an address. All programs of the page share it. */
export class Machine {
  /** The client's token in hex, or a name of our own for a client without one. A secret. */
  readonly key: string;
  /** IP address under which the room sees it. */
  readonly address: string;
  /** Sessions that are open now. */
  sessions = 0;
  /** Runs out when no session has come back for the time of the lease. */
  lease: NodeJS.Timeout | undefined;

  constructor(key: string, address: string) {
    this.key = key;
    this.address = address;
  }
}
