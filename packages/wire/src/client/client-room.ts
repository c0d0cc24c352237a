import { encodePacket } from "../codec/encode.ts";
import { LAST_ID } from "../codec/limits.ts";
import { type Packet, PacketType, type RoomEventPacket } from "../codec/packet.ts";
import type { RoomEvent, RoomRequest } from "../codec/room-packet.ts";

/** How the bridge answered a request about the room. */
export type RoomAnswer = Extract<RoomEvent, { kind: "answer" }>;

/** News of the room. */
export type RoomNews = Extract<RoomEvent, { kind: "presence" }>;

/** What a session asks about its room, and what it is told: section 10 of `docs/protocol.md`. */
export class ClientRoom {
  readonly #transmit: (packet: Uint8Array<ArrayBuffer>) => void;
  readonly #onNews: (news: RoomNews) => void;
  readonly #waiting = new Map<number, (answer: RoomAnswer | undefined) => void>();
  #isOpen = false;
  #nextId = 1;

  constructor(transmit: (packet: Uint8Array<ArrayBuffer>) => void, onNews: (news: RoomNews) => void) {
    this.#transmit = transmit;
    this.#onNews = onNews;
  }

  /** Whether the bridge can be asked: from the end of the handshake on, in version 3 of the extension. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Asks the bridge. Gives undefined when it cannot be asked, or the session ended before it answered. */
  request(request: RoomRequest): Promise<RoomAnswer | undefined> {
    if (!this.#isOpen || this.#nextId > LAST_ID) return Promise.resolve(undefined);
    const requestId = this.#nextId;
    this.#nextId += 1;
    const packet: Packet = { type: PacketType.ROOM_REQUEST, requestId, request };
    const bytes = encodePacket(packet);
    return new Promise((resolve) => {
      this.#waiting.set(requestId, resolve);
      this.#transmit(bytes);
    });
  }

  /** @internal The handshake is complete. */
  open(): void {
    this.#isOpen = true;
  }

  /** @internal Takes a packet; gives what is wrong with it, if anything is. */
  receive({ requestId, event }: RoomEventPacket): string | undefined {
    if (!this.#isOpen) return "ROOM_EVENT before version 3";
    if (event.kind === "presence") {
      if (requestId !== 0) return `news of the room with id ${requestId}`;
      this.#onNews(event);
      return undefined;
    }
    const resolve = this.#waiting.get(requestId);
    if (resolve === undefined) return `an answer to request ${requestId}, which does not wait for one`;
    this.#waiting.delete(requestId);
    resolve(event);
    return undefined;
  }

  /** @internal The session is over. */
  close(): void {
    this.#isOpen = false;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }
}
