import type { Readable } from "node:stream";
import { INPUT_LINE_LIMIT } from "@playground/zone/limits";
import { LineSplitter, type LongLine } from "./line-splitter.ts";

/** A program that may take lines. */
export interface InputReceiver {
  readonly name: string;
  readonly wantsInput: boolean;
  /** Lines that it can be given now. */
  readonly inputRoom: number;
  input(lines: readonly string[]): void;
  endInput(): void;
}

/**
 * Lines of standard input for the programs that want them. It is read only while somebody wants a line: what is typed before that waits in the
 * terminal, and a file that is piped in is read no faster than its lines are taken.
 */
export class TerminalInput {
  readonly #stream: Readable;
  readonly #splitter: LineSplitter;
  #receivers: readonly InputReceiver[] = [];
  #lines: string[] = [];
  /** The first of the lines that nobody has had. */
  #next = 0;
  #isReading = false;
  #isOver = false;
  #isEndTold = false;

  /** `onLong` is told of a line that is left out, since it is too long. */
  constructor(stream: Readable, onLong: (line: LongLine) => void) {
    this.#stream = stream;
    this.#splitter = new LineSplitter(INPUT_LINE_LIMIT, onLong);
  }

  /** These programs run from now on. */
  attach(receivers: readonly InputReceiver[]): void {
    this.#receivers = receivers;
    this.#isEndTold = false;
    this.pump();
  }

  /** To be called when a program begins or ceases to take input, or has room for more. */
  pump(): void {
    const wants = this.#receivers.some(({ wantsInput }) => wantsInput);
    while (this.#next < this.#lines.length) {
      const { receiver } = this.#route(this.#lines[this.#next] ?? "");
      if (receiver === undefined || receiver.inputRoom === 0) break;
      receiver.input(this.#takeFor(receiver));
    }
    if (this.#next === this.#lines.length) {
      this.#lines = [];
      this.#next = 0;
    }
    if (this.#isOver) this.#tellEnd();
    else if (wants && this.#lines.length === 0) this.#read();
    else this.#pause();
  }

  /** Lets go of the stream, so that the process can end. */
  close(): void {
    this.#receivers = [];
    this.#stream.pause();
    this.#stream.removeAllListeners();
  }

  /** Of several programs the first that takes input, or the one whose name and a colon the line begins with. */
  #route(line: string): { readonly receiver: InputReceiver | undefined; readonly text: string } {
    const willing = this.#receivers.filter(({ wantsInput }) => wantsInput);
    if (this.#receivers.length > 1) {
      for (const receiver of willing) {
        const front = `${receiver.name}:`;
        if (line.startsWith(front)) return { receiver, text: line.slice(front.length + (line[front.length] === " " ? 1 : 0)) };
      }
    }
    return { receiver: willing[0], text: line };
  }

  /** The next lines that are all for one program, as many as it has room for. */
  #takeFor(receiver: InputReceiver): string[] {
    const taken: string[] = [];
    for (let room = receiver.inputRoom; room > 0 && this.#next < this.#lines.length; room--) {
      const { receiver: other, text } = this.#route(this.#lines[this.#next] ?? "");
      if (other !== receiver) break;
      taken.push(text);
      this.#next += 1;
    }
    return taken;
  }

  #read(): void {
    if (this.#isReading) {
      this.#stream.resume();
      return;
    }
    this.#isReading = true;
    this.#stream.on("data", (bytes: Uint8Array) => this.#take(this.#splitter.push(bytes)));
    this.#stream.on("end", () => this.#end());
    // Nothing that could be read, such as a terminal that has gone.
    this.#stream.on("error", () => this.#end());
  }

  #pause(): void {
    if (this.#isReading) this.#stream.pause();
  }

  #take(lines: readonly string[]): void {
    this.#lines.push(...lines);
    this.pump();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#take(this.#splitter.end());
  }

  #tellEnd(): void {
    if (this.#isEndTold || this.#lines.length > 0) return;
    this.#isEndTold = true;
    for (const receiver of this.#receivers) receiver.endInput();
  }
}
