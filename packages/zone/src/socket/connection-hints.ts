import type { ConsoleSink, Notice } from "../console.ts";
import { CONNECTION_HINT_MS } from "../limits.ts";

/** What a hint says of a connection. */
export interface HintedConnection {
  /** The other side's address. */
  readonly ip: string;
}

/**
 * What a script has probably overlooked about its connections, said in the console once for each program: bytes that no
 * `onReceive` takes, an end that no `onDisconnect` hears of, a `send` that took less than it was given.
 */
export class ConnectionHints {
  readonly #console: ConsoleSink;
  readonly #now: () => number;
  /** Since when, in milliseconds; the oldest first. */
  readonly #unread = new Map<HintedConnection, number>();
  readonly #unheard = new Map<HintedConnection, number>();
  /** Each hint is given once. */
  readonly #given = new Set<Notice["code"]>();

  /** `now` gives milliseconds. */
  constructor(console: ConsoleSink, now: () => number) {
    this.#console = console;
    this.#now = now;
  }

  /** Bytes of the connection have come to `update()`, and it has no onReceive. */
  bytesWait(connection: HintedConnection): void {
    this.#begin(this.#unread, connection, "receive-missing");
  }

  /** The other side has ended the connection, and it has no onDisconnect. */
  endUnheard(connection: HintedConnection): void {
    this.#begin(this.#unheard, connection, "disconnect-missing");
  }

  /** The connection has an onReceive now. */
  hasReceiver(connection: HintedConnection): void {
    this.#unread.delete(connection);
  }

  /** The script knows of the end, or does not want to. */
  hasEnded(connection: HintedConnection): void {
    this.#unheard.delete(connection);
  }

  /** The send buffer took `taken` of `length` bytes. */
  sendFull({ ip }: HintedConnection, taken: number, length: number): void {
    this.#give(`send took ${taken} of ${length} bytes: ${ip} reads slowly, and the send buffer is full; send the rest later`, {
      code: "send-full",
      ip,
      taken,
      length,
    });
  }

  /** The script sends on a connection that it knows, or could know, to be over. */
  sendClosed({ ip }: HintedConnection): void {
    this.#give(`send took nothing: the connection with ${ip} is closed; ask connection:isOpen() before`, { code: "send-closed", ip });
  }

  /** To be called every frame: gives the hints that are due. */
  check(): void {
    const unread = this.#due(this.#unread);
    if (unread !== undefined) {
      this.#unread.clear();
      const seconds = CONNECTION_HINT_MS / 1000;
      const text = `bytes from ${unread.ip} have waited for ${seconds} s, and the connection has no onReceive; set one with connection:onReceive(callback)`;
      this.#give(text, { code: "receive-missing", ip: unread.ip, seconds });
    }
    const unheard = this.#due(this.#unheard);
    if (unheard !== undefined) {
      this.#unheard.clear();
      const text = `${unheard.ip} has closed the connection, which has no onDisconnect; set one with connection:onDisconnect(callback)`;
      this.#give(text, { code: "disconnect-missing", ip: unheard.ip });
    }
  }

  #begin(waiting: Map<HintedConnection, number>, connection: HintedConnection, code: Notice["code"]): void {
    if (!this.#given.has(code) && !waiting.has(connection)) waiting.set(connection, this.#now());
  }

  #due(waiting: ReadonlyMap<HintedConnection, number>): HintedConnection | undefined {
    for (const [connection, since] of waiting) return this.#now() - since >= CONNECTION_HINT_MS ? connection : undefined;
    return undefined;
  }

  #give(text: string, notice: Notice): void {
    if (this.#given.has(notice.code)) return;
    this.#given.add(notice.code);
    this.#console.write("notice", text, { notice });
  }
}
