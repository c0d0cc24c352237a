import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { Target } from "../target.ts";

/** A TCP connection to the target from one client address. Errors only close it. */
export function openSocket({ port }: Target, address: string): Socket {
  const socket = connect({ host: "127.0.0.1", port, localAddress: address });
  socket.on("error", () => {});
  return socket;
}

/** Whether it was connected; false when it was closed before. */
export function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("close", () => resolve(false));
  });
}

/** Settles when the socket takes more, or is closed. */
export function hasDrained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}

/** Where WebSockets of a room are; wisp-js takes any path that ends with a slash. */
export function roomPath(room: string): string {
  return `/room/${room}/`;
}

/** A request for an upgrade, by hand. `protocol`: none for a Wisp v1 client. */
export function upgradeText({ port }: Target, room: string, protocol: "wisp-v2" | "none" = "none"): string {
  const lines = [
    `GET ${roomPath(room)} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    ...(protocol === "none" ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Opens a WebSocket by hand; undefined when it is refused. What comes back is thrown away. */
export async function openWebSocket(target: Target, address: string, room: string, protocol: "wisp-v2" | "none" = "none"): Promise<Socket | undefined> {
  const socket = openSocket(target, address);
  socket.write(upgradeText(target, room, protocol));
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once("data", (data: Buffer) => resolve(data.includes(" 101 ")));
    socket.once("close", () => resolve(false));
  });
  socket.resume();
  if (isOpen) return socket;
  socket.destroy();
  return undefined;
}

/** Opcodes of WebSocket frames: RFC 6455, section 5.2. */
export const Opcode = { CONTINUATION: 0, BINARY: 2, PING: 9 } as const;

/** The head of a client's frame with the masking key 0, which leaves the payload as it is: RFC 6455, section 5.2. */
export function frameHead(opcode: number, length: number, isFinal = true): Buffer {
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + size + 4);
  head[0] = (isFinal ? 0x80 : 0) | opcode;
  head[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) head.writeUInt16BE(length, 2);
  if (size === 8) head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** A client's frame. */
export function frame(opcode: number, payload: Uint8Array, isFinal = true): Buffer {
  return Buffer.concat([frameHead(opcode, payload.length, isFinal), payload]);
}
