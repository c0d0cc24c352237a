import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import {
  decodePacket,
  encodeClientMetadata,
  encodePacket,
  type Packet,
  PacketType,
  type ReadyPacket,
  type RoomRequest,
  ZONE_VERSION,
} from "@playground/wire/codec";
import { WebSocket } from "ws";
import type { Target } from "../target.ts";
import { roomPath } from "./raw-socket.ts";

/** How a raw session begins. */
export interface RawSessionOptions {
  readonly address: string;
  readonly room: string;
  /** Default: a new machine. */
  readonly token?: Uint8Array;
  readonly password?: string;
  /** `X-Forwarded-For`. */
  readonly forwardedFor?: string;
  /** A session to go on with. */
  readonly resume?: { readonly sessionId: Uint8Array; readonly received: number };
  /** Byte credit of its streams. */
  readonly window?: number;
  /** Time for the bridge to answer, ms. Default 8,000. */
  readonly withinMs?: number;
}

/** How the bridge has answered INFO: `undefined` when the WebSocket was refused or closed before, or nothing came. */
export type Answer = Packet | undefined;

/** A session of the zone extension that obeys nobody: it sends what an attack wants, and reads of the answers as little as it can. */
export class RawSession {
  readonly ws: WebSocket;
  /** READY, RESUMED or CLOSE. */
  readonly answer: Promise<Answer>;
  /** What else comes. While there is none, packets are not decoded. */
  onPacket: ((packet: Packet) => void) | undefined;
  #requests = 0;

  constructor(target: Target, options: RawSessionOptions) {
    const { address, room, token = randomBytes(16), password, forwardedFor, resume, window = 1_048_576, withinMs = 8_000 } = options;
    const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
    const settings = { localAddress: address, headers, perMessageDeflate: false };
    this.ws = new WebSocket(`ws://127.0.0.1:${target.port}${roomPath(room)}`, "wisp-v2", settings);
    this.ws.on("error", () => {});
    const zone = encodeClientMetadata({
      version: ZONE_VERSION,
      machineToken: token,
      window,
      ...(resume && { resume }),
      ...(password !== undefined && { password }),
    });
    const info = encodePacket({ type: PacketType.INFO, major: 2, minor: 0, extensions: [zone] });
    this.ws.on("open", () => this.ws.send(info));
    this.answer = new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), withinMs);
      let isAnswered = false;
      this.ws.on("close", () => resolve(undefined));
      this.ws.on("message", (data: Buffer) => {
        if (isAnswered && this.onPacket === undefined) return;
        const packet = decodePacket(data);
        if (isAnswered) this.onPacket?.(packet);
        else if (packet.type === PacketType.READY || packet.type === PacketType.RESUMED || packet.type === PacketType.CLOSE) {
          isAnswered = true;
          clearTimeout(timer);
          resolve(packet);
        }
      });
    });
  }

  /** The TCP socket under the WebSocket, for frames by hand. */
  get socket(): Socket {
    return (this.ws as unknown as { _socket: Socket })._socket;
  }

  /** READY, or undefined when the bridge did not let the session in. */
  async ready(): Promise<ReadyPacket | undefined> {
    const answer = await this.answer;
    return answer?.type === PacketType.READY ? answer : undefined;
  }

  send(packet: Packet): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(encodePacket(packet));
  }

  /** Asks for something about the room. */
  request(request: RoomRequest): void {
    this.#requests += 1;
    this.send({ type: PacketType.ROOM_REQUEST, requestId: this.#requests, request });
  }

  /** The answer to a request about the room: a `RoomResult`, undefined when none comes in time. */
  async asked(request: RoomRequest, withinMs = 4_000): Promise<number | undefined> {
    this.request(request);
    const id = this.#requests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), withinMs);
      this.onPacket = (packet) => {
        if (packet.type !== PacketType.ROOM_EVENT || packet.requestId !== id || packet.event.kind !== "answer") return;
        clearTimeout(timer);
        resolve(packet.event.result);
      };
    });
  }

  /** Leaves in good order. */
  leave(): void {
    this.ws.close(1000);
  }
}
