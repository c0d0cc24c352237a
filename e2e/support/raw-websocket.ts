import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** Frame types of WebSocket (RFC 6455, section 5.2). */
export const OPCODE = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, reserved: 0xb } as const;

const FINAL = 0x80;
const MASKED = 0x80;
/** Length bytes that say: the length follows in two, or in eight bytes. */
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A WebSocket made by hand on a plain TCP socket, so that it can say what no browser would. */
export class RawWebSocket {
  readonly socket: Socket;
  /** Resolves once the other side has ended or broken the connection. */
  readonly ended: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("error", () => {});
    // What comes is not looked at.
    socket.resume();
    this.ended = new Promise((resolve) => socket.once("close", () => resolve()));
  }

  /** Opens a session at a room; as a Wisp v2 client unless `subprotocol` is empty. */
  static async open(url: string, subprotocol = "wisp-v2"): Promise<RawWebSocket> {
    const { hostname, port, pathname, host } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const lines = [
      `GET ${pathname} HTTP/1.1`,
      `Host: ${host}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
      ...(subprotocol === "" ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    await new Promise<void>((resolve, reject) => {
      socket.once("data", (bytes) => {
        if (bytes.toString("latin1").startsWith("HTTP/1.1 101")) resolve();
        else reject(new Error(`no upgrade: ${bytes.toString("latin1").slice(0, 200)}`));
      });
      socket.once("error", reject);
    });
    return new RawWebSocket(socket);
  }

  /** Sends one frame. `claimed` is the length that its header tells, if it is not the real one. */
  frame(opcode: number, payload: Uint8Array, options: { readonly final?: boolean; readonly masked?: boolean; readonly claimed?: bigint } = {}): void {
    const { final = true, masked = true, claimed } = options;
    const length = claimed ?? BigInt(payload.length);
    const first = (final ? FINAL : 0) | opcode;
    const mask = masked ? MASKED : 0;
    let header: Buffer;
    if (length < LENGTH_16) {
      header = Buffer.from([first, mask | Number(length)]);
    } else if (length <= 0xffff) {
      header = Buffer.alloc(4);
      header.set([first, mask | LENGTH_16]);
      header.writeUInt16BE(Number(length), 2);
    } else {
      header = Buffer.alloc(10);
      header.set([first, mask | LENGTH_64]);
      header.writeBigUInt64BE(length, 2);
    }
    // A mask of zeros leaves the payload as it is.
    this.raw(Buffer.concat([header, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload]));
  }

  raw(bytes: Uint8Array | string): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  close(): void {
    this.socket.destroy();
  }
}
