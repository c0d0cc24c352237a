import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A way to the bridge that a test can break: a plain TCP proxy on loopback. */
export class BreakableNetwork {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isDown = false;
  /** Bytes that have come from the bridge and from clients. */
  #passed = 0;
  readonly #watchers = new Set<() => void>();

  private constructor(target: number) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
      if (this.#isDown) {
        near.on("error", () => {});
        near.resetAndDestroy();
        return;
      }
      const far = connect({ host: "127.0.0.1", port: target, allowHalfOpen: true, noDelay: true });
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
        socket.on("data", (bytes) => {
          this.#passed += bytes.length;
          for (const watcher of this.#watchers) watcher();
        });
        socket.pipe(other);
      }
    });
  }

  static async to(target: number): Promise<BreakableNetwork> {
    const network = new BreakableNetwork(target);
    await new Promise<void>((resolve) => void network.#server.listen(0, "127.0.0.1", resolve));
    return network;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Waits until so many more bytes have passed, both ways together. */
  async passes(bytes: number): Promise<void> {
    const goal = this.#passed + bytes;
    await new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (this.#passed < goal) return;
        this.#watchers.delete(watcher);
        resolve();
      };
      this.#watchers.add(watcher);
    });
  }

  /** Cuts every connection; new ones get through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts every connection, and lets none through until `up`. */
  down(): void {
    this.#isDown = true;
    this.cut();
  }

  up(): void {
    this.#isDown = false;
  }

  close(): void {
    this.down();
    this.#server.close();
  }
}
