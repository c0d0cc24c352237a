import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { seededRandom } from "./random.ts";

/** How a bad network treats what passes. */
export interface BadNetworkOptions {
  readonly seed: number;
  /** Bytes, both ways together, after which a connection is cut; undefined for never. Called once for each connection. */
  readonly cutAfter?: (random: () => number) => number | undefined;
  /** Share of chunks that are halved at a random place, 0 to 1. */
  readonly halved?: number;
  /** Share of chunks that are held up for a moment, and the longest such moment, ms. */
  readonly delayed?: number;
  readonly delayMs?: number;
  /** Share of chunks behind which everything stands still, and for how long at most, ms. */
  readonly stalled?: number;
  readonly stallMs?: number;
}

/** A proxy for TCP that cuts, stalls, delays and halves what passes through it, at random places but the same ones for the same seed. */
export class BadNetwork {
  readonly port: number;
  /** Connections that were cut by it. */
  cuts = 0;
  /** Connections that came. */
  connections = 0;
  /** Whether new connections are refused, and nothing passes. */
  #isDown = false;
  #isFrozen = false;
  #thaw: (() => void)[] = [];
  readonly #pairs = new Set<Pair>();
  readonly #options: BadNetworkOptions;
  readonly #random: () => number;
  readonly #target: number;

  private constructor(port: number, target: number, options: BadNetworkOptions) {
    this.port = port;
    this.#target = target;
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  /** Stands between its own port and `target`, both on loopback. */
  static async between(target: number, options: BadNetworkOptions): Promise<BadNetwork> {
    let network: BadNetwork | undefined;
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => network?.take(socket));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    network = new BadNetwork((server.address() as AddressInfo).port, target, options);
    onTestFinished(() => {
      server.close();
      network?.cut();
    });
    return network;
  }

  /** Cuts all connections; new ones get through. */
  cut(): void {
    for (const pair of this.#pairs) {
      this.cuts += 1;
      pair.cut();
    }
  }

  /** Cuts all connections and lets none through until `up`. */
  down(): void {
    this.#isDown = true;
    this.cut();
  }

  up(): void {
    this.#isDown = false;
  }

  /** Nothing passes any more, and nothing is cut: a change of networks that nobody has noticed. */
  freeze(): void {
    this.#isFrozen = true;
  }

  thaw(): void {
    this.#isFrozen = false;
    const waiting = this.#thaw;
    this.#thaw = [];
    for (const go of waiting) go();
  }

  private take(socket: Socket): void {
    this.connections += 1;
    socket.on("error", () => {});
    if (this.#isDown) {
      socket.resetAndDestroy();
      return;
    }
    const pair = new Pair(
      socket,
      connect({ host: "127.0.0.1", port: this.#target, allowHalfOpen: true, noDelay: true }),
      this.#options.cutAfter?.(this.#random),
      {
        onCut: () => (this.cuts += 1),
        onGone: () => this.#pairs.delete(pair),
        treat: (chunk) => this.#treat(chunk),
      },
    );
    this.#pairs.add(pair);
  }

  /** What becomes of a chunk: pieces, with times to wait before each. */
  async *#treat(chunk: Buffer): AsyncGenerator<Buffer> {
    const { halved = 0, delayed = 0, delayMs = 0, stalled = 0, stallMs = 0 } = this.#options;
    const random = this.#random;
    if (this.#isFrozen) await new Promise<void>((resolve) => this.#thaw.push(resolve));
    if (random() < delayed) await pause(random() * delayMs);
    const half = random() < halved ? Math.floor(random() * chunk.length) : chunk.length;
    if (half > 0) yield chunk.subarray(0, half);
    if (random() < stalled) await pause(random() * stallMs);
    if (half < chunk.length) {
      // A turn of the event loop, so that the halves travel on their own.
      await new Promise<void>((resolve) => setImmediate(resolve));
      yield chunk.subarray(half);
    }
  }
}

interface PairEvents {
  onCut(): void;
  onGone(): void;
  treat(chunk: Buffer): AsyncGenerator<Buffer>;
}

/** One connection through the proxy: two sockets. */
class Pair {
  readonly #sockets: readonly [Socket, Socket];
  readonly #events: PairEvents;
  #left: number;
  #isGone = false;

  constructor(client: Socket, server: Socket, cutAfter: number | undefined, events: PairEvents) {
    this.#sockets = [client, server];
    this.#events = events;
    this.#left = cutAfter ?? Number.POSITIVE_INFINITY;
    server.on("error", () => this.cut());
    client.on("error", () => this.cut());
    client.on("close", () => this.#gone());
    server.on("close", () => this.#gone());
    void this.#pump(client, server);
    void this.#pump(server, client);
  }

  /** Breaks both halves off, in the middle of whatever is on its way. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#gone();
  }

  async #pump(from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        for await (const piece of this.#events.treat(chunk as Buffer)) {
          if (piece.length >= this.#left) {
            // The last bytes still arrive, in the middle of a frame or of a handshake.
            const last = piece.subarray(0, this.#left);
            this.#left = 0;
            to.write(last, () => this.cut());
            if (!this.#isGone) this.#events.onCut();
            return;
          }
          this.#left -= piece.length;
          if (!to.write(piece))
            await new Promise<void>((resolve) => {
              to.once("drain", resolve);
              to.once("close", resolve);
            });
        }
      }
      to.end();
    } catch {
      // The connection was cut from the other side.
    }
  }

  #gone(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#events.onGone();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
