import { DEFAULT_WINDOW_BYTES, PacketType, PLAIN_WINDOW_PACKETS, type Packet } from "@playground/wire/codec";
import { PacketReceiveWindow, ReceiveWindow } from "@playground/wire/flow";

/** How much a client may send on one stream, and what tells it that it may send more. */
export interface ClientWindow {
  /** Counts a DATA packet. False when there was no room for it: a violation. */
  receive(byteCount: number): boolean;
  /** So many bytes have got to the kernel. Gives the packet that has to be sent now, if any. */
  written(byteCount: number): Packet | undefined;
}

/** Byte credit: `docs/protocol.md`, section 6, "Credit". */
export class ZoneClientWindow implements ClientWindow {
  readonly #streamId: number;
  readonly #window = new ReceiveWindow(DEFAULT_WINDOW_BYTES);

  constructor(streamId: number) {
    this.#streamId = streamId;
  }

  receive(byteCount: number): boolean {
    return this.#window.receive(byteCount);
  }

  written(byteCount: number): Packet | undefined {
    const bytes = this.#window.consume(byteCount);
    return bytes === 0 ? undefined : { type: PacketType.CREDIT, streamId: this.#streamId, bytes };
  }
}

/** Wisp's own count of packets: `docs/protocol.md`, section 2, "Plain sessions". */
export class PlainClientWindow implements ClientWindow {
  readonly #streamId: number;
  readonly #window = new PacketReceiveWindow(PLAIN_WINDOW_PACKETS);
  /** Where each waiting packet ends, counted in bytes from the start of the stream. */
  #ends: number[] = [];
  #received = 0;
  #written = 0;

  constructor(streamId: number) {
    this.#streamId = streamId;
  }

  receive(byteCount: number): boolean {
    this.#received += byteCount;
    this.#ends.push(this.#received);
    return this.#window.receive();
  }

  written(byteCount: number): Packet | undefined {
    this.#written += byteCount;
    let packets: number | undefined;
    let done = 0;
    for (const end of this.#ends) {
      if (end > this.#written) break;
      done += 1;
      packets = this.#window.drain() ?? packets;
    }
    this.#ends = this.#ends.slice(done);
    return packets === undefined ? undefined : { type: PacketType.CONTINUE, streamId: this.#streamId, packets };
  }
}
