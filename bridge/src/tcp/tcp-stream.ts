import type { Socket } from "node:net";
import { type Endpoint, type NetworkFailure, endpointText } from "@playground/network";
import { CloseReason, MAX_WINDOW_BYTES, type Packet, PacketType } from "@playground/wire/codec";
import { type AttemptBudget, brokenAtOnce, brokenFailure, ClosingSocket, endpointOf } from "@playground/tcp";
import type { Route } from "../network/script-network.ts";
import type { Usage } from "../usage.ts";
import type { Chunk } from "../memory/chunk.ts";
import { PlainClientWindow, ZoneClientWindow, type ClientWindow } from "./client-window.ts";
import { Dial, type DialServices } from "./dial.ts";
import type { FlushQueue } from "./flush-queue.ts";
import { PeerReader } from "./peer-reader.ts";
import { PeerSocket } from "./peer-socket.ts";
import { PeerWriter } from "./peer-writer.ts";
import type { SendGate } from "./send-gate.ts";

/** What goes out to the client of a stream. */
export interface StreamOutput {
  /** Where a stream waits while the client takes no more. */
  readonly gate: SendGate;
  send(packet: Packet): void;
  /** Sends bytes of the peer's; the chunk belongs to the receiver. */
  sendData(streamId: number, chunk: Chunk): void;
  /** Tells that the stream failed or broke. */
  sendClose(streamId: number, reason: NetworkFailure): void;
}

/** The streams of a session, as each of them needs the others and the session. */
export interface StreamHost extends AttemptBudget {
  readonly protocol: {
    /** Whether the zone extension is spoken; otherwise plain Wisp. */
    readonly isZone: boolean;
    /** Bytes that each new stream may send to the client before any credit came. */
    readonly clientWindow: number;
  };
  readonly output: StreamOutput;
  readonly account: {
    /** So many more bytes, or fewer, wait for peers. */
    buffered(byteCount: number): void;
  };
  /** Has `flush` called once the packets at hand are handled. */
  readonly flushQueue: FlushQueue;
  readonly usage: Usage;
  /** Why so many bytes more may not be kept for the peer; undefined: they may. */
  bufferRefusal(byteCount: number): NetworkFailure | undefined;
  /** Fewer bytes wait for peers: the kernel has taken some, or nobody will. May bring more from the client before it returns. */
  bufferShrank(): void;
  /** An attempt to connect begins. */
  dialBegins(): void;
  /** It has ended, whichever way. */
  dialEnds(): void;
  /** Has `close` called, which closes a socket that nobody waits for, now or when it is the client's turn. */
  closeInTurn(close: () => void): void;
  /** To the client the stream is over; its socket may live on for a moment. */
  over(stream: TcpStream): void;
  /** Nothing of the stream is left. */
  gone(stream: TcpStream): void;
}

/**
 * One stream of a session and its TCP connection. `docs/protocol.md`, section 6.
 *
 * A stream is *over* when the client needs to hear no more of it. Its socket may outlive that: what the
 * client sent is flushed, FIN follows, and what the peer still says is read and thrown away for a moment, so
 * that the peer sees an ordinary end and not a reset.
 */
export class TcpStream {
  readonly id: number;
  readonly #host: StreamHost;
  readonly #reader: PeerReader;
  readonly #writer: PeerWriter;
  readonly #window: ClientWindow;
  #dial: Dial | undefined;
  #socket: Socket | undefined;
  /** The peer as messages call it. */
  #where = "";
  #clientEnded = false;
  #clientStopped = false;
  #peerEnded = false;
  #isOver = false;
  #isSocketClosed = false;
  #isGone = false;
  #unwritten = 0;
  #closing: ClosingSocket | undefined;
  #lingerMs: number | undefined;

  constructor(id: number, host: StreamHost) {
    this.id = id;
    this.#host = host;
    const { output, protocol } = host;
    this.#window = protocol.isZone ? new ZoneClientWindow(id) : new PlainClientWindow(id);
    this.#reader = new PeerReader(output.gate, protocol.clientWindow, {
      onChunk: (chunk) => output.sendData(id, chunk),
      onEnd: () => this.#onPeerEnd(),
    });
    this.#writer = new PeerWriter({
      onWritten: (byteCount) => this.#onWritten(byteCount),
      onFinished: () => this.#onFinished(),
    });
  }

  /** Whether the client has ended its direction. */
  get hasClientEnded(): boolean {
    return this.#clientEnded;
  }

  get isConnecting(): boolean {
    return this.#dial !== undefined;
  }

  /** Starts to connect. OPENED or CLOSE follows, later. */
  connect(route: Exclude<Route, { kind: "refuse" }>, host: string, port: number, services: DialServices): void {
    this.#where = endpointText(host, port);
    this.#host.usage.sockets += 1;
    this.#host.dialBegins();
    this.#dial = new Dial(route, host, port, services, this.#host, {
      onConnected: (peer) => this.#onConnected(peer),
      onFailed: (reason) => this.#onConnectFailed(reason),
    });
  }

  /** Takes over a connection that a listener accepted, which must be paused. */
  accept(socket: Socket, remote: Endpoint): void {
    this.#where = endpointText(remote.address, remote.port);
    this.#host.usage.sockets += 1;
    this.#attach(PeerSocket.accepted(socket));
  }

  /** Bytes from the client, and the block that they lie in, if any. False when it had no credit for them. */
  data(payload: Uint8Array, block: Buffer | undefined): boolean {
    const { length } = payload;
    if (!this.#window.receive(length)) return false;
    if (length === 0) {
      // A plain client pays a packet for it all the same, and gets it back.
      this.#onWritten(0);
      return true;
    }
    const refusal = this.#isOver ? undefined : this.#host.bufferRefusal(length);
    if (refusal !== undefined) {
      // Bytes are lost, so the peer gets a reset and no orderly end.
      this.#host.output.sendClose(this.id, refusal);
      this.abort();
      return true;
    }
    this.#unwritten += length;
    this.#host.account.buffered(length);
    this.#writer.push(payload, block);
    this.#host.flushQueue.add(this);
    return true;
  }

  /** Hands what `data` queued to the kernel. */
  flush(): void {
    this.#writer.flush();
  }

  /** The client ends its direction: FIN after the last byte. */
  end(): void {
    this.#clientEnded = true;
    this.#writer.end();
    this.#leaveWhenOver();
  }

  /** The client wants no more of what the peer sends. */
  stop(): void {
    this.#clientStopped = true;
    this.#reader.discard();
    this.#leaveWhenOver();
  }

  /** The client takes so many bytes more. False when its credit adds up to more than it may. */
  credit(byteCount: number): boolean {
    if (this.#reader.credit + byteCount > MAX_WINDOW_BYTES) return false;
    this.#reader.addCredit(byteCount);
    return true;
  }

  /** The client breaks the stream off: at once, with a reset. */
  abort(): void {
    this.#over();
    if (this.#dial !== undefined) {
      this.#dial.cancel();
      this.#gone();
    } else this.#socket?.resetAndDestroy();
  }

  /** Orderly end of both directions, without another word to the client. */
  finish(): void {
    this.#over();
    this.#clientEnded = true;
    this.#reader.discard();
    this.#writer.end();
    this.#watchFlush();
  }

  /** The session has ended: flushes what is there, in the time that the session allows; one that is not connected yet goes at once. */
  finishOrCancel(): void {
    if (this.#dial === undefined) this.finish();
    else this.abort();
  }

  /** Shortens the time after our FIN in which the peer may still send. For a stream that is over. */
  hurry(lingerMs: number): void {
    this.#lingerMs = lingerMs;
    this.#watchFlush();
  }

  /** Lets go of the socket, whatever is left to do. */
  destroy(): void {
    this.#over();
    this.#dial?.cancel();
    if (this.#socket === undefined) this.#gone();
    else this.#socket.destroy();
  }

  #onConnected(peer: PeerSocket): void {
    const { socket } = peer;
    this.#settleDial();
    const remote = endpointOf(socket.remoteAddress, socket.remotePort);
    const local = endpointOf(socket.localAddress, socket.localPort);
    if (remote === undefined || local === undefined) {
      // The peer was faster: the kernel has forgotten the connection already.
      socket.on("error", () => {});
      socket.destroy();
      this.#onConnectFailed(brokenAtOnce(this.#where));
      return;
    }
    if (this.#host.protocol.isZone && !this.#isOver) this.#host.output.send({ type: PacketType.OPENED, streamId: this.id, remote, local });
    this.#attach(peer);
    if (this.#isOver) this.#watchFlush();
  }

  #onConnectFailed(reason: NetworkFailure): void {
    this.#settleDial();
    if (!this.#isOver) this.#host.output.sendClose(this.id, reason);
    this.#over();
    this.#gone();
  }

  #settleDial(): void {
    if (this.#dial === undefined) return;
    this.#dial = undefined;
    this.#host.dialEnds();
  }

  #attach(peer: PeerSocket): void {
    const { socket } = peer;
    this.#socket = socket;
    socket.on("error", (error) => this.#onError(error));
    socket.on("close", () => this.#onSocketClosed());
    this.#reader.attach(peer);
    this.#writer.attach(socket);
  }

  #onPeerEnd(): void {
    this.#peerEnded = true;
    if (this.#isOver) return;
    if (this.#host.protocol.isZone) {
      this.#host.output.send({ type: PacketType.END, streamId: this.id });
      this.#leaveWhenOver();
      return;
    }
    // Plain Wisp has no half close: the peer's end is the end.
    this.#host.output.send({ type: PacketType.CLOSE, streamId: this.id, reason: CloseReason.VOLUNTARY, message: "" });
    this.finish();
  }

  #onWritten(byteCount: number): void {
    this.#unwritten -= byteCount;
    this.#host.account.buffered(-byteCount);
    const packet = this.#window.written(byteCount);
    if (packet !== undefined && !this.#clientEnded && !this.#isOver) this.#host.output.send(packet);
    this.#host.bufferShrank();
  }

  #onError(error: Error): void {
    if (this.#isOver) return;
    this.#host.output.sendClose(this.id, brokenFailure(error, this.#where));
    this.#over();
  }

  #onSocketClosed(): void {
    this.#isSocketClosed = true;
    // Both directions have ended in good order, but the client still lacks credit for the last bytes.
    if (!this.#isOver && this.#reader.holdsLastBytes) return;
    this.#gone();
  }

  #leaveWhenOver(): void {
    if (this.#isOver || !this.#clientEnded || !(this.#peerEnded || this.#clientStopped)) return;
    this.#over();
    this.#watchFlush();
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#host.over(this);
    if (this.#isSocketClosed) this.#gone();
  }

  /** Nobody waits for the socket of a stream that is over. */
  #watchFlush(): void {
    const socket = this.#socket;
    if (socket === undefined || this.#isGone) return;
    this.#closing ??= new ClosingSocket(
      socket,
      () => this.#writer.unwrittenBytes,
      (close) => this.#host.closeInTurn(close),
    );
    this.#closing.watch(this.#lingerMs);
  }

  #onFinished(): void {
    if (this.#isOver) this.#watchFlush();
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#closing?.dispose();
    this.#settleDial();
    this.#reader.dispose();
    this.#writer.dispose();
    this.#host.account.buffered(-this.#unwritten);
    this.#unwritten = 0;
    this.#host.usage.sockets -= 1;
    // A socket that closed without either side's END having been told, which errors are, would leave the client waiting.
    this.#over();
    this.#host.gone(this);
    this.#host.bufferShrank();
  }
}
