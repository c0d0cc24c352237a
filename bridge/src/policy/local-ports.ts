import { type IpAddress, leadsHere, WILDCARD } from "@playground/tcp";

/** Whose port it is that no rule opens: the bridge's, or that of a script's listener. */
export type PortHolder = "bridge" | "script";

/** The ports of this machine that are no services of the operator's: no rule opens them, whatever it says. */
export class LocalPorts {
  readonly #pages = new Set<number>();
  #bridge: number | undefined;
  #isForScripts: (address: IpAddress) => boolean = () => false;
  /** Listeners of scripts, of all rooms, by the address really bound and the port. */
  readonly #scripts = new Set<string>();

  /** The bridge listens here. */
  addBridge(port: number): void {
    this.#bridge = port;
    this.addPage(port);
  }

  /** Whether it is the bridge's own port, and not one of a proxy in front of it. */
  isBridge(port: number): boolean {
    return port === this.#bridge;
  }

  /** The page can be opened at this port: the bridge listens there, or a proxy in front of it. */
  addPage(port: number): void {
    this.#pages.add(port);
  }

  /** Whether the page can be opened at this port of this machine. */
  isPage(port: number): boolean {
    return this.#pages.has(port);
  }

  /** Where rooms are LANs: addresses of which all ports are scripts', of this bridge or of another one on this machine. */
  keepForScripts(isForScripts: (address: IpAddress) => boolean): void {
    this.#isForScripts = isForScripts;
  }

  /** A script listens. */
  addScript(address: string, port: number): void {
    this.#scripts.add(key(address, port));
  }

  /** A script has stopped listening. */
  deleteScript(address: string, port: number): void {
    this.#scripts.delete(key(address, port));
  }

  /**
   * Who holds the port that a connection would lead to. The bridge holds its ports at every address of this machine:
   * who could connect to one could read its metrics, and open sessions as another client. A script's listener is for its room.
   */
  holder(address: IpAddress, port: number): PortHolder | undefined {
    if (this.#pages.has(port) && leadsHere(address)) return "bridge";
    if (this.#isForScripts(address)) return "script";
    const isHeld = this.#scripts.has(key(address.text, port)) || (this.#scripts.has(key(WILDCARD[address.family], port)) && leadsHere(address));
    return isHeld ? "script" : undefined;
  }
}

function key(address: string, port: number): string {
  return `${address} ${port}`;
}
