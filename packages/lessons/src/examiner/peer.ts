import { endpointText, type NetworkFailure, type NetworkStream, type StreamEvents } from "@playground/network";
import { Countdown } from "../countdown.ts";
import type { Exam, StepPart } from "./exam.ts";
import { MAX_SLICES, UNREAD_BYTES } from "./limits.ts";
import type { Sending } from "./options.ts";
import { UnreadBytes } from "./unread-bytes.ts";

/** The examiner's end of one connection. */
export class Peer implements StreamEvents, StepPart {
  readonly #exam: Exam;
  readonly #stream: NetworkStream;
  /** How it sends where a call says nothing else. */
  readonly sending: Sending;
  readonly #unread = new UnreadBytes();
  /** Bytes that it holds unread before it takes no more. */
  #room = UNREAD_BYTES;
  /** Bytes that have arrived and whose credit was not given back. */
  #owed = 0;
  #reads: boolean;
  #hasEnded = false;
  #isClosed = false;
  /** The examiner itself has closed or reset it. */
  #wasLeft = false;
  #failure: NetworkFailure | undefined;
  #transfer: Transfer | undefined;

  constructor(exam: Exam, stream: NetworkStream, sending: Sending, reads: boolean) {
    this.#exam = exam;
    this.#stream = stream;
    this.sending = sending;
    this.#reads = reads;
  }

  /** Both ends, as a result names them. */
  get connection(): { readonly local: string; readonly remote: string } {
    const { local, remote } = this.#stream;
    return { local: endpointText(local.address, local.port), remote: endpointText(remote.address, remote.port) };
  }

  get remoteAddress(): string {
    return this.#stream.remote.address;
  }

  /** Neither direction works any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** What has arrived and nobody has read; a view, until more arrives. */
  get unread(): Uint8Array {
    return this.#unread.bytes;
  }

  /** Whoever waits for so many bytes at once needs room for them. */
  makeRoom(bytes: number): void {
    this.#room = Math.max(UNREAD_BYTES, bytes);
    this.#giveCredit();
  }

  /** Nothing arrives any more. */
  get isOver(): boolean {
    return this.#hasEnded || this.#isClosed;
  }

  /** It was the other side that ended it, or whatever carried it, and not the examiner. */
  get wasEnded(): boolean {
    return this.#hasEnded || (this.#isClosed && !this.#wasLeft);
  }

  /** It ended with a reset, or with whatever carried it. */
  get failure(): NetworkFailure | undefined {
    return this.#failure;
  }

  /** Takes so many bytes of those that have arrived. */
  read(count: number): Uint8Array {
    const read = this.#unread.take(count);
    this.#giveCredit();
    return read;
  }

  setReads(reads: boolean): void {
    this.#reads = reads;
    this.#giveCredit();
  }

  /** Begins to send; `isSent` tells when the network has had all of it. */
  send(bytes: Uint8Array, sending: Sending): Transfer {
    this.#transfer = new Transfer(this.#stream, this.#pieces(bytes, sending), sending, () => this.#exam.happened());
    return this.#transfer;
  }

  /** Ends the examiner's direction; the other still works. */
  finish(): void {
    this.#transfer?.cancel();
    this.#stream.end();
  }

  close(): void {
    this.#transfer?.cancel();
    this.#stream.close();
    this.#leave();
  }

  reset(): void {
    this.#transfer?.cancel();
    this.#stream.abort();
    this.#leave();
  }

  end(): void {
    if (!this.#isClosed) this.reset();
  }

  onData(bytes: Uint8Array): void {
    this.#unread.push(bytes);
    this.#owed += bytes.length;
    this.#giveCredit();
    this.#exam.happened();
  }

  onEnd(): void {
    this.#hasEnded = true;
    this.#exam.happened();
  }

  onClosed(failure?: NetworkFailure): void {
    this.#isClosed = true;
    this.#failure = failure;
    this.#transfer?.cancel();
    this.#exam.happened();
  }

  onWritable(): void {
    this.#transfer?.goOn();
  }

  #leave(): void {
    this.#wasLeft = !this.#isClosed;
    this.#isClosed = true;
    this.#exam.parts.delete(this);
    this.#exam.happened();
  }

  #giveCredit(): void {
    if (!this.#reads || this.#isClosed || this.#owed === 0 || this.#unread.length > this.#room) return;
    const owed = this.#owed;
    this.#owed = 0;
    this.#stream.consumed(owed);
  }

  #pieces(bytes: Uint8Array, { slice }: Sending): Uint8Array[] {
    if (slice === undefined || bytes.length === 0) return [bytes];
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      // The rest goes as one piece where there would be too many.
      const rest = bytes.length - at;
      const size = pieces.length >= MAX_SLICES - 1 ? rest : slice === "random" ? this.#exam.random(1, Math.max(1, Math.ceil(rest / 2))) : slice;
      pieces.push(bytes.subarray(at, at + size));
      at += size;
    }
    return pieces;
  }
}

/** Pieces on their way, one after the other. */
export class Transfer {
  /** Bytes that the network has taken. */
  taken = 0;
  isSent = false;
  readonly #stream: NetworkStream;
  readonly #pieces: Uint8Array[];
  readonly #gapMs: number;
  readonly #onSent: () => void;
  #countdown: Countdown | undefined;

  constructor(stream: NetworkStream, pieces: Uint8Array[], { gapMs, delayMs }: Sending, onSent: () => void) {
    this.#stream = stream;
    this.#pieces = pieces;
    this.#gapMs = gapMs;
    this.#onSent = onSent;
    if (delayMs > 0) this.#goOnAfter(delayMs);
    else this.goOn();
  }

  /** Sends as much as there is room for. */
  goOn(): void {
    if (this.#countdown !== undefined || this.isSent) return;
    const [piece] = this.#pieces;
    if (piece === undefined) return this.#finish();
    const taken = this.#stream.send(piece);
    this.taken += taken;
    // The rest goes when there is room again: `onWritable` says so.
    if (taken < piece.length) {
      this.#pieces[0] = piece.subarray(taken);
      return;
    }
    this.#pieces.shift();
    if (this.#pieces.length === 0) this.#finish();
    else this.#goOnAfter(this.#gapMs);
  }

  cancel(): void {
    this.#countdown?.cancel();
    this.#pieces.length = 0;
    this.#countdown = undefined;
    this.isSent = true;
  }

  #goOnAfter(milliseconds: number): void {
    this.#countdown = new Countdown(milliseconds, () => {
      this.#countdown = undefined;
      this.goOn();
    });
  }

  #finish(): void {
    this.isSent = true;
    this.#onSent();
  }
}
