import type { NetworkErrorCode, NetworkFailure } from "@playground/network";
import { type ClientMetadata, type ClosePacket, type CloseReason, codeToPlainReason, codeToReason, PacketType } from "@playground/wire/codec";

/** What has been agreed with the client: `handshake` until the first packet of a v2 client, then plain Wisp or the zone extension. */
export type SessionMode = "handshake" | "plain" | "zone";

/** The protocol that a session speaks with its client. */
export class SessionProtocol {
  #mode: SessionMode = "handshake";
  #clientWindow = Number.POSITIVE_INFINITY;

  get mode(): SessionMode {
    return this.#mode;
  }

  get isZone(): boolean {
    return this.#mode === "zone";
  }

  /** Bytes that the client takes on each new stream before it has to give credit. Plain Wisp knows no such window. */
  get clientWindow(): number {
    return this.#clientWindow;
  }

  /** The handshake is complete. `metadata`: what a client has said that speaks the zone extension. */
  agree(metadata: ClientMetadata | undefined): void {
    this.#mode = metadata === undefined ? "plain" : "zone";
    if (metadata !== undefined) this.#clientWindow = metadata.window;
  }

  /** How CLOSE names a failure: plain Wisp has codes of its own. */
  closeReason(code: NetworkErrorCode): CloseReason {
    return this.#mode === "plain" ? codeToPlainReason(code) : codeToReason(code);
  }

  /** CLOSE for a stream that failed. */
  closeOf(streamId: number, { code, message }: NetworkFailure): ClosePacket {
    return this.closePacket(streamId, this.closeReason(code), message);
  }

  /** CLOSE with a reason of the wire's. Plain Wisp has no room for the message. */
  closePacket(streamId: number, reason: CloseReason, message: string): ClosePacket {
    return { type: PacketType.CLOSE, streamId, reason, message: this.#mode === "plain" ? "" : message };
  }
}
