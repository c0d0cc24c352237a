import {
  type ConnectEvents,
  type Endpoint,
  endpointText,
  type NetworkFailure,
  type NetworkStream,
  type StreamEvents,
  type WindowWish,
} from "@playground/network";
import type { ConditionControl, ControlledStream } from "./condition-control.ts";
import type { LiveStream } from "./gate.ts";
import { Lane } from "./lane.ts";
import { CUT_CONNECT_MS } from "./limits.ts";

/** How a stream that is to be connected asks for it: at once, or when its conditions let it. */
export type Connect = (events: ConnectEvents) => NetworkStream;

/** One stream under conditions: the program's side of it is a `NetworkStream`, the network's side the events of another one. */
export class ConditionedStream implements NetworkStream, ConnectEvents, ControlledStream {
  readonly in: Lane;
  readonly out: Lane;
  readonly #control: ConditionControl;
  /** The other side as messages call it, until its address is known. */
  readonly #target: string;
  /** Absent while the wish to connect waits. */
  #inner: NetworkStream | undefined;
  /** Present while the program wants to know whether it is connected. */
  #connectEvents: ConnectEvents | undefined;
  /** Present while the program wants to know. */
  #events: StreamEvents | undefined;
  /** When it was asked for, by the clock; absent for one that is connected, as far as the program knows. */
  #connectingSince: number | undefined;
  #ends: { readonly local: Endpoint; readonly remote: Endpoint } | undefined;
  #isEndRequested = false;
  #isClosed = false;
  /** `send` has taken less than it was given. */
  #isRefused = false;
  /** The network has ended it, of which the program has not been told yet. */
  #isBroken = false;
  #isOver = false;

  private constructor(control: ConditionControl, name: string, target: string) {
    const { conditions } = control;
    this.#control = control;
    this.#target = target;
    this.in = new Lane(control, "in", control.seedFor(`${name} in`), conditions.in, { take: (bytes) => this.#tell(bytes) });
    this.out = new Lane(control, "out", control.seedFor(`${name} out`), conditions.out, {
      take: (bytes) => this.#inner?.send(bytes) ?? 0,
      onRoom: () => this.#tellWritable(),
    });
    control.add(this);
  }

  /** Connects, once the way out lets it; `name` is the stream's own in its program. */
  static connecting(control: ConditionControl, name: string, target: string, connect: Connect, events: ConnectEvents): ConditionedStream {
    const stream = new ConditionedStream(control, name, target);
    stream.#connectingSince = control.clockNow;
    stream.#connectEvents = events;
    stream.#events = events;
    if (stream.out.isOpen) stream.#inner = connect(stream);
    else
      stream.out.follow(() => {
        stream.#inner = connect(stream);
      });
    return stream;
  }

  /** A stream that a listener has got. Its program hears of nothing until `attach`. */
  static accepted(control: ConditionControl, name: string, inner: NetworkStream): ConditionedStream {
    const { local, remote } = inner;
    const stream = new ConditionedStream(control, name, endpointText(remote.address, remote.port));
    stream.#inner = inner;
    stream.#ends = { local, remote };
    return stream;
  }

  /** A stream that lives already. */
  static taken(control: ConditionControl, name: string, live: LiveStream): ConditionedStream {
    const { inner, connectEvents } = live;
    const stream = new ConditionedStream(control, name, live.target);
    stream.#inner = inner;
    stream.#events = live.events;
    stream.#connectEvents = connectEvents;
    if (connectEvents === undefined) stream.#ends = { local: inner.local, remote: inner.remote };
    else stream.#connectingSince = control.clockNow;
    stream.#isEndRequested = live.isEndRequested;
    // Perhaps it was: a word too many does no harm.
    stream.#isRefused = true;
    stream.out.passed(live.sentBytes);
    stream.in.passed(live.receivedBytes);
    return stream;
  }

  /** Takes the events of an accepted stream, unless its program is done with it already. */
  attach(events: StreamEvents): void {
    if (!this.#isClosed && !this.#isOver) this.#events = events;
  }

  /** Whether nothing more happens on it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get ends(): { readonly local: Endpoint; readonly remote: Endpoint } | undefined {
    return this.#ends;
  }

  get remote(): Endpoint {
    return this.#known().remote;
  }

  get local(): Endpoint {
    return this.#known().local;
  }

  send(bytes: Uint8Array): number {
    if (this.#isEndRequested || this.#isOver || bytes.length === 0) return 0;
    // It goes towards somebody who is not there any more, as it does on a network before the news has come.
    if (this.#isBroken) return bytes.length;
    const { out } = this;
    let taken: number;
    if (out.isOpen && this.#inner !== undefined) {
      taken = this.#inner.send(bytes);
      out.passed(taken);
    } else {
      taken = Math.min(bytes.length, this.#control.roomFor(out.heldBytes));
      out.push(taken === bytes.length ? bytes : bytes.subarray(0, taken), { borrowed: true });
    }
    if (taken < bytes.length) this.#isRefused = true;
    return taken;
  }

  end(): void {
    if (this.#isEndRequested || this.#isOver || this.#isBroken) return;
    this.#isEndRequested = true;
    this.#goOut(() => this.#inner?.end());
  }

  close(): void {
    if (this.#isClosed || this.#isOver) return;
    // An attempt that was to carry nothing has no last byte to deliver: it is called off.
    if (this.#inner === undefined && this.out.offset === 0) return this.abort();
    this.#isClosed = this.#isEndRequested = true;
    this.#detach();
    if (this.#isBroken) return this.#over();
    this.#goOut(() => {
      this.#inner?.close();
      this.#over();
    });
  }

  abort(): void {
    if (this.#isOver) return;
    this.#isClosed = this.#isEndRequested = true;
    this.#detach();
    this.#inner?.abort();
    this.#over();
  }

  consumed(byteCount: number, wish?: WindowWish): void {
    this.#inner?.consumed(byteCount, wish);
  }

  onOpened(): void {
    const inner = this.#inner;
    if (inner === undefined) return;
    this.#ends = { local: inner.local, remote: inner.remote };
    this.#comeIn(() => {
      const events = this.#connectEvents;
      this.#connectEvents = undefined;
      this.#connectingSince = undefined;
      events?.onOpened();
    });
  }

  onFailed(failure: NetworkFailure): void {
    this.#broken();
    this.#comeIn(() => this.#fail(failure));
  }

  onData(bytes: Uint8Array): void {
    const { in: incoming } = this;
    // What nobody wants any more must not hold up the other side, which may read only when it has written.
    if (this.#isClosed) this.#inner?.consumed(bytes.length);
    else if (incoming.isOpen) {
      incoming.passed(bytes.length);
      this.#events?.onData(bytes);
    } else incoming.push(bytes, { borrowed: false });
  }

  onEnd(): void {
    this.#comeIn(() => this.#events?.onEnd());
  }

  onClosed(failure?: NetworkFailure): void {
    this.#broken();
    this.#comeIn(() => this.#fail(failure));
  }

  onWritable(): void {
    this.out.unblock();
    if (this.out.isEmpty) this.#tellWritable();
  }

  reset(): void {
    const failure: NetworkFailure = {
      code: "connection-reset",
      message: `The connection with ${this.#target} was reset, as the conditions of this program's network were told to.`,
    };
    this.#giveUp(failure);
  }

  checkConnecting(now: number): void {
    if (this.#connectingSince === undefined || now - this.#connectingSince < CUT_CONNECT_MS) return;
    this.#giveUp({
      code: "timed-out",
      message: `${this.#target} did not answer within ${CUT_CONNECT_MS / 1000} s: the conditions of this program's network have its cable cut.`,
    });
  }

  #known(): { readonly local: Endpoint; readonly remote: Endpoint } {
    if (this.#ends === undefined) throw new Error(`the addresses of the connection to ${this.#target} are known once it is connected`);
    return this.#ends;
  }

  /** Bytes have come as far as the program. */
  #tell(bytes: Uint8Array): number {
    this.#events?.onData(bytes);
    return bytes.length;
  }

  /** Does something towards the network, after everything that was sent. */
  #goOut(act: () => void): void {
    if (this.out.isOpen) act();
    else this.out.follow(act);
  }

  /** Tells the program something, after everything that came before. */
  #comeIn(tell: () => void): void {
    if (this.#isClosed) return;
    if (this.in.isOpen) tell();
    else this.in.follow(tell);
  }

  #tellWritable(): void {
    if (!this.#isRefused || this.#isEndRequested || this.#isBroken) return;
    this.#isRefused = false;
    this.#events?.onWritable?.();
  }

  /** The network takes nothing any more, and will say nothing more. */
  #broken(): void {
    this.#isBroken = true;
    this.out.clear();
    if (this.#isClosed) this.#over();
  }

  /** Ends it for both sides, at once. */
  #giveUp(failure: NetworkFailure): void {
    if (this.#isOver) return;
    this.#inner?.abort();
    this.in.clear();
    if (this.#isClosed) this.#over();
    else this.#fail(failure);
  }

  /** The last word to the program. */
  #fail(failure: NetworkFailure | undefined): void {
    const events = this.#events;
    const connectEvents = this.#connectEvents;
    this.#over();
    if (connectEvents !== undefined && failure !== undefined) connectEvents.onFailed(failure);
    else events?.onClosed(failure);
  }

  /** The program hears nothing more, not even what waits for it. */
  #detach(): void {
    this.#events = this.#connectEvents = this.#connectingSince = undefined;
    const unread = this.in.clear();
    if (unread > 0) this.#inner?.consumed(unread);
  }

  #over(): void {
    this.#isOver = true;
    this.#events = this.#connectEvents = this.#connectingSince = undefined;
    this.in.clear();
    this.out.clear();
    this.#control.remove(this);
  }
}
