import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { MAX_CHUNK_BYTES } from "../memory/chunk.ts";

/** What every dialled socket reads into: its bytes are copied before the next read of any socket. */
const READ_BUFFER = Buffer.allocUnsafeSlow(MAX_CHUNK_BYTES);

/** A TCP connection with a peer, and who gets its bytes. */
export class PeerSocket {
  readonly socket: Socket;
  #receive: ((bytes: Uint8Array) => void) | undefined;

  private constructor(open: (receive: (bytes: Uint8Array) => void) => Socket) {
    this.socket = open((bytes) => this.#receive?.(bytes));
  }

  /** Connects. Nothing is allocated for what it reads. */
  static dial(options: TcpNetConnectOpts): PeerSocket {
    return new PeerSocket((receive) =>
      connect({
        ...options,
        onread: {
          buffer: READ_BUFFER,
          callback: (byteCount) => {
            receive(READ_BUFFER.subarray(0, byteCount));
            return true;
          },
        },
      }),
    );
  }

  /** A connection that a listener has accepted, paused. Node has no way to give it a buffer. */
  static accepted(socket: Socket): PeerSocket {
    return new PeerSocket((receive) => socket.on("data", receive).pause());
  }

  /** Has its bytes handed to `receive`, who may use them until it returns. */
  onBytes(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
  }
}
