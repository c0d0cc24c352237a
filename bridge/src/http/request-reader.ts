import type { Socket } from "node:net";
import type { ClientAccount } from "../client/client-account.ts";
import { REQUEST_PIECE_BYTES } from "../limits.ts";
import type { LatestFirst, Task } from "../turns/latest-first.ts";
import { type Slice, type Turns, Work } from "../turns/turns.ts";

/**
 * Gives the parser of HTTP what a connection brings in small pieces, when it is the turn of the client's address. Node would hand
 * it all that the kernel has, 64 KiB at a time, which is a thousand requests: everybody else waited until they were answered.
 * What has come and is not parsed keeps the socket paused, so that one read of it is all that is held. The first piece is a
 * newcomer's: it does not wait behind as many others as its address opens.
 */
export class RequestReader {
  readonly #socket: Socket;
  readonly #turns: Turns;
  readonly #newcomers: LatestFirst;
  readonly #work: Work;
  /** What Node's server listens with: it parses, and calls the listeners for requests and upgrades meanwhile. */
  readonly #parse: (bytes: Buffer) => void;
  /** What has come and is not parsed yet, from a place on. */
  #chunk: Buffer | undefined;
  #at = 0;
  /** The server itself wants no more at the moment: a body is not being read, or answers are not. */
  #isPausedByServer = false;
  #isOver = false;
  #isFirst = true;
  #isParsing = false;

  /** `socket`: a connection of a server of Node's that nothing has been read from. `account`: whose turns it is read in. */
  constructor(socket: Socket, { turns, newcomers }: { readonly turns: Turns; readonly newcomers: LatestFirst }, account: ClientAccount) {
    const [listener, ...others] = socket.listeners("data");
    if (listener === undefined || others.length > 0)
      throw new Error(`an HTTP connection has ${others.length + (listener === undefined ? 0 : 1)} listeners for data instead of one`);
    this.#socket = socket;
    this.#turns = turns;
    this.#newcomers = newcomers;
    this.#parse = listener as (bytes: Buffer) => void;
    this.#work = new Work(account, (slice) => this.#read(slice));
  }

  /** Takes the place of the server's listener. */
  start(): void {
    const socket = this.#socket;
    socket.removeListener("data", this.#parse);
    socket.on("data", this.#onData);
    // Whatever is accepted before it is its turn comes paused.
    if (socket.isPaused()) resume(socket);
    // The server stops and starts reading by these, for reasons of its own.
    socket.pause = () => {
      this.#isPausedByServer = true;
      return pause(socket);
    };
    socket.resume = () => {
      this.#isPausedByServer = false;
      if (this.#chunk === undefined) return resume(socket);
      // From within the parser it goes on by itself.
      if (!this.#isParsing) this.#turns.run(this.#work);
      return socket;
    };
  }

  /** The connection is no longer HTTP's. What is not parsed is read from the socket again, behind what the parser gives back. */
  giveBack(): void {
    if (this.#isOver) return;
    const rest = this.#chunk?.subarray(this.#at);
    this.stop();
    this.#socket.removeListener("data", this.#onData);
    if (rest !== undefined && rest.length > 0) this.#socket.unshift(rest);
  }

  /** Parses nothing any more: the connection is being closed. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#chunk = undefined;
    this.#socket.pause = Object.getPrototypeOf(this.#socket).pause;
    this.#socket.resume = Object.getPrototypeOf(this.#socket).resume;
  }

  readonly #onData = (chunk: Buffer): void => {
    // A socket that was paused hands out nothing more; this is for the case that it does.
    if (this.#isOver) return;
    this.#chunk = this.#chunk === undefined ? chunk : Buffer.concat([this.#chunk.subarray(this.#at), chunk]);
    this.#at = 0;
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#newcomers.add(this.#work.account, this.#firstPiece);
    } else {
      this.#turns.run(this.#work);
    }
    // It may not have been its turn at all.
    if (this.#chunk !== undefined) pause(this.#socket);
  };

  readonly #firstPiece: Task = {
    run: () => {
      this.#parsePiece();
      if (!this.#isOver) this.#turns.run(this.#work);
    },
    isOver: () => this.#isOver,
  };

  #parsePiece(): void {
    const chunk = this.#chunk;
    if (chunk === undefined) return;
    const piece = chunk.subarray(this.#at, this.#at + REQUEST_PIECE_BYTES);
    this.#at += piece.length;
    // Before it is parsed: an upgrade in it gives back what is behind it.
    if (this.#at >= chunk.length) this.#chunk = undefined;
    this.#isParsing = true;
    try {
      this.#parse.call(this.#socket, piece);
    } finally {
      this.#isParsing = false;
    }
  }

  /** Parses a slice of what has come. Whether more of it can be parsed. */
  #read(slice: Slice): boolean {
    while (this.#chunk !== undefined && !this.#isPausedByServer && slice.take()) this.#parsePiece();
    if (this.#isOver || this.#isPausedByServer) return false;
    if (this.#chunk !== undefined) return true;
    if (this.#socket.isPaused()) resume(this.#socket);
    return false;
  }
}

function pause(socket: Socket): Socket {
  return Object.getPrototypeOf(socket).pause.call(socket);
}

function resume(socket: Socket): Socket {
  return Object.getPrototypeOf(socket).resume.call(socket);
}
