import { encodePacket } from "../codec/encode.ts";
import { failureFromReason, incompatible } from "./failure.ts";
import { CloseReason } from "../codec/reason.ts";
import type { NetworkFailure } from "@playground/network";
import { type InfoPacket, type Packet, PacketType, packetTypeName } from "../codec/packet.ts";
import { WireError } from "../codec/wire-error.ts";
import {
  decodeBridgeMetadata,
  encodeClientMetadata,
  type NetworkMode,
  type ResumeRequest,
  ROOM_VERSION,
  WISP_MAJOR,
  WISP_MINOR,
  ZONE_VERSION,
} from "../codec/zone-extension.ts";

/** What a session knows once the handshake is complete. */
export interface SessionInfo {
  /** IP address of this machine in its room. */
  readonly address: string;
  readonly network: NetworkMode;
  readonly room: string;
  /** What `ClientSession.endSession` of another session of the same machine needs to end this one. A secret. */
  readonly id: Uint8Array;
}

/** What a client keeps to come back to its session. */
export interface ResumableSession {
  readonly sessionId: Uint8Array;
  /** How long the bridge keeps the session after its WebSocket was cut, ms. */
  readonly graceMs: number;
}

/** What the client wants of the handshake. */
export type HandshakeWish =
  /** A new session, over this WebSocket only. */
  | { readonly kind: "plain" }
  /** A new session, which can go on over another WebSocket if the bridge can do that. */
  | { readonly kind: "resumable" }
  | { readonly kind: "resume"; readonly request: ResumeRequest };

/** What follows from a packet of the bridge. */
export type HandshakeStep =
  | { readonly kind: "wait" }
  | { readonly kind: "answer"; readonly packet: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: "ready";
      readonly info: SessionInfo;
      readonly sendWindow: number;
      readonly resumable: ResumableSession | undefined;
      readonly hasRoom: boolean;
    }
  /** The session goes on, and the bridge has handled so many packets. */
  | { readonly kind: "resumed"; readonly received: number }
  /** Not now; another attempt may succeed. */
  | { readonly kind: "failed" }
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
  readonly #wish: HandshakeWish;
  readonly #password: string;
  /** What the bridge offered; undefined until its INFO has come. */
  #offer: { readonly version: number; readonly network: NetworkMode; readonly room: string; readonly window: number; readonly graceMs?: number } | undefined;

  constructor(machineToken: Uint8Array, receiveWindow: number, wish: HandshakeWish = { kind: "plain" }, password = "") {
    this.#password = password;
    this.#wish = wish;
    this.#machineToken = machineToken;
    this.#receiveWindow = receiveWindow;
  }

  /** Takes a packet that came before READY, or READY itself. */
  receive(packet: Packet): HandshakeStep {
    if (packet.type === PacketType.CLOSE && packet.streamId === 0) {
      // A handshake that took too long, or a bridge that is full for the moment, does not end the session that is to be resumed.
      if (this.#wish.kind === "resume" && (packet.reason === CloseReason.CONNECT_TIMEOUT || packet.reason === CloseReason.THROTTLED)) return { kind: "failed" };
      return { kind: "ended", failure: failureFromReason(packet.reason, packet.message, "The bridge refused the session") };
    }
    if (this.#offer === undefined) {
      if (packet.type === PacketType.INFO) return this.#answer(packet);
      // No INFO before it: Wisp says by that order that the server speaks version 1.
      if (packet.type === PacketType.CONTINUE && packet.streamId === 0) return refuse("The server speaks Wisp version 1 only");
    } else {
      if (packet.type === PacketType.READY && this.#wish.kind !== "resume") {
        const { network, room, window, graceMs } = this.#offer;
        const isResumable = this.#wish.kind === "resumable" && graceMs !== undefined && graceMs > 0;
        const resumable = isResumable ? { sessionId: packet.sessionId.slice(), graceMs } : undefined;
        return {
          kind: "ready",
          info: { address: packet.address, network, room, id: packet.sessionId.slice() },
          sendWindow: window,
          resumable,
          hasRoom: this.#version >= ROOM_VERSION,
        };
      }
      if (packet.type === PacketType.RESUMED && this.#wish.kind === "resume") return { kind: "resumed", received: packet.received };
      // Meant for plain clients: the bridge cannot know yet that this is none.
      if (packet.type === PacketType.CONTINUE && packet.streamId === 0) return WAIT;
    }
    return { kind: "violation", detail: `${packetTypeName(packet.type)} during the handshake` };
  }

  /** The version in use: the bridge offers its highest, and this side may know less. */
  get #version(): number {
    return this.#wish.kind === "plain" ? 1 : Math.min(this.#offer?.version ?? 1, ZONE_VERSION);
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
    const wish = this.#wish;
    // One that does not resume, or not any more, has not got the session.
    if (wish.kind === "resume" && !this.#offer.graceMs) {
      return { kind: "ended", failure: failureFromReason(CloseReason.SESSION_GONE, "", "The session could not go on") };
    }
    const zone = encodeClientMetadata({
      version: this.#version,
      machineToken: this.#machineToken,
      window: this.#receiveWindow,
      ...(wish.kind === "resume" ? { resume: wish.request } : { password: this.#password }),
    });
    return { kind: "answer", packet: encodePacket({ type: PacketType.INFO, major: WISP_MAJOR, minor: WISP_MINOR, extensions: [zone] }) };
  }
}

function refuse(detail: string): HandshakeStep {
  return { kind: "refuse", failure: incompatible(detail) };
}
