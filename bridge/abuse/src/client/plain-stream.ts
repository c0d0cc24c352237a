import { decodePacket, encodeData, encodePacket, PacketType, StreamType } from "@playground/wire/codec";
import { WebSocket } from "ws";
import type { Target } from "../target.ts";
import { roomPath } from "./raw-socket.ts";

/** One TCP connection through Wisp v1, which both the bridge and wisp-js speak. */
export class PlainStream {
  readonly ws: WebSocket;
  onData: (bytes: number) => void = () => {};
  onClosed: (why: string) => void = () => {};
  /** DATA packets that it may send. */
  credit = 0;

  private constructor(target: Target, address: string, room: string) {
    this.ws = new WebSocket(`ws://127.0.0.1:${target.port}${roomPath(room)}`, { localAddress: address, perMessageDeflate: false });
    this.ws.on("error", () => {});
    this.ws.on("close", (code) => this.onClosed(`WebSocket closed with ${code}`));
    this.ws.on("message", (data: Buffer) => {
      const packet = decodePacket(data);
      if (packet.type === PacketType.CONTINUE) this.credit = packet.packets;
      else if (packet.type === PacketType.DATA) this.onData(packet.payload.length);
      else if (packet.type === PacketType.CLOSE) this.onClosed(`closed with reason ${packet.reason}`);
    });
  }

  /** Connects to the target's echo. @throws when the WebSocket is refused */
  static async open(target: Target, address: string, room = "plain"): Promise<PlainStream> {
    const stream = new PlainStream(target, address, room);
    const { ws } = stream;
    await new Promise<void>((resolve, reject) => {
      ws.once("open", () => resolve());
      ws.once("close", () => reject(new Error("the WebSocket was refused")));
    });
    ws.send(encodePacket({ type: PacketType.CONNECT, streamId: 1, streamType: StreamType.TCP, host: target.echoHost, port: target.echoPort }));
    // Wisp v1 says in CONTINUE how much may be sent, before anything else.
    for (let waited = 0; stream.credit === 0 && waited < 2_000; waited += 10) await new Promise((resolve) => setTimeout(resolve, 10));
    return stream;
  }

  /** Sends bytes if the window allows it. */
  send(bytes: Uint8Array): boolean {
    if (this.credit === 0 || this.ws.readyState !== WebSocket.OPEN) return false;
    this.credit -= 1;
    this.ws.send(encodeData(1, bytes));
    return true;
  }
}
