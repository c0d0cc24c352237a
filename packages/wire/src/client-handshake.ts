import { encodePacket } from "./encode.ts";
import { failureFromReason, incompatible } from "./failure.ts";
import type { NetworkFailure } from "./network.ts";
import { type InfoPacket, type Packet, PacketType, packetTypeName } from "./packet.ts";
import { WireError } from "./wire-error.ts";
import { decodeBridgeMetadata, encodeClientMetadata, type NetworkMode, WISP_MAJOR, WISP_MINOR, ZONE_VERSION } from "./zone-extension.ts";

/** What a session knows once the handshake is complete. */
export interface SessionInfo {
  /** IP address of this machine in its room. */
  readonly address: string;
  readonly network: NetworkMode;
  readonly room: string;
  /** What `ClientSession.endSession` of another session of the same machine needs to end this one. A secret. */
  readonly id: Uint8Array;
}

/** What follows from a packet of the bridge. */
export type HandshakeStep =
  | { readonly kind: "wait" }
  | { readonly kind: "answer"; readonly packet: Uint8Array<ArrayBuffer> }
  | { readonly kind: "ready"; readonly info: SessionInfo; readonly sendWindow: number }
  /** The bridge ended it. */
  | { readonly kind: "ended"; readonly failure: NetworkFailure }
  /** The server is not one that this client can use. */
  | { readonly kind: "refuse"; readonly failure: NetworkFailure }
  | { readonly kind: "violation"; readonly detail: string };

const WAIT: HandshakeStep = { kind: "wait" };

/** The client's side of the handshake: section 3 of `docs/protocol.md`. */
export class ClientHandshake {
  readonly #machineToken: Uint8Array;
  readonly #receiveWindow: number;
  /** What the bridge offered; undefined until its INFO has come. */
  #offer: { readonly network: NetworkMode; readonly room: string; readonly window: number } | undefined;

  constructor(machineToken: Uint8Array, receiveWindow: number) {
    this.#machineToken = machineToken;
    this.#receiveWindow = receiveWindow;
  }

  /** Takes a packet that came before READY, or READY itself. */
  receive(packet: Packet): HandshakeStep {
    if (packet.type === PacketType.CLOSE && packet.streamId === 0) {
      return { kind: "ended", failure: failureFromReason(packet.reason, packet.message, "The bridge refused the session") };
    }
    if (this.#offer === undefined) {
      if (packet.type === PacketType.INFO) return this.#answer(packet);
      // No INFO before it: Wisp says by that order that the server speaks version 1.
      if (packet.type === PacketType.CONTINUE && packet.streamId === 0) return refuse("The server speaks Wisp version 1 only");
    } else {
      if (packet.type === PacketType.READY) {
        const { network, room, window } = this.#offer;
        return { kind: "ready", info: { address: packet.address, network, room, id: packet.sessionId.slice() }, sendWindow: window };
      }
      // Meant for plain clients: the bridge cannot know yet that this is none.
      if (packet.type === PacketType.CONTINUE && packet.streamId === 0) return WAIT;
    }
    return { kind: "violation", detail: `${packetTypeName(packet.type)} during the handshake` };
  }

  #answer(packet: InfoPacket): HandshakeStep {
    if (packet.major < WISP_MAJOR) {
      return refuse(`The server speaks Wisp version ${packet.major}.${packet.minor}, and ${WISP_MAJOR}.${WISP_MINOR} is needed`);
    }
    try {
      this.#offer = decodeBridgeMetadata(packet.extensions);
    } catch (error) {
      if (error instanceof WireError) return { kind: "violation", detail: error.message };
      throw error;
    }
    if (this.#offer === undefined) return refuse("The server speaks Wisp, but lacks the zone extension");
    // The bridge offers its highest version, which is at least 1: the one spoken here.
    const zone = encodeClientMetadata({ version: ZONE_VERSION, machineToken: this.#machineToken, window: this.#receiveWindow });
    return { kind: "answer", packet: encodePacket({ type: PacketType.INFO, major: WISP_MAJOR, minor: WISP_MINOR, extensions: [zone] }) };
  }
}

function refuse(detail: string): HandshakeStep {
  return { kind: "refuse", failure: incompatible(detail) };
}
