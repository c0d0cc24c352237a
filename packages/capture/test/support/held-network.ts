import type { ConnectEvents, Network, NetworkFailure, NetworkStream, StreamEvents } from "@playground/network";

/** A decorator of a network that holds up what a test tells it to, in the order in which it came. */
export class HeldNetwork {
  /** Of each direction: whether it is held up, and what waits. */
  readonly out = new Gate();
  readonly in = new Gate();
  /** Bytes that a piece is cut to on its way. */
  sliceBytes = Infinity;

  over(network: Network): Network {
    return {
      listen: (address, port, events) =>
        network.listen(address, port, {
          ...events,
          onAccept: (stream) => {
            const later: { events?: StreamEvents } = {};
            this.in.pass(() => {
              later.events = events.onAccept(this.#stream(stream));
            });
            return this.#events(() => later.events);
          },
        }),
      connect: (host, port, events) => {
        let inner: NetworkStream | undefined;
        const connecting: ConnectEvents = {
          ...this.#events(() => events),
          onOpened: () => this.in.pass(() => events.onOpened()),
          onFailed: (failure) => this.in.pass(() => events.onFailed(failure)),
        };
        this.out.pass(() => {
          inner = network.connect(host, port, connecting);
        });
        return this.#stream(() => inner);
      },
    };
  }

  #events(events: () => StreamEvents | undefined): StreamEvents {
    return {
      onData: (bytes) => {
        for (let start = 0; start < bytes.length; start += this.sliceBytes) {
          const slice = bytes.slice(start, Math.min(bytes.length, start + this.sliceBytes));
          this.in.pass(() => events()?.onData(slice));
        }
      },
      onEnd: () => this.in.pass(() => events()?.onEnd()),
      onClosed: (failure?: NetworkFailure) => this.in.pass(() => events()?.onClosed(failure)),
    };
  }

  #stream(given: NetworkStream | (() => NetworkStream | undefined)): NetworkStream {
    const inner = typeof given === "function" ? given : () => given;
    const there = (): NetworkStream => {
      const stream = inner();
      if (stream === undefined) throw new Error("not connected yet");
      return stream;
    };
    return {
      get remote() {
        return there().remote;
      },
      get local() {
        return there().local;
      },
      send: (bytes) => {
        for (let start = 0; start < bytes.length; start += this.sliceBytes) {
          const slice = bytes.slice(start, Math.min(bytes.length, start + this.sliceBytes));
          this.out.pass(() => inner()?.send(slice));
        }
        return bytes.length;
      },
      end: () => this.out.pass(() => inner()?.end()),
      close: () => this.out.pass(() => inner()?.close()),
      abort: () => this.out.pass(() => inner()?.abort()),
      consumed: (byteCount, wish) => inner()?.consumed(byteCount, wish),
    };
  }
}

/** Lets things through, or keeps them until it is opened. */
class Gate {
  #isShut = false;
  readonly #waiting: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  shut(): void {
    this.#isShut = true;
  }

  /** Lets the next ones through, and stays shut. */
  step(count = 1): void {
    for (const go of this.#waiting.splice(0, count)) go();
  }

  open(): void {
    this.#isShut = false;
    this.step(this.#waiting.length);
  }

  pass(go: () => void): void {
    if (this.#isShut) this.#waiting.push(go);
    else go();
  }
}
