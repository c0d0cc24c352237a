import type { StandardWebSocket } from "../src/client/index.ts";
import { decodePacket, encodePacket, type Packet } from "../src/codec/index.ts";

/** A WebSocket with the test as the bridge behind it. */
export class ScriptedSocket implements StandardWebSocket {
  /** The one that was made last. */
  static last: ScriptedSocket | undefined;
  readonly bufferedAmount = 0;
  readonly sent: Packet[] = [];
  readonly url: string;
  readonly protocol: string;
  closedWith: readonly [code: number | undefined, reason: string | undefined] | undefined;
  binaryType = "blob";
  readonly #listeners = new EventTarget();

  constructor(url = "", protocol = "") {
    this.url = url;
    this.protocol = protocol;
    ScriptedSocket.last = this;
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.addEventListener(type, listener as (event: Event) => void);
  }

  send(message: Uint8Array): void {
    this.sent.push(decodePacket(message.slice()));
  }

  close(code?: number, reason?: string): void {
    this.closedWith = [code, reason];
  }

  /** The bridge sends a packet. */
  say(packet: Packet): void {
    this.message(encodePacket(packet).buffer);
  }

  /** A message comes, of text or of bytes. */
  message(data: string | ArrayBuffer): void {
    this.#listeners.dispatchEvent(new MessageEvent("message", { data }));
  }

  /** It cannot be opened, or is cut. */
  fail(code: number, reason: string): void {
    this.#listeners.dispatchEvent(new Event("error"));
    this.#listeners.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}
