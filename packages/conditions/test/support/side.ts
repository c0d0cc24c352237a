import type { ConnectEvents, NetworkFailure, NetworkStream } from "@playground/network";

/** One end of a connection in a test: sends what it is given, as fast as it is taken, and keeps everything that it hears. */
export class Side implements ConnectEvents {
  stream: NetworkStream | undefined;
  /** What happened, but for bytes: `opened`, `end`, `closed`, `closed connection-reset`, `failed timed-out`. */
  readonly words: string[] = [];
  /** Each delivery of bytes, with its time. */
  readonly pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  /** When which byte was taken by `send`: from this offset on, at this time. */
  readonly taken: { readonly at: number; readonly offset: number }[] = [];
  sentBytes = 0;
  /** What has not been taken yet. */
  #toSend: Uint8Array[] = [];
  #endsAfter = false;
  #isEnded = false;
  /** Whether it gives credit back at once. */
  isReading = true;
  #unread = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get received(): Uint8Array {
    return Buffer.concat(this.pieces.map(({ bytes }) => bytes));
  }

  get receivedBytes(): number {
    return this.pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  send(bytes: Uint8Array): void {
    this.#toSend.push(bytes);
    this.#push();
  }

  /** Closes, or ends its direction, once everything has been taken. */
  endAfter(): void {
    this.#endsAfter = true;
    this.#push();
  }

  /** Gives the credit back that was kept. */
  read(): void {
    this.isReading = true;
    if (this.#unread > 0) this.stream?.consumed(this.#unread);
    this.#unread = 0;
  }

  onOpened(): void {
    this.words.push("opened");
  }

  onFailed({ code }: NetworkFailure): void {
    this.words.push(`failed ${code}`);
  }

  onData(bytes: Uint8Array): void {
    this.pieces.push({ at: this.#now(), bytes });
    if (this.isReading) this.stream?.consumed(bytes.length);
    else this.#unread += bytes.length;
  }

  onEnd(): void {
    this.words.push("end");
  }

  onClosed(failure?: NetworkFailure): void {
    this.words.push(failure === undefined ? "closed" : `closed ${failure.code}`);
  }

  onWritable(): void {
    this.#push();
  }

  #push(): void {
    const { stream } = this;
    if (stream === undefined) return;
    for (let bytes = this.#toSend[0]; bytes !== undefined; bytes = this.#toSend[0]) {
      const taken = stream.send(bytes);
      if (taken > 0) this.taken.push({ at: this.#now(), offset: this.sentBytes });
      this.sentBytes += taken;
      if (taken < bytes.length) {
        this.#toSend[0] = bytes.subarray(taken);
        return;
      }
      this.#toSend.shift();
    }
    if (!this.#endsAfter || this.#isEnded) return;
    this.#isEnded = true;
    stream.end();
  }
}
