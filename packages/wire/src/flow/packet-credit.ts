/** How many more DATA packets a plain Wisp client may send on one stream. */
export class PacketSendWindow {
  #available: number;

  /** `initial`: the number from CONTINUE on id 0. */
  constructor(initial: number) {
    this.#available = initial;
  }

  /** Packets that may be sent now. */
  get available(): number {
    return this.#available;
  }

  /** Counts one packet sent. @throws {RangeError} when none may be sent: the caller has a fault */
  spend(): void {
    if (this.#available === 0) throw new RangeError("cannot send a packet without credit");
    this.#available -= 1;
  }

  /** Takes up a CONTINUE: its number replaces the one before (Wisp 2.0 draft 4, "CONTINUE"). */
  reset(packets: number): void {
    this.#available = packets;
  }
}

/**
 * The bridge's half of packet credit on one plain Wisp stream.
 *
 * The number in CONTINUE replaces the client's count, although packets that the client sent before it
 * arrives are still on their way. A bridge that announced all its free room would be overrun by those.
 * So every packet that may be under way counts as taking room, and a client that keeps to the numbers
 * can never have more than `size` packets waiting here.
 */
export class PacketReceiveWindow {
  readonly #size: number;
  readonly #batch: number;
  /** Upper bound of what the client may still send or has under way. */
  #expected: number;
  #held = 0;
  #drained = 0;

  /** `size`: packets that may wait here, as announced by CONTINUE on id 0. */
  constructor(size: number) {
    this.#size = size;
    this.#expected = size;
    this.#batch = Math.ceil(size / 2);
  }

  /** Packets that arrived and have not been drained. */
  get held(): number {
    return this.#held;
  }

  /** Counts a packet that arrived. False when the client had no credit for it. */
  receive(): boolean {
    if (this.#expected === 0) return false;
    this.#expected -= 1;
    this.#held += 1;
    return true;
  }

  /**
   * Marks the oldest waiting packet as done with. Returns the number for a CONTINUE to send now, or
   * undefined while less than half a window has been drained since the last one.
   * @throws {RangeError} when none is waiting: the caller has a fault
   */
  drain(): number | undefined {
    if (this.#held === 0) throw new RangeError("cannot drain a packet: none is waiting");
    this.#held -= 1;
    this.#drained += 1;
    if (this.#drained < this.#batch) return undefined;
    this.#drained = 0;
    const packets = this.#size - this.#held - this.#expected;
    this.#expected += packets;
    return packets;
  }
}
